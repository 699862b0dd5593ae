package io.threadpost.spool;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.threadpost.journey.ItemPlace;
import io.threadpost.journey.StoredParcel;
import io.threadpost.ledger.Transaction;

/**
 * The outcome of the first items of a batch, to be committed together: marks, failures, and what the items sent to
 * other spools; and how the rest is released.
 */
final class Settlement {
    private final Spools spools;
    private final List<Failure> failures = new ArrayList<>();
    private final Map<String, List<SpoolItem>> sent = new LinkedHashMap<>();
    private final List<Passed> passed = new ArrayList<>();
    /** By place: an item may be no JSON, and has no hash then. */
    private final Map<ItemPlace, ExchangeOutcome> tried = new HashMap<>();

    private int settled;
    private int held;
    private Disposition remainder = Disposition.RELEASED;
    private String error;
    private Duration delay = Duration.ZERO;
    private Outage outage;
    private SpoolPauses.Recovery recovery = SpoolPauses.Recovery.NONE;

    Settlement(Spools spools) {
        this.spools = spools;
    }

    /**
     * Items passed.
     *
     * @param outbox what they sent to other spools
     */
    void passed(int items, Map<String, List<SpoolItem>> outbox) {
        settled += items;
        outbox.forEach((spool, sending) -> {
            sent.computeIfAbsent(spool, name -> new ArrayList<>()).addAll(sending);
            held += sending.size();
        });
    }

    /** The items of an exchange passed, but for those of its list that it rejected. */
    void passed(List<Batch.Entry> entries, ExchangeOutcome outcome) {
        passed(entries.size() - outcome.rejected().size(), outcome.sent());
        passed.add(new Passed(entries, outcome));
        outcome.rejected().keySet().forEach(index -> tried(entries.get(index), outcome));
    }

    /** An item was tried and failed; what that means follows. */
    void tried(Batch.Entry entry, ExchangeOutcome outcome) {
        tried.put(place(entry), outcome);
    }

    void failed(Failure failure) {
        settled++;
        failures.add(failure);
    }

    /** Items leave the batch, to be tried one by one from now on. */
    void takeOut(List<Batch.Entry> entries) {
        entries.forEach(entry -> failed(new Failure(entry, Disposition.TAKEN_OUT, null)));
    }

    /**
     * Releases the rest of the batch.
     *
     * @param error one line for people
     */
    void release(Disposition how, String error) {
        this.remainder = how;
        this.error = error;
    }

    /**
     * Postpones the rest of the batch.
     *
     * @param reason one line for people
     */
    void postpone(Duration wait, String reason) {
        release(Disposition.POSTPONED, reason);
        delay = wait;
    }

    /** The target is down, so the failures before may have been the target's, too. */
    void down(Outage found) {
        outage = found;
        failures.replaceAll(Failure::suspected);
    }

    /** @return null when the target is not down */
    Outage outage() {
        return outage;
    }

    /** @return whether any item passed: the target works */
    boolean targetWorks() {
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

    /**
     * @return failed attempts that count: of items here, and of suspects that turned out to have failed by themselves
     */
    int failed() {
        return recovery.countedSuspects()
                + (int) failures.stream().filter(Failure::counts).count();
    }

    /** Records what it means for the spool that items passed. */
    void recovery(SpoolPauses.Recovery found) {
        recovery = found;
    }

    SpoolPauses.Recovery recovery() {
        return recovery;
    }

    List<Failure> failures() {
        return failures;
    }

    Disposition remainder() {
        return remainder;
    }

    /** @return why the rest is released; null when nothing is wrong with it */
    String error() {
        return error;
    }

    /** @return how long a rest that is postponed waits */
    Duration delay() {
        return delay;
    }

    /** @return items held in memory for other spools */
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
        // An item with its own parcel stays in it when it fails again.
        failures.stream().map(Failure::entry).filter(Batch.Entry::alone).forEach(entry -> marks.remove(entry.parcel()));
        return marks;
    }

    Map<String, List<StoredParcel>> deliver(Transaction tx) throws SQLException {
        return spools.deliver(tx, sent);
    }

    /** @return the exchanges that passed, in the order in which their items were sent to other spools */
    List<Passed> passed() {
        return passed;
    }

    /** @return the exchange that a failed item was in; empty when it was in none */
    Optional<ExchangeOutcome> outcome(Batch.Entry entry) {
        return Optional.ofNullable(tried.get(place(entry)));
    }

    private static ItemPlace place(Batch.Entry entry) {
        return new ItemPlace(entry.parcel(), entry.ordinal());
    }

    /** An exchange that passed. */
    record Passed(List<Batch.Entry> entries, ExchangeOutcome outcome) {}

    /** What becomes of an item that did not pass, or of a batch that failed as a whole. */
    enum Disposition {
        /** It goes back as it was: nothing happened to it. */
        RELEASED,
        /** It failed: one attempt counts. */
        FAILED,
        /** It failed, perhaps because of the target: the attempt counts as soon as another item passes. */
        SUSPECT,
        /** It found the target down or refusing. No attempt counts, but another item tries next. */
        SET_ASIDE,
        /** It can never succeed: it is dead. */
        REJECTED,
        /** The process ended while it alone was in flight. */
        CRASHED,
        /** It has to wait, and nothing is wrong with it. */
        POSTPONED,
        /** Nothing is wrong with it: it leaves a failing batch, to be tried by itself at once. */
        TAKEN_OUT
    }

    /**
     * A target that is down.
     *
     * @param reason one line for people
     * @param waitMillis how long it asks to wait; 0 when it does not ask
     */
    record Outage(String reason, long waitMillis) {}

    /**
     * An item that did not pass.
     *
     * @param error one line for people; null when it was only taken out
     * @param delay how long it waits when it is postponed
     */
    record Failure(Batch.Entry entry, Disposition disposition, String error, Duration delay) {
        Failure(Batch.Entry entry, Disposition disposition, String error) {
            this(entry, disposition, error, Duration.ZERO);
        }

        static Failure postponed(Batch.Entry entry, String reason, Duration delay) {
            return new Failure(entry, Disposition.POSTPONED, reason, delay);
        }

        /** @return whether it was tried at all */
        boolean tried() {
            return disposition != Disposition.TAKEN_OUT && disposition != Disposition.POSTPONED;
        }

        private boolean counts() {
            return disposition == Disposition.FAILED
                    || disposition == Disposition.CRASHED
                    || disposition == Disposition.REJECTED;
        }

        private Failure suspected() {
            return disposition == Disposition.FAILED ? new Failure(entry, Disposition.SUSPECT, error) : this;
        }
    }
}
