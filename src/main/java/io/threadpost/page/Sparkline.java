package io.threadpost.page;

import java.util.List;
import java.util.stream.Collectors;

import io.quarkus.runtime.annotations.RegisterForReflection;

import io.threadpost.spool.SpoolHistory.Sample;

/**
 * How many items waited in a spool over the last day, as an area of an SVG of {@link #WIDTH} by {@link #HEIGHT} units.
 *
 * @param points of the line, empty when there are too few samples
 * @param area the closed path below the line
 * @param summary the same in words
 */
@RegisterForReflection
record Sparkline(String points, String area, String summary) {
    static final int WIDTH = 240;
    static final int HEIGHT = 36;
    private static final long DAY = 24 * 60 * 60 * 1000L;
    private static final int FEWEST = 2;

    static Sparkline of(List<Sample> samples, long now) {
        if (samples.size() < FEWEST) {
            return new Sparkline("", "", "no samples yet");
        }
        long most = samples.stream().mapToLong(Sample::waiting).max().orElse(0);
        String points = samples.stream()
                .map(sample -> x(sample, now) + ","
                        + units(HEIGHT - 1 - (HEIGHT - 4.0) * sample.waiting() / Math.max(1, most)))
                .collect(Collectors.joining("L", "M", ""));
        String area = points + "L" + x(samples.get(samples.size() - 1), now) + "," + HEIGHT + "L"
                + x(samples.get(0), now) + "," + HEIGHT + "Z";
        long delivered = samples.stream().mapToLong(Sample::delivered).sum();
        return new Sparkline(
                points,
                area,
                "at most " + PageFormat.number(most) + " waiting, " + PageFormat.number(delivered) + " delivered");
    }

    private static String x(Sample sample, long now) {
        return units(Math.max(0, Math.min(WIDTH, WIDTH * (1 - (now - sample.at()) / (double) DAY))));
    }

    private static String units(double value) {
        return String.valueOf(Math.round(value * 10) / 10.0);
    }
}
