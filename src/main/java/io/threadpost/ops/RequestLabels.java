package io.threadpost.ops;

import java.util.regex.Pattern;

import jakarta.inject.Singleton;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import io.quarkus.arc.Unremovable;

/** The paths that become labels of metrics: those that there are, and none that somebody asked for in vain. */
@Singleton
@Unremovable
final class RequestLabels implements MeterFilter {
    private static final String REQUESTS = "http.server.requests";
    private static final Pattern SERVED = Pattern.compile("(/([a-z-]+|\\{[a-z]+}))+");

    @Override
    public Meter.Id map(Meter.Id id) {
        String path = id.getName().equals(REQUESTS) ? id.getTag("uri") : null;
        if (path == null || !path.startsWith("/")) {
            return id;
        }
        boolean known =
                SERVED.matcher(path).matches() && (path.contains("{") || "SUCCESS".equals(id.getTag("outcome")));
        return known
                ? id
                : id.replaceTags(id.getTags().stream()
                        .map(tag -> tag.getKey().equals("uri") ? Tag.of("uri", "UNKNOWN") : tag)
                        .toList());
    }
}
