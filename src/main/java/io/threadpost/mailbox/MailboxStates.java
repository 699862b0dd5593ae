package io.threadpost.mailbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.threadpost.ledger.Ledger;

/** The state of each mailbox: who watches it, whether it is up, and whether it is held for a person. */
@Singleton
final class MailboxStates {
    private static final long LEASE_MILLIS = 120_000;

    private final Ledger ledger;

    MailboxStates(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * A mailbox's state.
     *
     * @param begins mails from before are left out; null before the first poll
     * @param looked the end of the last complete poll; null before
     * @param downSince since when it is down; null when it is up
     * @param failures in a row
     * @param until when the next try is due
     * @param reason why it is down, or what fails; null when all is well
     * @param heldSince since when it is held for a person; null when it is not
     * @param heldFor what the person has to decide
     */
    record MailboxState(
            String name,
            Instant begins,
            Instant looked,
            Instant downSince,
            int failures,
            Instant until,
            String reason,
            Instant heldSince,
            String heldFor) {}

    /** @return empty for a mailbox that was never watched */
    Optional<MailboxState> find(String mailbox) {
        return ledger.read(tx -> tx.one(
                "SELECT name, begins, looked, down_since, failures, until, reason, held_since, held_for FROM mailbox"
                        + " WHERE name = ?",
                MailboxStates::state,
                mailbox));
    }

    /** @return a new name for a watcher */
    String newOwner() {
        return ledger.newOwner();
    }

    /** @return now, by the ledger's clock */
    Instant now() {
        return ledger.read(tx -> Instant.ofEpochMilli(tx.now()));
    }

    /**
     * Acquires or renews the lease.
     *
     * @return false while another process has it
     */
    boolean lease(String mailbox, String owner) {
        return ledger.write(tx -> {
            tx.update("INSERT INTO mailbox (name) VALUES (?) ON CONFLICT DO NOTHING", mailbox);
            return tx.update(
                            "UPDATE mailbox SET lease_owner = ?, lease_until = ?"
                                    + " WHERE name = ? AND (lease_owner IS NULL OR lease_owner = ?"
                                    + " OR lease_until <= ?)",
                            owner,
                            tx.now() + LEASE_MILLIS,
                            mailbox,
                            owner,
                            tx.now())
                    == 1;
        });
    }

    /** Ends the lease. */
    void giveUp(String mailbox, String owner) {
        ledger.write(tx ->
                tx.update("UPDATE mailbox SET lease_owner = NULL WHERE name = ? AND lease_owner = ?", mailbox, owner));
    }

    /**
     * Records a complete poll.
     *
     * @param remark what fails nevertheless; null when all is well
     */
    void works(String mailbox, String remark) {
        ledger.write(tx -> tx.update(
                "UPDATE mailbox SET looked = ?, down_since = NULL, failures = 0, until = 0, reason = ? WHERE name = ?",
                tx.now(),
                tx.redacted(remark),
                mailbox));
    }

    /**
     * Records a failure.
     *
     * @param failures in a row
     * @param waitMillis until the next try
     */
    void down(String mailbox, String reason, int failures, long waitMillis) {
        ledger.write(tx -> tx.update(
                "UPDATE mailbox SET down_since = COALESCE(down_since, ?), failures = ?, until = ?, reason = ?"
                        + " WHERE name = ?",
                tx.now(),
                failures,
                tx.now() + waitMillis,
                tx.redacted(reason),
                mailbox));
    }

    /** Holds the mailbox: nothing is fetched until a person decides. */
    void hold(String mailbox, String reason) {
        ledger.write(tx -> tx.update(
                "UPDATE mailbox SET held_since = COALESCE(held_since, ?), held_for = ? WHERE name = ?",
                tx.now(),
                tx.redacted(reason),
                mailbox));
    }

    private static MailboxState state(ResultSet row) throws SQLException {
        return new MailboxState(
                row.getString(1),
                instant(row, 2),
                instant(row, 3),
                instant(row, 4),
                row.getInt(5),
                Instant.ofEpochMilli(row.getLong(6)),
                row.getString(7),
                instant(row, 8),
                row.getString(9));
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }
}
