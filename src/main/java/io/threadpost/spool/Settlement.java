package io.threadpost.spool;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.threadpost.ledger.Transaction;

/** What came of the first items of a batch, to be committed together: marks, failures, and what the items sent on. */
final class Settlement {
    private final Spools spools;
    private final List<Failure> failures = new ArrayList<>();
    private final Map<String, List<Item>> sent = new LinkedHashMap<>();
    private int settled;

    Settlement(Spools spools) {
        this.spools = spools;
    }

    /** An item passed. @param outbox what it sent to other spools */
    void passed(Map<String, List<Item>> outbox) {
        settled++;
        sent(outbox);
    }

    /** A batch passed and sent this to other spools. */
    void sent(Map<String, List<Item>> outbox) {
        outbox.forEach((spool, items) ->
                sent.computeIfAbsent(spool, name -> new ArrayList<>()).addAll(items));
    }

    void failed(Failure failure) {
        settled++;
        failures.add(failure);
    }

    /** The failures so far turned out to be the target's. */
    void uncount() {
        failures.replaceAll(failure -> new Failure(failure.entry(), failure.error(), false, failure.hopeless()));
    }

    /** @return items settled, from the first of the batch on */
    int settled() {
        return settled;
    }

    /** @return items that passed */
    int delivered() {
        return settled - failures.size();
    }

    /** @return items that failed themselves; those taken out of a failing batch have not, yet */
    int failed() {
        return (int)
                failures.stream().filter(failure -> failure.error() != null).count();
    }

    List<Failure> failures() {
        return failures;
    }

    /** @return items waiting in memory to be sent on */
    int held() {
        return sent.values().stream().mapToInt(List::size).sum();
    }

    Set<String> spools() {
        return new LinkedHashSet<>(sent.keySet());
    }

    /** @return for each parcel touched, how many of its items have left it */
    Map<Long, Integer> marks(Batch batch) {
        Map<Long, Integer> marks = new LinkedHashMap<>();
        for (Batch.Entry entry : batch.entries().subList(0, settled)) {
            marks.put(entry.parcel(), entry.ordinal() + 1);
        }
        // An item that lies alone stays where it is when it fails again.
        failures.stream().map(Failure::entry).filter(Batch.Entry::alone).forEach(entry -> marks.remove(entry.parcel()));
        return marks;
    }

    void deliver(Transaction tx) throws SQLException {
        spools.deliver(tx, sent);
    }

    /**
     * An item that failed.
     *
     * @param error one line for people; null when it was only taken out of a failing batch, to be tried by itself at once
     * @param counted whether it uses up an attempt
     * @param hopeless whether it can never succeed
     */
    record Failure(Batch.Entry entry, String error, boolean counted, boolean hopeless) {}
}
