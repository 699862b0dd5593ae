package io.threadpost.ops;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.eclipse.microprofile.health.Liveness;

import io.threadpost.heartbeat.Heartbeats;
import io.threadpost.retry.DurationFormat;

/**
 * Down when the process is stalled and only a restart helps: one of its loops has had no heartbeat although it does not
 * wait for a route or target, or a write to the ledger neither succeeds nor fails. What fails with an error is an
 * outage and does not count.
 */
@Liveness
@ApplicationScoped
public class StalledLoopsCheck implements ReportingCheck {
    /** Well above the busy timeout of SQLite and the socket timeout of PostgreSQL, after which a write fails. */
    private static final Duration WRITE = Duration.ofMinutes(1);
    /** A turn may hold a few writes. */
    private static final Duration TURN = Duration.ofMinutes(2);

    private final Heartbeats heartbeats;
    private final LedgerProbe probe;
    private final Duration write;
    private final Duration turn;

    @Inject
    StalledLoopsCheck(Heartbeats heartbeats, LedgerProbe probe) {
        this(heartbeats, probe, WRITE, TURN);
    }

    StalledLoopsCheck(Heartbeats heartbeats, LedgerProbe probe, Duration write, Duration turn) {
        this.heartbeats = heartbeats;
        this.probe = probe;
        this.write = write;
        this.turn = turn;
    }

    @Override
    public HealthReport report() {
        HealthReport report = new HealthReport("threadpost-turning");
        Duration writing = probe.writing();
        if (writing.compareTo(write) > 0) {
            report.down("ledger", "a write has neither succeeded nor failed for " + DurationFormat.text(writing));
        }
        heartbeats
                .silent(turn)
                .forEach(heartbeat ->
                        report.down(heartbeat.loop(), "does not turn for more than " + DurationFormat.text(turn)));
        return report;
    }
}
