package io.threadpost.mailbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;

/** How far each numbering of each mailbox was looked at. */
@Singleton
final class UidValidityPeriods {
    private static final String COLUMNS = "SELECT id, validity, floor, existed, next, compared FROM mailbox_era";

    private final Ledger ledger;

    UidValidityPeriods(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * The era that a folder is in.
     *
     * @param source which folder of which account
     * @return empty when it begins a new one: another server or folder, another UIDVALIDITY, or UIDs that are given out
     *     again
     */
    Optional<UidValidityPeriod> of(String mailbox, String source, OpenedFolder folder) {
        return ledger.read(tx -> tx.one(
                        COLUMNS + " WHERE mailbox = ? AND source = ? AND validity = ? ORDER BY id DESC LIMIT 1",
                        UidValidityPeriods::era,
                        mailbox,
                        source,
                        folder.validity()))
                .filter(uidValidityPeriod -> !folder.tellsNext() || uidValidityPeriod.next() <= folder.next());
    }

    /** @return whether the mailbox was ever looked into */
    boolean any(String mailbox) {
        return ledger.read(tx -> tx.one("SELECT 1 FROM mailbox_era WHERE mailbox = ? LIMIT 1", row -> 1, mailbox))
                .isPresent();
    }

    /**
     * The first look into a mailbox. @param before UIDs at the end of the folder that stay out; they are late when they
     * are not among these
     */
    void beginFirst(String mailbox, String source, OpenedFolder folder, long begins, boolean now, List<Long> before) {
        ledger.write(tx -> {
            tx.update("UPDATE mailbox SET begins = ? WHERE name = ? AND begins IS NULL", begins, mailbox);
            long floor = now ? Math.max(1, folder.next() - UidValidityPeriod.REACH) : 1;
            long era = insert(tx, mailbox, source, folder, floor, now ? folder.next() : 1, true);
            for (long uid : before) {
                tx.update(
                        "INSERT INTO mailbox_mail (era, uid, mailbox, note) VALUES (?, ?, ?, 'was there before')",
                        era,
                        uid,
                        mailbox);
            }
            return null;
        });
    }

    /** The mails are numbered anew. */
    void beginAnew(String mailbox, String source, OpenedFolder folder) {
        ledger.write(tx -> insert(tx, mailbox, source, folder, 1, 1, false));
    }

    private static long insert(
            Transaction tx, String mailbox, String source, OpenedFolder folder, long floor, long next, boolean compared)
            throws SQLException {
        return tx.insert(
                "INSERT INTO mailbox_era (mailbox, source, validity, began, floor, existed, next, compared)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
                mailbox,
                source,
                folder.validity(),
                tx.now(),
                floor,
                folder.next(),
                next,
                compared);
    }

    /** The mails that existed were compared. */
    void compared(UidValidityPeriod uidValidityPeriod) {
        ledger.write(tx -> tx.update("UPDATE mailbox_era SET compared = TRUE WHERE id = ?", uidValidityPeriod.id()));
    }

    /** UIDs up to here were looked at. */
    static void advance(Transaction tx, long era, long uid) throws SQLException {
        tx.update("UPDATE mailbox_era SET next = ? WHERE id = ? AND next < ?", uid + 1, era, uid + 1);
    }

    void advance(UidValidityPeriod uidValidityPeriod, long uid) {
        ledger.write(tx -> {
            advance(tx, uidValidityPeriod.id(), uid);
            return null;
        });
    }

    private static UidValidityPeriod era(ResultSet row) throws SQLException {
        return new UidValidityPeriod(
                row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5), row.getBoolean(6));
    }
}
