package io.threadpost.ops;

import java.time.Instant;
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
     * @param since when it went down; null when it is up, or that is not known
     * @param remedy what a person can do about it here
     */
    public record Line(String subject, String text, boolean up, Instant since, Remedy remedy) {}

    /** What a person can do, besides correcting the cause. */
    public enum Remedy {
        NONE,
        /** It is retried by itself; a person can retry it now. */
        TRY,
        /** It waits until a person releases it. */
        RELEASE,
        /** Route files have to be corrected. */
        EDIT
    }

    /** @return the name of the check, such as {@code threadpost-spools} */
    public String check() {
        return check;
    }

    public List<Line> lines() {
        return List.copyOf(lines);
    }

    /** Adds a line about something that works. */
    public void up(String subject, String text) {
        lines.add(new Line(subject, text, true, null, Remedy.NONE));
    }

    /** Adds a line about something that does not. */
    public void down(String subject, String text) {
        down(subject, text, null, Remedy.NONE);
    }

    /**
     * Adds a line about something that does not work.
     *
     * @param since null when that is not known
     */
    public void down(String subject, String text, Instant since, Remedy remedy) {
        lines.add(new Line(subject, text, false, since, remedy));
    }

    HealthCheckResponse response() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named(check);
        lines.forEach(line -> response.withData(line.subject(), line.text()));
        return response.status(lines.stream().allMatch(Line::up)).build();
    }
}
