package io.threadpost.ops;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

import io.threadpost.pull.PullStatus;
import io.threadpost.retry.Age;
import io.threadpost.settings.Settings;

/**
 * Down when a connection was last pulled longer ago than {@code threadpost.pull.alarm-after}, with the reason the last failure
 * gives. One that was never pulled counts from the start of the process; one that was, from then, restarts or not.
 */
@Readiness
@ApplicationScoped
public class PullCheck implements HealthCheck {
    private final PullStatus status;
    private final Words words;
    private final long alarmMillis;

    @Inject
    PullCheck(PullStatus status, Words words, Settings settings) {
        this.status = status;
        this.words = words;
        this.alarmMillis = settings.pull().alarmAfter().toMillis();
    }

    @Override
    public HealthCheckResponse call() {
        Findings findings = new Findings("threadpost-pull");
        for (PullStatus.Connection connection : status.connections()) {
            String reason = connection.error() == null ? "" : ": " + words.clean(connection.error());
            String since = Age.text(Duration.ofMillis(connection.sinceMillis()));
            if (connection.sinceMillis() > alarmMillis) {
                findings.wrong(
                        connection.name(),
                        (connection.pulled() ? "last pulled " + since + " ago" : "never pulled, for " + since)
                                + reason);
            } else {
                findings.fine(
                        connection.name(),
                        (connection.pulled() ? "pulled " + since + " ago" : "not pulled yet") + reason);
            }
        }
        return findings.response();
    }
}
