package io.threadpost.add;

import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.threadpost.add.Cuts.Likeness;
import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;

/**
 * Which of the threads on the platform an unresolved add has made. Adds whose texts cannot be told apart may take each other's threads: right
 * is what leaves each with one.
 */
@Singleton
final class Resolution {
    private static final Logger LOG = Logger.getLogger(Resolution.class);
    private static final Comparator<CreatedThread> OLDEST =
            Comparator.comparing(CreatedThread::created).thenComparing(CreatedThread::id);

    private final Ledger ledger;
    private final AddRows rows;

    Resolution(Ledger ledger, AddRows rows) {
        this.ledger = ledger;
        this.rows = rows;
    }

    /**
     * @param threads all that may be the one
     * @param over whether no other one will come any more
     * @return how the add ended; empty when its thread is not there
     */
    Optional<Outcome> of(Inbound inbound, List<CreatedThread> threads, boolean over) {
        LearnedCuts cuts = rows.cuts(inbound.connection());
        List<CreatedThread> alike = threads.stream()
                .filter(thread -> inbound.texts().compare(thread, cuts) != Likeness.OTHER)
                .sorted(OLDEST)
                .toList();
        return alike.isEmpty() ? Optional.empty() : ledger.write(tx -> of(tx, inbound, alike, cuts, over));
    }

    private Optional<Outcome> of(
            Transaction tx, Inbound inbound, List<CreatedThread> alike, LearnedCuts cuts, boolean over)
            throws SQLException {
        List<CreatedThread> free = ThreadOwners.unowned(tx, alike);
        List<ThreadTexts> others = rows.others(tx, inbound);
        List<CreatedThread> same = free.stream()
                .filter(thread -> inbound.texts().compare(thread, cuts) == Likeness.SAME)
                .toList();
        if (!same.isEmpty()) {
            long claimants = 1
                    + others.stream()
                            .filter(other ->
                                    same.stream().anyMatch(thread -> other.compare(thread, cuts) == Likeness.SAME))
                            .count();
            return same.size() <= claimants ? adopt(tx, inbound, same) : ambiguous(tx, inbound, same);
        }
        if (!over) {
            return Optional.empty();
        }
        List<CreatedThread> rough = free.stream()
                .filter(thread -> others.stream().noneMatch(other -> other.compare(thread, cuts) == Likeness.SAME))
                .toList();
        for (CreatedThread thread : rough) {
            if (ThreadOwners.own(tx, inbound, thread)) {
                return Optional.of(rows.refused(
                        tx,
                        inbound,
                        "rough-match",
                        "the platform did not say whether it made the thread, and has " + thread.id()
                                + ", which begins alike but was cut; if that is the one, discard this message"));
            }
        }
        return Optional.empty();
    }

    private Optional<Outcome> adopt(Transaction tx, Inbound inbound, List<CreatedThread> same) throws SQLException {
        for (CreatedThread thread : same) {
            if (ThreadOwners.own(tx, inbound, thread)) {
                LOG.infof("%s: thread %s was made by a request whose answer was lost", inbound, thread.id());
                return Optional.of(rows.added(tx, inbound, thread));
            }
        }
        return Optional.empty();
    }

    private Optional<Outcome> ambiguous(Transaction tx, Inbound inbound, List<CreatedThread> same) throws SQLException {
        for (CreatedThread thread : same) {
            ThreadOwners.own(tx, inbound, thread);
        }
        List<String> ids = same.stream().map(CreatedThread::id).limit(5).toList();
        return Optional.of(rows.refused(
                tx,
                inbound,
                "ambiguous",
                "the platform did not say whether it made the thread, and has " + same.size()
                        + " that nobody else claims: " + String.join(", ", ids)
                        + "; if one of them is the one, discard this message"));
    }
}
