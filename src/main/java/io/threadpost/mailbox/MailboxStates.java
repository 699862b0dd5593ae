package io.threadpost.mailbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.threadpost.ledger.Ledger;

/** How each mailbox stands: who watches it, whether it works, and whether a person has to say how it goes on. */
@Singleton
final class MailboxStates {
    private static final long LEASE_MILLIS = 120_000;

    private final Ledger ledger;

    MailboxStates(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * A mailbox as it stands.
     *
     * @param begins mails that came before stay out; null before the first look
     * @param looked when it was last looked through to the end; null when it never was
     * @param downSince since when it does not work; null when it does
     * @param failures in a row
     * @param until nothing is tried before
     * @param reason why it does not work, or what does not; null when all is well
     * @param heldSince since when it waits for a person; null when it does not
     * @param heldFor what the person has to decide
     */
    record Standing(
            String name,
            Instant begins,
            Instant looked,
            Instant downSince,
            int failures,
            Instant until,
            String reason,
            Instant heldSince,
            String heldFor) {}

    /** @return empty for a mailbox that nobody has begun to watch */
    Optional<Standing> find(String mailbox) {
        return ledger.read(tx -> tx.one(
                "SELECT name, begins, looked, down_since, failures, until, reason, held_since, held_for FROM mailbox"
                        + " WHERE name = ?",
                MailboxStates::standing,
                mailbox));
    }

    /** @return now, by the ledger's clock */
    Instant now() {
        return ledger.read(tx -> Instant.ofEpochMilli(tx.now()));
    }

    /** Takes the mailbox, or keeps it. @return false while another process watches it */
    boolean lease(String mailbox, String owner) {
        return ledger.write(tx -> {
            tx.update("INSERT INTO mailbox (name) VALUES (?) ON CONFLICT DO NOTHING", mailbox);
            return tx.update(
                            "UPDATE mailbox SET lease_owner = ?, lease_until = ?"
                                    + " WHERE name = ? AND (lease_owner IS NULL OR lease_owner = ? OR lease_until <= ?)",
                            owner,
                            tx.now() + LEASE_MILLIS,
                            mailbox,
                            owner,
                            tx.now())
                    == 1;
        });
    }

    /** Lets it go for others. */
    void giveUp(String mailbox, String owner) {
        ledger.write(tx ->
                tx.update("UPDATE mailbox SET lease_owner = NULL WHERE name = ? AND lease_owner = ?", mailbox, owner));
    }

    /** It was looked through. @param remark what does not work all the same; null when all is well */
    void works(String mailbox, String remark) {
        ledger.write(tx -> tx.update(
                "UPDATE mailbox SET looked = ?, down_since = NULL, failures = 0, until = 0, reason = ? WHERE name = ?",
                tx.now(),
                tx.redacted(remark),
                mailbox));
    }

    /** It does not work. @param failures in a row @param waitMillis nothing is tried for so long */
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

    /** Nothing is imported until a person has said how it goes on. */
    void hold(String mailbox, String reason) {
        ledger.write(tx -> tx.update(
                "UPDATE mailbox SET held_since = COALESCE(held_since, ?), held_for = ? WHERE name = ?",
                tx.now(),
                tx.redacted(reason),
                mailbox));
    }

    private static Standing standing(ResultSet row) throws SQLException {
        return new Standing(
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
