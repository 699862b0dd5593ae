package io.threadpost.mail;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.threadpost.ledger.AnnouncedRetention;
import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Retention;
import io.threadpost.ledger.Transaction;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;
import io.threadpost.spool.DeadItems;

/**
 * Discards parked and failed mails that nobody released or discarded within {@code threadpost.mail.parked-keep}, and
 * the oldest ones beyond {@code threadpost.mail.parked-max}. Both are announced before ({@link Retention}). Only the
 * identity of such a mail stays in the ledger; in the mailbox it stays where it is.
 */
@Singleton
public final class ParkedMailRetention extends AnnouncedRetention {
    /** The reason of mails that were discarded here: a mailbox does not move them. */
    public static final String EXPIRED = "expired";

    private static final Logger LOG = Logger.getLogger(ParkedMailRetention.class);
    /** Mails per transaction: each may be large, and other writers want their turn. */
    private static final int CHUNK = 20;

    private static final String PARKED = " FROM mail WHERE state IN ('parked', 'failed')";

    private final DeadItems dead;

    ParkedMailRetention(Ledger ledger, DeadItems dead, Settings settings) {
        super(
                ledger,
                new Retention(
                        Retention.Kind.PARKED_MAILS,
                        settings.get(SettingsCatalogue.MAIL_PARKED_KEEP),
                        settings.get(SettingsCatalogue.MAIL_PARKED_MAX)),
                "nobody decided within threadpost.mail.parked-keep",
                "nobody decided, and there is more than threadpost.mail.parked-max");
        this.dead = dead;
    }

    @Override
    protected long kept(Transaction tx) throws SQLException {
        return tx.number("SELECT COALESCE(SUM(bytes), 0)" + PARKED);
    }

    @Override
    protected Waiting waitingSince(Transaction tx, long before) throws SQLException {
        return tx.one(
                        "SELECT COUNT(*), MIN(changed)" + PARKED + " AND changed < ?",
                        row -> new Waiting(row.getLong(1), row.getLong(2)),
                        before)
                .orElseThrow();
    }

    @Override
    protected long discard(String why, long excess, Ledger.Work<Long> before) {
        long discarded = removeInChunks(excess, left -> {
            List<Expired> mails = ledger.write(tx -> discard(tx, why, left, before.in(tx)));
            // Otherwise their dead items would make them failed again.
            mails.forEach(mail -> dead.discard(new DeadItems.Selection(MailConstants.SPOOL, null, mail.key())));
            return new Chunk(
                    mails.size() == CHUNK,
                    mails.size(),
                    mails.stream().mapToLong(Expired::bytes).sum());
        });
        if (discarded > 0) {
            LOG.warnf(
                    "%d parked or failed mails are discarded: %s; GET /api/mails?reason=%s lists them",
                    discarded, why, EXPIRED);
        }
        return discarded;
    }

    private static List<Expired> discard(Transaction tx, String why, long bytes, long before) throws SQLException {
        List<Expired> due = tx.list(
                "SELECT id, item_key, bytes" + PARKED + " AND changed < ? ORDER BY changed LIMIT " + CHUNK,
                row -> new Expired(row.getLong(1), row.getString(2), row.getLong(3)),
                before);
        List<Expired> discarded = new ArrayList<>();
        long left = bytes;
        for (Expired mail : due) {
            if (left <= 0) {
                break;
            }
            left -= mail.bytes();
            if (tx.update(
                            "UPDATE mail SET state = 'discarded', reason = ?, why = ?, changed = ?, purged = ?,"
                                    + " sender = NULL,"
                                    + " sender_text = NULL, subject = NULL WHERE id = ?"
                                    + " AND state IN ('parked', 'failed')",
                            EXPIRED,
                            why,
                            tx.now(),
                            tx.now(),
                            mail.number())
                    == 1) {
                tx.update("DELETE FROM mail_raw WHERE mail = ?", mail.number());
                tx.update("DELETE FROM mail_reading WHERE mail = ?", mail.number());
                discarded.add(mail);
            }
        }
        return discarded;
    }

    private record Expired(long number, String key, long bytes) {}
}
