package io.threadpost.ops;

import java.time.Duration;
import java.time.Instant;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.health.Readiness;

import io.threadpost.pull.PullStatus;
import io.threadpost.retry.DurationFormat;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;

/**
 * Down when a connection was last pulled longer ago than {@code threadpost.pull.alarm-after}, with the reason of the
 * last failure. For a connection that was never pulled the time counts from the start of the process, else from the
 * last pull, across restarts.
 */
@Readiness
@ApplicationScoped
public class PullCheck implements ReportingCheck {
    private final PullStatus status;
    private final RedactedText redactedText;
    private final long alarmMillis;

    PullCheck(PullStatus status, RedactedText redactedText, Settings settings) {
        this.status = status;
        this.redactedText = redactedText;
        this.alarmMillis = settings.get(SettingsCatalogue.PULL_ALARM_AFTER).toMillis();
    }

    @Override
    public HealthReport report() {
        HealthReport report = new HealthReport("threadpost-pull");
        for (PullStatus.Connection connection : status.connections()) {
            String reason = connection.error() == null ? "" : ": " + redactedText.clean(connection.error());
            String since = DurationFormat.text(Duration.ofMillis(connection.sinceMillis()));
            if (connection.sinceMillis() > alarmMillis) {
                report.down(
                        connection.name(),
                        (connection.pulled() ? "last pulled " + since + " ago" : "never pulled, for " + since) + reason,
                        Instant.now().minusMillis(connection.sinceMillis()),
                        HealthReport.Remedy.NONE);
            } else {
                report.up(
                        connection.name(),
                        (connection.pulled() ? "pulled " + since + " ago" : "not pulled yet") + reason);
            }
        }
        return report;
    }
}
