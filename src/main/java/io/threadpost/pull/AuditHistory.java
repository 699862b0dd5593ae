package io.threadpost.pull;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Singleton;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jboss.logging.Logger;

import io.threadpost.ledger.Ledger;
import io.threadpost.settings.Settings;

/** The audits of the last week: in the ledger, in metrics and in the log. */
@Singleton
public final class AuditHistory {
    private static final Logger LOG = Logger.getLogger(AuditHistory.class);
    private static final long SHOWN_MILLIS = TimeUnit.DAYS.toMillis(7);

    private final Ledger ledger;
    private final MeterRegistry meters;

    AuditHistory(Ledger ledger, Settings settings, MeterRegistry meters) {
        this.ledger = ledger;
        this.meters = meters;
        settings.connections().forEach(connection -> {
            counter("threadpost.coverage.audited", connection.name());
            counter("threadpost.coverage.missing", connection.name());
        });
    }

    void add(AuditResult result) {
        counter("threadpost.coverage.audited", result.connection()).increment(result.listed());
        counter("threadpost.coverage.missing", result.connection()).increment(result.missing());
        if (result.missing() > 0) {
            LOG.errorf("%s: audit: %s", result.connection(), result.line());
        } else {
            LOG.debugf("%s: audit: %s", result.connection(), result.line());
        }
        if (result.compared().isZero()) {
            return;
        }
        ledger.write(tx -> {
            tx.update("DELETE FROM coverage_audit WHERE audited < ?", tx.now() - SHOWN_MILLIS);
            return tx.update(
                    "INSERT INTO coverage_audit (connection, start_ns, end_ns, audited, listed, missing, backfill)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                    result.connection(),
                    UtcNanos.nanos(result.from()),
                    UtcNanos.nanos(result.to()),
                    tx.now(),
                    result.listed(),
                    result.missing(),
                    result.backfill() == null ? null : result.backfill().id());
        });
    }

    /**
     * The audits of the last week.
     *
     * @param audits how many there were
     * @param last null when there was none
     * @param missing threads that were missing
     * @param repairing whether some of these are not pulled yet
     */
    public record Status(String connection, long audits, Instant last, long missing, boolean repairing) {}

    Status status(String connection) {
        return ledger.read(tx -> tx.one(
                        "SELECT COUNT(*), MAX(audited), COALESCE(SUM(missing), 0), COALESCE(SUM(CASE WHEN backfill IN"
                                + " (SELECT id FROM backfill WHERE state <> 'finished') THEN 1 ELSE 0 END), 0)"
                                + " FROM coverage_audit WHERE connection = ? AND audited >= ?",
                        row -> new Status(
                                connection,
                                row.getLong(1),
                                row.getLong(2) == 0 ? null : Instant.ofEpochMilli(row.getLong(2)),
                                row.getLong(3),
                                row.getLong(4) > 0),
                        connection,
                        tx.now() - SHOWN_MILLIS))
                .orElseThrow();
    }

    private Counter counter(String name, String connection) {
        return Counter.builder(name)
                .description(
                        name.endsWith("missing")
                                ? "Threads that an audit found missing in covered time"
                                : "Threads of covered time that audits compared")
                .tag("connection", connection)
                .register(meters);
    }
}
