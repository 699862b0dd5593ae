package io.threadpost.mail;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import jakarta.inject.Singleton;

import io.threadpost.add.ThreadAddLedger;
import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;
import io.threadpost.spool.DeadItems;

/**
 * Operator actions on parked and failed mails. Each can be repeated: mails that were released, discarded or became
 * threads meanwhile stay as they are.
 */
@Singleton
public final class MailActions {
    /** Mails per transaction, so that other writers get their turn. */
    private static final int CHUNK = 200;

    private static final String HELD = "state IN ('parked', 'failed')";
    private static final String KEPT = "state IN ('parked', 'failed', 'discarded') AND purged IS NULL";

    private final Ledger ledger;
    private final MailRepository mailRepository;
    private final ThreadAddLedger adds;
    private final DeadItems dead;

    MailActions(Ledger ledger, MailRepository mailRepository, ThreadAddLedger adds, DeadItems dead) {
        this.ledger = ledger;
        this.mailRepository = mailRepository;
        this.adds = adds;
        this.dead = dead;
    }

    /**
     * Releases mails to become threads without being judged again; what the platform refused is retried.
     *
     * @return how many
     */
    public int release(MailSelection selection) {
        return each(selection, HELD, (tx, mail) -> release(tx, mail, HELD, MailRepository.ReleaseTexts.NONE));
    }

    /**
     * Releases one mail with texts of a person for its thread, also one that was discarded and is still kept.
     *
     * @return whether it waited for a person, or was discarded
     */
    public boolean release(long number, MailRepository.ReleaseTexts texts) {
        return each(MailSelection.one(number), KEPT, (tx, mail) -> release(tx, mail, KEPT, texts)) == 1;
    }

    /**
     * Discards mails.
     *
     * @return how many
     */
    public int discard(MailSelection selection) {
        return each(
                selection,
                HELD,
                (tx, mailRecord) -> tx.update(
                                "UPDATE mail SET state = 'discarded', why = ?, changed = ? WHERE id = ? AND " + HELD,
                                "a person discarded it; before: " + mailRecord.why(),
                                tx.now(),
                                mailRecord.number())
                        == 1);
    }

    private boolean release(Transaction tx, MailRecord mailRecord, String condition, MailRepository.ReleaseTexts texts)
            throws SQLException {
        int changed = tx.update(
                "UPDATE mail SET state = 'waiting', reason = NULL, why = ?, releases = releases + 1, changed = ?,"
                        + " release_sender = ?, release_subject = ? WHERE id = ? AND "
                        + condition,
                "a person released it, waits to become a thread; before: " + mailRecord.why(),
                tx.now(),
                texts.sender(),
                texts.subject(),
                mailRecord.number());
        if (changed == 1) {
            adds.retry(tx, mailRecord.connection(), mailRecord.key());
            mailRepository.put(tx, mailRecord.number(), mailRecord.key(), mailRecord.connection());
        }
        return changed == 1;
    }

    /** Iterates by number, so that a mail that is parked again meanwhile is not changed twice. */
    private int each(MailSelection selection, String condition, Change change) {
        int changed = 0;
        long after = 0;
        List<MailRecord> chunk;
        do {
            long from = after;
            List<MailRecord> done = new ArrayList<>();
            chunk = ledger.write(tx -> {
                List<MailRecord> held = selected(tx, selection, condition, from);
                for (MailRecord mailRecord : held) {
                    if (change.of(tx, mailRecord)) {
                        done.add(mailRecord);
                    }
                }
                return held;
            });
            mailRepository.wake();
            // A new item replaces it, or none is wanted.
            done.stream()
                    .filter(mailRecord -> mailRecord.state() == MailRecord.State.FAILED)
                    .forEach(mailRecord ->
                            dead.discard(new DeadItems.Selection(MailConstants.SPOOL, null, mailRecord.key())));
            changed += done.size();
            after = chunk.isEmpty() ? after : chunk.get(chunk.size() - 1).number();
        } while (chunk.size() == CHUNK);
        return changed;
    }

    private static List<MailRecord> selected(Transaction tx, MailSelection selection, String condition, long after)
            throws SQLException {
        List<Object> parameters = selection.parameters();
        parameters.add(after);
        return tx.list(
                MailRepository.COLUMNS + " WHERE " + condition + selection.condition()
                        + " AND id > ? ORDER BY id LIMIT " + CHUNK,
                MailRepository::mail,
                parameters.toArray());
    }

    /**
     * Changes one mail.
     *
     * @return whether it did
     */
    @FunctionalInterface
    private interface Change {
        boolean of(Transaction tx, MailRecord mailRecord) throws SQLException;
    }
}
