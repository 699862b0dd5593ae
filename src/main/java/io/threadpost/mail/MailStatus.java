package io.threadpost.mail;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.threadpost.ledger.Ledger;

/** What has become of mails, to be looked at. */
@Singleton
public final class MailStatus {
    private final Ledger ledger;
    private final MailReadings mailReadings;

    MailStatus(Ledger ledger, MailReadings mailReadings) {
        this.ledger = ledger;
        this.mailReadings = mailReadings;
    }

    /**
     * How many mails of a mailbox stand alike.
     *
     * @param reason null for those that wait or are threads
     */
    public record Count(String mailbox, MailRecord.State state, String reason, long mails) {}

    /**
     * What was read in a mail, and how it was judged.
     *
     * @param reading a JSON object
     * @param verdict a JSON object; null when it was not judged
     */
    public record Read(String reading, String verdict) {}

    /** @return the mails of a selection, the oldest first, behind that number and at most so many */
    public List<MailRecord> list(MailSelection selection, long after, int limit) {
        List<Object> parameters = selection.parameters();
        parameters.add(after);
        return ledger.read(tx -> tx.list(
                MailRepository.COLUMNS + " WHERE TRUE" + selection.condition() + " AND id > ? ORDER BY id LIMIT "
                        + limit,
                MailRepository::mail,
                parameters.toArray()));
    }

    /** @return empty when it was not read yet, or was purged */
    public Optional<Read> read(long number) {
        return mailReadings.find(number).map(kept -> new Read(kept.reading(), kept.verdict()));
    }

    /** @return how many mails wait, for their thread or for a person, by state; none of a state that none has */
    public Map<MailRecord.State, Long> unsettled() {
        Map<MailRecord.State, Long> counts = new EnumMap<>(MailRecord.State.class);
        ledger.read(tx -> tx.list(
                "SELECT state, COUNT(*) FROM mail WHERE state IN ('waiting', 'parked', 'failed') GROUP BY state",
                row -> counts.put(MailRecord.State.of(row.getString(1)), row.getLong(2))));
        return counts;
    }

    /** @return all that there are, by mailbox, state and reason */
    public List<Count> counts() {
        return ledger.read(tx -> tx.list(
                "SELECT mailbox, state, reason, COUNT(*) FROM mail GROUP BY mailbox, state, reason"
                        + " ORDER BY mailbox, state, reason",
                row -> new Count(
                        row.getString(1), MailRecord.State.of(row.getString(2)), row.getString(3), row.getLong(4))));
    }
}
