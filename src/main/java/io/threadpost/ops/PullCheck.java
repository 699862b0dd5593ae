package io.threadpost.ops;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

import io.threadpost.pull.PullStatus;
import io.threadpost.retry.DurationFormat;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;

/**
 * Down when a connection was last pulled longer ago than {@code threadpost.pull.alarm-after}, with the reason the last
 * failure gives. One that was never pulled counts from the start of the process; one that was, from then, restarts or
 * not.
 */
@Readiness
@ApplicationScoped
public class PullCheck implements HealthCheck {
    private final PullStatus status;
    private final RedactedText redactedText;
    private final long alarmMillis;

    @Inject
    PullCheck(PullStatus status, RedactedText redactedText, Settings settings) {
        this.status = status;
        this.redactedText = redactedText;
        this.alarmMillis = settings.get(SettingsCatalogue.PULL_ALARM_AFTER).toMillis();
    }

    @Override
    public HealthCheckResponse call() {
        HealthReport healthReport = new HealthReport("threadpost-pull");
        for (PullStatus.Connection connection : status.connections()) {
            String reason = connection.error() == null ? "" : ": " + redactedText.clean(connection.error());
            String since = DurationFormat.text(Duration.ofMillis(connection.sinceMillis()));
            if (connection.sinceMillis() > alarmMillis) {
                healthReport.wrong(
                        connection.name(),
                        (connection.pulled() ? "last pulled " + since + " ago" : "never pulled, for " + since)
                                + reason);
            } else {
                healthReport.fine(
                        connection.name(),
                        (connection.pulled() ? "pulled " + since + " ago" : "not pulled yet") + reason);
            }
        }
        return healthReport.response();
    }
}
