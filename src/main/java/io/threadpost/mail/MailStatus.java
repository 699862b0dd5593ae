package io.threadpost.mail;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.threadpost.ledger.Ledger;

/** Queries about mails, for operators and metrics. */
@Singleton
public final class MailStatus {
    private final Ledger ledger;

    MailStatus(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * The number of mails of a mailbox with the same state and reason.
     *
     * @param reason null for those that wait or are threads
     */
    public record Count(String mailbox, MailRecord.State state, String reason, long mails) {}

    /**
     * What was read in a mail, and its verdict.
     *
     * @param reading a JSON object
     * @param verdict a JSON object; null until it was judged
     */
    public record Read(String reading, String verdict) {}

    /** @return selected mails with numbers above {@code after}, the oldest first */
    public List<MailRecord> list(MailSelection selection, long after, int limit) {
        List<Object> parameters = selection.parameters();
        parameters.add(after);
        return ledger.read(tx -> tx.list(
                MailRepository.COLUMNS + " WHERE TRUE" + selection.condition() + " AND id > ? ORDER BY id LIMIT "
                        + limit,
                MailRepository::mail,
                parameters.toArray()));
    }

    /** @return the mails with the highest numbers below {@code before}, the newest first */
    public List<MailRecord> newest(long before, int limit) {
        return ledger.read(tx -> tx.list(
                MailRepository.COLUMNS + " WHERE id < ? ORDER BY id DESC LIMIT " + limit,
                MailRepository::mail,
                before));
    }

    /** @return the mails that became a thread or continue it, the oldest first, up to the limit */
    public List<MailRecord> ofThread(String thread, int most) {
        return ledger.read(tx -> tx.list(
                MailRepository.COLUMNS + " WHERE thread = ? ORDER BY received, id LIMIT " + most,
                MailRepository::mail,
                thread));
    }

    /** @return the numbers of mails that wait, for their thread or for a person, by mailbox and state */
    public List<Count> unsettledByMailbox() {
        return ledger.read(tx -> tx.list(
                "SELECT mailbox, state, COUNT(*) FROM mail WHERE state IN ('waiting', 'parked', 'failed')"
                        + " GROUP BY mailbox, state ORDER BY mailbox, state",
                row -> new Count(row.getString(1), MailRecord.State.of(row.getString(2)), null, row.getLong(3))));
    }

    /** @return empty when it was not read yet, or was purged */
    public Optional<Read> read(long number) {
        return ledger.read(tx -> tx.one(
                "SELECT reading, verdict FROM mail_reading WHERE mail = ?",
                row -> new Read(row.getString(1), row.getString(2)),
                number));
    }

    /**
     * @return the number of mails that wait, for their thread or for a person, by state; without states that have none
     */
    public Map<MailRecord.State, Long> unsettled() {
        Map<MailRecord.State, Long> counts = new EnumMap<>(MailRecord.State.class);
        ledger.read(tx -> tx.list(
                "SELECT state, COUNT(*) FROM mail WHERE state IN ('waiting', 'parked', 'failed') GROUP BY state",
                row -> counts.put(MailRecord.State.of(row.getString(1)), row.getLong(2))));
        return counts;
    }

    /** @return the numbers of all mails by mailbox, state and reason */
    public List<Count> counts() {
        return ledger.read(tx -> tx.list(
                "SELECT mailbox, state, reason, COUNT(*) FROM mail GROUP BY mailbox, state, reason"
                        + " ORDER BY mailbox, state, reason",
                row -> new Count(
                        row.getString(1), MailRecord.State.of(row.getString(2)), row.getString(3), row.getLong(4))));
    }
}
