package io.threadpost.add;

import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.threadpost.add.Truncation.Likeness;
import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;

/**
 * Which of the threads on the platform an unresolved add has made. Adds whose texts cannot be told apart may take each
 * other's threads: right is what leaves each with one.
 */
@Singleton
final class AttemptResolution {
    private static final Logger LOG = Logger.getLogger(AttemptResolution.class);
    private static final Comparator<CreatedThread> OLDEST =
            Comparator.comparing(CreatedThread::created).thenComparing(CreatedThread::id);

    private final Ledger ledger;
    private final AddLedger rows;

    AttemptResolution(Ledger ledger, AddLedger rows) {
        this.ledger = ledger;
        this.rows = rows;
    }

    /**
     * @param threads all that may be the one
     * @param over whether no other one will come any more
     * @return how the add ended; empty when its thread is not there
     */
    Optional<AddOutcome> of(InboundMessage inboundMessage, List<CreatedThread> threads, boolean over) {
        LearnedTruncations cuts = rows.cuts(inboundMessage.connection());
        List<CreatedThread> alike = threads.stream()
                .filter(thread -> inboundMessage.texts().compare(thread, cuts) != Likeness.OTHER)
                .sorted(OLDEST)
                .toList();
        return alike.isEmpty() ? Optional.empty() : ledger.write(tx -> of(tx, inboundMessage, alike, cuts, over));
    }

    private Optional<AddOutcome> of(
            Transaction tx,
            InboundMessage inboundMessage,
            List<CreatedThread> alike,
            LearnedTruncations cuts,
            boolean over)
            throws SQLException {
        List<CreatedThread> free = ThreadOwners.unowned(tx, alike);
        List<ThreadTexts> others = rows.others(tx, inboundMessage);
        List<CreatedThread> same = free.stream()
                .filter(thread -> inboundMessage.texts().compare(thread, cuts) == Likeness.SAME)
                .toList();
        if (!same.isEmpty()) {
            long claimants = 1
                    + others.stream()
                            .filter(other ->
                                    same.stream().anyMatch(thread -> other.compare(thread, cuts) == Likeness.SAME))
                            .count();
            return same.size() <= claimants ? adopt(tx, inboundMessage, same) : ambiguous(tx, inboundMessage, same);
        }
        if (!over) {
            return Optional.empty();
        }
        List<CreatedThread> rough = free.stream()
                .filter(thread -> others.stream().noneMatch(other -> other.compare(thread, cuts) == Likeness.SAME))
                .toList();
        for (CreatedThread thread : rough) {
            if (ThreadOwners.own(tx, inboundMessage, thread)) {
                return Optional.of(rows.refused(
                        tx,
                        inboundMessage,
                        "rough-match",
                        "the platform did not say whether it made the thread, and has " + thread.id()
                                + ", which begins alike but was cut; if that is the one, discard this message"));
            }
        }
        return Optional.empty();
    }

    private Optional<AddOutcome> adopt(Transaction tx, InboundMessage inboundMessage, List<CreatedThread> same)
            throws SQLException {
        for (CreatedThread thread : same) {
            if (ThreadOwners.own(tx, inboundMessage, thread)) {
                LOG.infof("%s: thread %s was made by a request whose answer was lost", inboundMessage, thread.id());
                return Optional.of(rows.added(tx, inboundMessage, thread));
            }
        }
        return Optional.empty();
    }

    private Optional<AddOutcome> ambiguous(Transaction tx, InboundMessage inboundMessage, List<CreatedThread> same)
            throws SQLException {
        for (CreatedThread thread : same) {
            ThreadOwners.own(tx, inboundMessage, thread);
        }
        List<String> ids = same.stream().map(CreatedThread::id).limit(5).toList();
        return Optional.of(rows.refused(
                tx,
                inboundMessage,
                "ambiguous",
                "the platform did not say whether it made the thread, and has " + same.size()
                        + " that nobody else claims: " + String.join(", ", ids)
                        + "; if one of them is the one, discard this message"));
    }
}
