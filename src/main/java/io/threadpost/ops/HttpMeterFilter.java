package io.threadpost.ops;

import java.util.regex.Pattern;

import jakarta.inject.Singleton;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import io.quarkus.arc.Unremovable;

/**
 * Which meters of the two HTTP servers exist, and with which paths.
 *
 * <ul>
 *   <li>A path becomes a label only when it is served: nobody fills the registry by asking for others.
 *   <li>Servers are told apart by their port, and one on any free port ({@code quarkus.http.port=0}) shows none. The
 *       gauges of both would be the same one, with the numbers of the first, so they are left out.
 * </ul>
 */
@Singleton
@Unremovable
public final class HttpMeterFilter implements MeterFilter {
    private static final String REQUESTS = "http.server.requests";
    private static final Pattern SERVED = Pattern.compile("(/([a-z-]+|\\{[a-z]+}))+");

    HttpMeterFilter() {}

    @Override
    public MeterFilterReply accept(Meter.Id id) {
        boolean ambiguous = id.getName().startsWith("http.server.active.") && id.getTag("server.port") == null;
        return ambiguous ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
    }

    @Override
    public Meter.Id map(Meter.Id id) {
        String path = id.getName().equals(REQUESTS) ? id.getTag("uri") : null;
        if (path == null || !path.startsWith("/")) {
            return id;
        }
        boolean served =
                SERVED.matcher(path).matches() && (path.contains("{") || "SUCCESS".equals(id.getTag("outcome")));
        return served
                ? id
                : id.replaceTags(id.getTags().stream()
                        .map(tag -> tag.getKey().equals("uri") ? Tag.of("uri", "UNKNOWN") : tag)
                        .toList());
    }
}
