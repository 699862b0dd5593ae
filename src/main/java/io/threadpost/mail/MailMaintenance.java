package io.threadpost.mail;

import java.sql.SQLException;
import java.util.List;

import jakarta.inject.Singleton;

import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;
import io.threadpost.spool.DeadItems;
import io.threadpost.spool.DeadItems.Dead;
import io.threadpost.spool.SpoolStatus;

/**
 * What has to be done for mails now and then: those whose item was given up have failed, and those that were dealt with
 * are kept for {@code threadpost.mail.keep}. Then only their identity is left. Mails that wait for a person are kept
 * until that one has decided.
 */
@Singleton
public final class MailMaintenance {
    /** Mails a transaction: each may be large, and others want to write, too. */
    private static final int PURGED = 20;

    private static final int LISTED = 500;
    /** A mail that has just changed may have its item in a transaction that nobody sees yet. */
    private static final long SETTLED_MILLIS = 60_000;

    private final Ledger ledger;
    private final DeadItems dead;
    private final SpoolStatus spools;
    private final long keepMillis;

    MailMaintenance(Ledger ledger, DeadItems dead, SpoolStatus spools, Settings settings) {
        this.ledger = ledger;
        this.dead = dead;
        this.spools = spools;
        this.keepMillis = settings.get(SettingsCatalogue.MAIL_KEEP).toMillis();
    }

    /**
     * Does what is due; comes back early, between two transactions, when the thread is interrupted.
     *
     * @throws io.threadpost.ledger.LedgerException when the ledger refuses; what was done before stays done
     */
    public void run() {
        failGivenUp();
        failForgotten();
        int purged = PURGED;
        while (purged == PURGED && !Thread.currentThread().isInterrupted()) {
            purged = ledger.write(this::purge);
        }
    }

    /** Their items are dead. */
    private void failGivenUp() {
        DeadItems.Selection all = new DeadItems.Selection(MailRepository.SPOOL, null, null);
        List<Dead> items = dead.list(all, 0, LISTED);
        while (!items.isEmpty() && !Thread.currentThread().isInterrupted()) {
            List<Dead> page = items;
            ledger.write(tx -> {
                for (Dead item : page) {
                    tx.update(
                            "UPDATE mail SET state = 'failed', reason = 'failed', why = ?, changed = ?"
                                    + " WHERE item_key = ? AND state = 'waiting'",
                            tx.redacted("given up after " + item.attempts() + " attempts: " + item.reason()),
                            tx.now(),
                            item.key());
                }
                return null;
            });
            items = dead.list(all, page.get(page.size() - 1).id(), LISTED);
        }
    }

    /**
     * Nothing is left in the spool, and still they wait: their items were discarded there, or their route let them go.
     */
    private void failForgotten() {
        long before = ledger.write(Transaction::now) - SETTLED_MILLIS;
        boolean empty = spools.spools().stream()
                .noneMatch(spool -> spool.name().equals(MailRepository.SPOOL) && spool.items() > 0);
        if (empty) {
            ledger.write(tx -> tx.update(
                    "UPDATE mail SET state = 'failed', reason = 'unsettled', why = ?, changed = ?"
                            + " WHERE state = 'waiting' AND changed < ?",
                    "its item left spool:mail, and nobody noted what became of it",
                    tx.now(),
                    before));
        }
    }

    private int purge(Transaction tx) throws SQLException {
        List<Object[]> mails = tx.list(
                "SELECT id FROM mail WHERE purged IS NULL AND state IN ('thread', 'discarded') AND changed < ?"
                        + " ORDER BY changed LIMIT " + PURGED,
                row -> new Object[] {row.getLong(1)},
                tx.now() - keepMillis);
        tx.batch("DELETE FROM mail_raw WHERE mail = ?", mails);
        tx.batch("DELETE FROM mail_reading WHERE mail = ?", mails);
        for (Object[] mail : mails) {
            tx.update(
                    "UPDATE mail SET purged = ?, sender = NULL, sender_text = NULL, subject = NULL,"
                            + " why = CASE WHEN state = 'thread' THEN why ELSE 'a person discarded it' END WHERE id = ?",
                    tx.now(),
                    mail[0]);
        }
        return mails.size();
    }
}
