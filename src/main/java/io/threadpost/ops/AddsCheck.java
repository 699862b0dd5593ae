package io.threadpost.ops;

import java.time.Duration;
import java.time.Instant;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.health.Readiness;

import io.threadpost.add.AddStatus;
import io.threadpost.retry.DurationFormat;

/**
 * Down while a connection's inbound messages wait to become threads, or messages of threads, because the platform
 * refuses its token or fails again and again.
 */
@Readiness
@ApplicationScoped
public class AddsCheck implements ReportingCheck {
    /** A waiting message retries at least this often; after a longer silence none waits. */
    private static final long SILENT_MILLIS = Duration.ofMinutes(5).toMillis();

    private final AddStatus status;
    private final RedactedText redactedText;

    AddsCheck(AddStatus status, RedactedText redactedText) {
        this.status = status;
        this.redactedText = redactedText;
    }

    @Override
    public HealthReport report() {
        HealthReport report = new HealthReport("threadpost-adds");
        for (AddStatus.Connection connection : status.connections()) {
            String unresolved = connection.unresolved() == 0 ? "" : "; " + connection.unresolved() + " unresolved";
            if (connection.pause() == null) {
                report.up(connection.name(), "adds threads" + unresolved);
            } else {
                paused(report, connection.name(), connection.pause(), unresolved);
            }
            if (connection.messagesPause() != null) {
                paused(report, connection.name() + ", messages", connection.messagesPause(), "");
            }
        }
        return report;
    }

    private void paused(HealthReport report, String name, AddStatus.Pause pause, String unresolved) {
        if (pause.dueMillis() < -SILENT_MILLIS) {
            report.up(name, "no message is waiting; the last try failed: " + redactedText.clean(pause.reason()));
            return;
        }
        String due = pause.dueMillis() <= 0 ? "now" : "in " + DurationFormat.text(Duration.ofMillis(pause.dueMillis()));
        report.down(
                name,
                (pause.refused() ? "refused since " : "failing since ") + Instant.ofEpochMilli(pause.since())
                        + ", next try " + due + ": " + redactedText.clean(pause.reason()) + unresolved,
                Instant.ofEpochMilli(pause.since()),
                HealthReport.Remedy.NONE);
    }
}
