package io.threadpost.ops;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

import io.threadpost.pulse.Pulses;
import io.threadpost.retry.Age;

/**
 * Down when this process is wedged, and only a restart helps: a loop of ours does not turn, though it is not waiting for any route or
 * target, or a write to the ledger neither succeeds nor fails. Whatever fails, and says so, is an outage and no reason.
 */
@Liveness
@ApplicationScoped
public class WedgedCheck implements HealthCheck {
    /** Well above the busy timeout of SQLite and the socket timeout of PostgreSQL, after which a write fails. */
    private static final Duration WRITE = Duration.ofMinutes(1);
    /** A turn may hold a few writes. */
    private static final Duration TURN = Duration.ofMinutes(2);

    private final Pulses pulses;
    private final LedgerProbe probe;
    private final Duration write;
    private final Duration turn;

    @Inject
    WedgedCheck(Pulses pulses, LedgerProbe probe) {
        this(pulses, probe, WRITE, TURN);
    }

    WedgedCheck(Pulses pulses, LedgerProbe probe, Duration write, Duration turn) {
        this.pulses = pulses;
        this.probe = probe;
        this.write = write;
        this.turn = turn;
    }

    @Override
    public HealthCheckResponse call() {
        Findings findings = new Findings("threadpost-turning");
        Duration writing = probe.writing();
        if (writing.compareTo(write) > 0) {
            findings.wrong("ledger", "a write has neither succeeded nor failed for " + Age.text(writing));
        }
        pulses.silent(turn)
                .forEach(pulse -> findings.wrong(pulse.loop(), "does not turn for more than " + Age.text(turn)));
        return findings.response();
    }
}
