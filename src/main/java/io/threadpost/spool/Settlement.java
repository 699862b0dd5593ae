package io.threadpost.spool;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.threadpost.ledger.Transaction;

/**
 * What came of the first items of a batch, to be committed together: marks, failures, and what the items sent on; and
 * how the rest goes back.
 */
final class Settlement {
    private final Spools spools;
    private final List<Failure> failures = new ArrayList<>();
    private final Map<String, List<SpoolItem>> sent = new LinkedHashMap<>();
    private int settled;
    private int held;
    private Rest rest = Rest.UNTOUCHED;
    private String error;
    private Duration delay = Duration.ZERO;
    private Exception down;
    private SpoolPauses.Recovery recovery = SpoolPauses.Recovery.NONE;

    Settlement(Spools spools) {
        this.spools = spools;
    }

    /** Items passed. @param outbox what they sent to other spools */
    void passed(int items, Map<String, List<SpoolItem>> outbox) {
        settled += items;
        outbox.forEach((spool, sending) -> {
            sent.computeIfAbsent(spool, name -> new ArrayList<>()).addAll(sending);
            held += sending.size();
        });
    }

    void failed(Failure failure) {
        settled++;
        failures.add(failure);
    }

    /** The rest of the batch goes back like this. @param error one line for people */
    void rest(Rest how, String error) {
        this.rest = how;
        this.error = error;
    }

    /** The rest of the batch comes again after a while; nothing is wrong with it. @param reason one line for people */
    void postpone(Duration wait, String reason) {
        rest(Rest.POSTPONED, reason);
        delay = wait;
    }

    /** The target is down, and so the failures before may have been its own, too. */
    void down(Exception failure) {
        down = failure;
        failures.replaceAll(Failure::suspected);
    }

    /** @return how the target is down; null when it is not */
    Exception down() {
        return down;
    }

    /** @return whether any item passed: the target works */
    boolean works() {
        return settled > failures.size();
    }

    /** @return items settled, from the first of the batch on */
    int settled() {
        return settled;
    }

    /** @return items that passed */
    int delivered() {
        return settled - failures.size();
    }

    /** @return attempts that failed and count: of items here, and of suspects that were found to be to blame */
    int failed() {
        return recovery.guilty()
                + (int) failures.stream().filter(Failure::counts).count();
    }

    /** What it meant for the spool that items passed. */
    void recovery(SpoolPauses.Recovery found) {
        recovery = found;
    }

    SpoolPauses.Recovery recovery() {
        return recovery;
    }

    List<Failure> failures() {
        return failures;
    }

    Rest rest() {
        return rest;
    }

    /** @return why the rest goes back; null when nothing is wrong with it */
    String error() {
        return error;
    }

    /** @return how long a rest that is postponed waits */
    Duration delay() {
        return delay;
    }

    /** @return items waiting in memory to be sent on */
    int held() {
        return held;
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

    /** How a batch goes back that is not settled to its end. */
    enum Rest {
        /** As it was. */
        UNTOUCHED,
        /** It has to wait, and nobody is to blame. */
        POSTPONED,
        /** It failed as a whole. */
        FAILED,
        /** It failed as a whole, but perhaps by the target's fault. */
        SUSPECT
    }

    /** How a failed item stands. */
    enum Kind {
        /** One more attempt is used up. */
        COUNTED,
        /** An attempt is used up when another item passes. */
        SUSPECT,
        /**
         * It tried in vain whether the target is there. That is counted against nobody, but another one shall try next.
         */
        SET_ASIDE,
        /** It can never succeed. */
        HOPELESS,
        /** The process ended while it alone was in hand. */
        CRASHED,
        /** It has to wait, and nobody is to blame. */
        POSTPONED,
        /** Nothing is wrong with it: it was taken out of a failing batch, to be tried by itself at once. */
        TAKEN_OUT
    }

    /**
     * An item that did not pass.
     *
     * @param error one line for people; null when it was only taken out
     * @param delay how long it waits when it is postponed
     */
    record Failure(Batch.Entry entry, Kind kind, String error, Duration delay) {
        Failure(Batch.Entry entry, Kind kind, String error) {
            this(entry, kind, error, Duration.ZERO);
        }

        static Failure postponed(Batch.Entry entry, String reason, Duration delay) {
            return new Failure(entry, Kind.POSTPONED, reason, delay);
        }

        /** @return whether it was tried at all */
        boolean tried() {
            return kind != Kind.TAKEN_OUT && kind != Kind.POSTPONED;
        }

        private boolean counts() {
            return kind == Kind.COUNTED || kind == Kind.CRASHED || kind == Kind.HOPELESS;
        }

        private Failure suspected() {
            return kind == Kind.COUNTED ? new Failure(entry, Kind.SUSPECT, error) : this;
        }
    }
}
