package io.threadpost.ledger;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.threadpost.settings.Settings;

/**
 * Ends waits that are longer than any can be, and corrects times that lie in the future: they were written while the
 * clock of this process, or of the database, was ahead. What waits is due at once, and a lease ends within an hour.
 */
@Singleton
public final class OverlongWaits {
    private static final Logger LOG = Logger.getLogger(OverlongWaits.class);
    /** But for a spool's backoff: an hour by {@code Retry-After}, and half of it more for adds, which are spread. */
    private static final Duration LONGEST = Duration.ofHours(2);

    private static final Duration LONGEST_LEASE = Duration.ofHours(1);
    /** Nodes on one ledger share its clock, and a process notices within that time that it was set back. */
    private static final Duration AHEAD = Duration.ofMinutes(1);

    /** When something is tried next. */
    static final List<Column> WAITS = List.of(
            new Column("pull_window", "due", "state = 'open'"),
            new Column("redelivery", "due", "state = 'running'"),
            new Column("spool_parcel", "due", "state = 'waiting' AND upto IS NULL AND alone"),
            new Column("spool_batch", "due"),
            new Column("spool_pause", "until"),
            new Column("mailbox", "until"),
            new Column("mailbox_mail", "due", "due IS NOT NULL"),
            new Column("add_pause", "until"),
            new Column("request_pause", "until"),
            new Column("reply_pull", "due"),
            new Column("alert_message", "due", "sent IS NULL"));

    /** Until when a process may hold something without renewing that. */
    static final List<Column> LEASES = List.of(
            new Column("pull_window", "lease_until", "lease_owner IS NOT NULL"),
            new Column("redelivery", "lease_until", "lease_owner IS NOT NULL"),
            new Column("spool_batch", "lease_until"),
            new Column("mailbox", "lease_until"),
            new Column("reply_pull", "lease"),
            new Column("trace_export", "lease_until"),
            new Column("alert_message", "lease_until", "sent IS NULL"));

    /** When something happened that a limit, or a delay, is counted from. */
    static final List<Column> PAST = List.of(
            new Column("request_slot", "sent"),
            new Column("request_slot", "answered"),
            new Column("pull_connection", "last_pull"),
            new Column("reply_pull", "asked"),
            new Column("reply", "changed", "state <> 'waiting'"),
            new Column("backfill", "sampled"),
            new Column("alert", "since"),
            new Column("alert", "seen"),
            new Column("alert_message", "sent", "sent IS NOT NULL"),
            new Column("node", "seen"));

    private final Ledger ledger;
    private final Duration longest;

    OverlongWaits(Ledger ledger, Settings settings) {
        this.ledger = ledger;
        Duration backoff = settings.spool().backoffMax();
        this.longest = backoff.compareTo(LONGEST) > 0 ? backoff : LONGEST;
    }

    /** A column of times, of rows with that condition. */
    record Column(String table, String name, String condition) {
        Column(String table, String name) {
            this(table, name, "1 = 1");
        }
    }

    /** Called once a minute. */
    public void end() {
        WAITS.forEach(column -> cut(column, longest, Duration.ZERO));
        LEASES.forEach(column -> cut(column, LONGEST_LEASE.plus(AHEAD), LONGEST_LEASE));
        PAST.forEach(column -> cut(column, AHEAD, Duration.ZERO));
    }

    /**
     * @param most how far ahead the time can be
     * @param to what it becomes otherwise, from now on
     */
    private void cut(Column column, Duration most, Duration to) {
        String later = " WHERE " + column.condition() + " AND " + column.name() + " > ?";
        boolean any =
                ledger.read(tx -> tx.exists("SELECT 1 FROM " + column.table() + later + " LIMIT 1", after(tx, most)));
        if (any) {
            int cut = ledger.write(tx -> tx.update(
                    "UPDATE " + column.table() + " SET " + column.name() + " = ?" + later,
                    after(tx, to),
                    after(tx, most)));
            if (cut > 0) {
                LOG.warnf(
                        "a clock was ahead: %d timestamps in %s.%s are too far in the future, and are corrected",
                        cut, column.table(), column.name());
            }
        }
    }

    private static long after(Transaction tx, Duration time) throws SQLException {
        return tx.now() + time.toMillis();
    }
}
