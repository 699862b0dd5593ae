package io.threadpost.ops;

import java.time.Duration;
import java.time.Instant;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.eclipse.microprofile.health.Readiness;

import io.threadpost.add.AddStatus;
import io.threadpost.retry.DurationFormat;

/**
 * Down while a connection's messages wait to become threads, because the platform refuses its token or fails again and
 * again.
 */
@Readiness
@ApplicationScoped
public class AddsCheck implements ReportingCheck {
    /** A waiting message retries at least this often; after a longer silence none waits. */
    private static final long SILENT_MILLIS = Duration.ofMinutes(5).toMillis();

    private final AddStatus status;
    private final RedactedText redactedText;

    @Inject
    AddsCheck(AddStatus status, RedactedText redactedText) {
        this.status = status;
        this.redactedText = redactedText;
    }

    @Override
    public HealthReport report() {
        HealthReport report = new HealthReport("threadpost-adds");
        for (AddStatus.Connection connection : status.connections()) {
            AddStatus.Pause pause = connection.pause();
            String unresolved = connection.unresolved() == 0 ? "" : "; " + connection.unresolved() + " unresolved";
            if (pause == null) {
                report.up(connection.name(), "adds threads" + unresolved);
            } else if (pause.dueMillis() < -SILENT_MILLIS) {
                report.up(
                        connection.name(),
                        "no message is waiting; the last try failed: " + redactedText.clean(pause.reason()));
            } else {
                report.down(
                        connection.name(),
                        (pause.refused() ? "refused since " : "failing since ")
                                + Instant.ofEpochMilli(pause.since())
                                + ", next try "
                                + (pause.dueMillis() <= 0
                                        ? "now"
                                        : "in " + DurationFormat.text(Duration.ofMillis(pause.dueMillis())))
                                + ": " + redactedText.clean(pause.reason()) + unresolved);
            }
        }
        return report;
    }
}
