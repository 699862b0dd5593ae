package io.threadpost.mail;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import jakarta.inject.Singleton;

import io.threadpost.add.MessageMaintenance;
import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Retained;
import io.threadpost.ledger.Retention;
import io.threadpost.ledger.Transaction;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;
import io.threadpost.spool.DeadItems;
import io.threadpost.spool.DeadItems.Dead;
import io.threadpost.spool.SpoolStatus;

/**
 * Periodic maintenance: mails whose item is dead become failed, and those that are finished are purged after
 * {@code threadpost.mail.keep}, and earlier when they take more than {@code threadpost.mail.keep-max}. Then only their
 * identity is left. Mails that wait for a person are kept longer, see {@link ParkedMailRetention}.
 */
@Singleton
public final class MailMaintenance extends Retained {
    /** Mails per transaction: each may be large, and other writers want their turn. */
    private static final int PURGED = 20;

    private static final String SETTLED = " FROM mail WHERE purged IS NULL AND state IN ('thread', 'discarded')";
    /** The item of a mail that has just changed may be in a transaction that is not committed yet. */
    private static final long SETTLED_MILLIS = 60_000;

    private final DeadItems dead;
    private final SpoolStatus spools;
    private final MessageMaintenance messages;

    MailMaintenance(Ledger ledger, DeadItems dead, SpoolStatus spools, MessageMaintenance messages, Settings settings) {
        super(
                ledger,
                new Retention(
                        Retention.Kind.SETTLED_MAILS,
                        settings.get(SettingsCatalogue.MAIL_KEEP),
                        settings.get(SettingsCatalogue.MAIL_KEEP_MAX)));
        this.messages = messages;
        this.dead = dead;
        this.spools = spools;
    }

    /** Also fails the mails whose items were given up, or are gone, and settles such messages. */
    @Override
    public long run() {
        failGivenUp();
        failForgotten();
        messages.run();
        return purge(rule::expired, Long.MAX_VALUE) + purge(Transaction::now, excess());
    }

    /** Mails whose items are dead. */
    private void failGivenUp() {
        dead.forEachPage(
                MailConstants.SPOOL,
                items -> ledger.write(tx -> {
                    for (Dead item : items) {
                        tx.update(
                                "UPDATE mail SET state = 'failed', reason = 'failed', why = ?, changed = ?"
                                        + " WHERE item_key = ? AND state = 'waiting'",
                                tx.redacted("given up after " + item.attempts() + " attempts: " + item.reason()),
                                tx.now(),
                                item.key());
                    }
                    return null;
                }));
    }

    /**
     * Mails that wait although the spool is empty: their items were discarded there, or the route ended without
     * {@code settleMail}.
     */
    private void failForgotten() {
        long before = ledger.write(Transaction::now) - SETTLED_MILLIS;
        if (spools.isEmpty(MailConstants.SPOOL)) {
            ledger.write(tx -> tx.update(
                    "UPDATE mail SET state = 'failed', reason = 'unsettled', why = ?, changed = ?"
                            + " WHERE state = 'waiting' AND changed < ?",
                    "its item left spool:mail without an outcome",
                    tx.now(),
                    before));
        }
    }

    @Override
    protected long kept(Transaction tx) throws SQLException {
        return tx.number("SELECT COALESCE(SUM(bytes), 0)" + SETTLED);
    }

    /** @param bytes of the oldest ones, at least */
    private long purge(Ledger.Work<Long> before, long bytes) {
        return removeInChunks(bytes, left -> {
            List<Long> sizes = ledger.write(tx -> purge(tx, before.in(tx), left));
            return new Chunk(
                    sizes.size() == PURGED,
                    sizes.size(),
                    sizes.stream().mapToLong(Long::longValue).sum());
        });
    }

    private static List<Long> purge(Transaction tx, long before, long bytes) throws SQLException {
        List<Long> sizes = new ArrayList<>();
        List<Object[]> mails = new ArrayList<>();
        long[] left = {bytes};
        tx.list(
                "SELECT id, bytes" + SETTLED + " AND changed < ? ORDER BY changed LIMIT " + PURGED,
                row -> {
                    if (left[0] > 0) {
                        mails.add(new Object[] {row.getLong(1)});
                        sizes.add(row.getLong(2));
                        left[0] -= row.getLong(2);
                    }
                    return null;
                },
                before);
        tx.batch("DELETE FROM mail_raw WHERE mail = ?", mails);
        tx.batch("DELETE FROM mail_reading WHERE mail = ?", mails);
        for (Object[] mail : mails) {
            MessageMaintenance.forget(tx, (Long) mail[0]);
            tx.update(
                    "UPDATE mail SET purged = ?, sender = NULL, sender_text = NULL, subject = NULL,"
                            + " release_sender = NULL, release_subject = NULL,"
                            + " why = CASE WHEN state = 'thread' THEN why ELSE 'a person discarded it' END"
                            + " WHERE id = ?",
                    tx.now(),
                    mail[0]);
        }
        return sizes;
    }
}
