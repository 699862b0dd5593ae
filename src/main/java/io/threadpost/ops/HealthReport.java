package io.threadpost.ops;

import java.util.ArrayList;
import java.util.List;

import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/** The report of a health check: a line for each thing that it covers, and down when one of them is. */
public final class HealthReport {
    private final String check;
    private final List<Line> lines = new ArrayList<>();

    /** @param check the name of the check */
    public HealthReport(String check) {
        this.check = check;
    }

    /**
     * A line.
     *
     * @param subject the thing it is about, such as a spool's name
     * @param text for people
     * @param up false takes the check down
     */
    public record Line(String subject, String text, boolean up) {}

    /** @return the name of the check, such as {@code threadpost-spools} */
    public String check() {
        return check;
    }

    public List<Line> lines() {
        return List.copyOf(lines);
    }

    /** Adds a line about something that works. */
    public void up(String subject, String text) {
        lines.add(new Line(subject, text, true));
    }

    /** Adds a line about something that does not. */
    public void down(String subject, String text) {
        lines.add(new Line(subject, text, false));
    }

    HealthCheckResponse response() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named(check);
        lines.forEach(line -> response.withData(line.subject(), line.text()));
        return response.status(lines.stream().allMatch(Line::up)).build();
    }
}
