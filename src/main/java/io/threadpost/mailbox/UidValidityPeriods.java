package io.threadpost.mailbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;
import io.threadpost.mailbox.ImapConnection.OpenedFolder;

/** The UIDVALIDITY periods of each mailbox, and how far each was polled. */
@Singleton
final class UidValidityPeriods {
    private static final String COLUMNS = "SELECT id, validity, floor, existed, next, compared FROM mailbox_era";

    private final Ledger ledger;

    UidValidityPeriods(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * The current period of a folder.
     *
     * @param source which folder of which account
     * @return empty when a new one begins: another server or folder, another UIDVALIDITY, or UIDs that are reused
     */
    Optional<UidValidityPeriod> of(String mailbox, String source, OpenedFolder folder) {
        return ledger.read(tx -> tx.one(
                        COLUMNS + " WHERE mailbox = ? AND source = ? AND validity = ? ORDER BY id DESC LIMIT 1",
                        UidValidityPeriods::period,
                        mailbox,
                        source,
                        folder.validity()))
                .filter(period -> !folder.tellsNext() || period.next() <= folder.next());
    }

    /** @return whether the mailbox was ever polled */
    boolean any(String mailbox) {
        return ledger.read(tx -> tx.exists("SELECT 1 FROM mailbox_era WHERE mailbox = ? LIMIT 1", mailbox));
    }

    /**
     * Begins with the first poll.
     *
     * @param before the last UIDs of the folder, which are left out; others among them are late
     */
    void beginFirst(String mailbox, String source, OpenedFolder folder, long begins, boolean now, List<Long> before) {
        ledger.execute(tx -> {
            tx.update("UPDATE mailbox SET begins = ? WHERE name = ? AND begins IS NULL", begins, mailbox);
            long floor = now ? Math.max(1, folder.next() - UidValidityPeriod.REACH) : 1;
            long period = insert(tx, mailbox, source, folder, floor, now ? folder.next() : 1, true);
            for (long uid : before) {
                tx.update(
                        "INSERT INTO mailbox_mail (era, uid, mailbox, note) VALUES (?, ?, ?, 'was there before')",
                        period,
                        uid,
                        mailbox);
            }
        });
    }

    /** Begins the period after a change of UIDVALIDITY. */
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

    /** Records that the mails that existed were compared. */
    void compared(UidValidityPeriod period) {
        ledger.write(tx -> tx.update("UPDATE mailbox_era SET compared = TRUE WHERE id = ?", period.id()));
    }

    /** Records that UIDs up to here were polled. */
    static void advance(Transaction tx, long period, long uid) throws SQLException {
        tx.update("UPDATE mailbox_era SET next = ? WHERE id = ? AND next < ?", uid + 1, period, uid + 1);
    }

    void advance(UidValidityPeriod period, long uid) {
        ledger.execute(tx -> {
            advance(tx, period.id(), uid);
        });
    }

    private static UidValidityPeriod period(ResultSet row) throws SQLException {
        return new UidValidityPeriod(
                row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5), row.getBoolean(6));
    }

    /**
     * A period of a folder in which UIDs are stable: one UIDVALIDITY.
     *
     * @param id its number in the ledger
     * @param validity UIDVALIDITY
     * @param floor UIDs below are left out
     * @param existed UIDs below were there when it began
     * @param next UIDs below were polled, but for late ones
     * @param compared whether the mails that existed were compared with those of the period before
     */
    record UidValidityPeriod(long id, long validity, long floor, long existed, long next, boolean compared) {
        /** UIDs may appear out of order: late ones are searched for so far back. */
        static final int REACH = 500;

        /** @return the lowest UID that is polled again */
        long from() {
            return Math.max(floor, next - REACH);
        }
    }
}
