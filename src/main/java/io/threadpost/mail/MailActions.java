package io.threadpost.mail;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import jakarta.inject.Singleton;

import io.threadpost.add.Adds;
import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;
import io.threadpost.spool.DeadItems;

/**
 * What a person does with mails that are parked or failed. Each action can be repeated: what is released, discarded or a thread by now is not
 * touched.
 */
@Singleton
public final class MailActions {
    /** Mails changed in one transaction: others want to write, too. */
    private static final int CHUNK = 200;

    private static final String HELD = "state IN ('parked', 'failed')";

    private final Ledger ledger;
    private final Mails mails;
    private final Adds adds;
    private final DeadItems dead;

    MailActions(Ledger ledger, Mails mails, Adds adds, DeadItems dead) {
        this.ledger = ledger;
        this.mails = mails;
        this.adds = adds;
        this.dead = dead;
    }

    /** Lets mails go on to become threads, without being judged again; what the platform refused is tried anew. @return how many */
    public int release(MailSelection selection) {
        return each(selection, this::release);
    }

    /** Lets nothing become of mails. @return how many */
    public int discard(MailSelection selection) {
        return each(
                selection,
                (tx, mail) -> tx.update(
                                "UPDATE mail SET state = 'discarded', why = ?, changed = ? WHERE id = ? AND " + HELD,
                                "a person discarded it; before: " + mail.why(),
                                tx.now(),
                                mail.number())
                        == 1);
    }

    private boolean release(Transaction tx, Mail mail) throws SQLException {
        int changed = tx.update(
                "UPDATE mail SET state = 'waiting', reason = NULL, why = ?, releases = releases + 1, changed = ?"
                        + " WHERE id = ? AND " + HELD,
                "a person released it, and it waits to become a thread; before: " + mail.why(),
                tx.now(),
                mail.number());
        if (changed == 1) {
            adds.again(tx, mail.connection(), mail.key());
            mails.put(tx, mail.number(), mail.key(), mail.connection());
        }
        return changed == 1;
    }

    /** Goes through the mails once, so that what is parked again meanwhile is not taken twice. */
    private int each(MailSelection selection, Change change) {
        int changed = 0;
        long after = 0;
        List<Mail> chunk;
        do {
            long from = after;
            List<Mail> done = new ArrayList<>();
            chunk = ledger.write(tx -> {
                List<Mail> held = held(tx, selection, from);
                for (Mail mail : held) {
                    if (change.of(tx, mail)) {
                        done.add(mail);
                    }
                }
                return held;
            });
            mails.wake();
            // A new item is on its way, or none shall be.
            done.stream()
                    .filter(mail -> mail.state() == Mail.State.FAILED)
                    .forEach(mail -> dead.discard(new DeadItems.Selection(Mails.SPOOL, null, mail.key())));
            changed += done.size();
            after = chunk.isEmpty() ? after : chunk.get(chunk.size() - 1).number();
        } while (chunk.size() == CHUNK);
        return changed;
    }

    private static List<Mail> held(Transaction tx, MailSelection selection, long after) throws SQLException {
        List<Object> parameters = selection.parameters();
        parameters.add(after);
        return tx.list(
                Mails.COLUMNS + " WHERE " + HELD + selection.condition() + " AND id > ? ORDER BY id LIMIT " + CHUNK,
                Mails::mail,
                parameters.toArray());
    }

    /** What is done to one mail. @return whether it was */
    @FunctionalInterface
    private interface Change {
        boolean of(Transaction tx, Mail mail) throws SQLException;
    }
}
