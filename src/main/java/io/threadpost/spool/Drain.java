package io.threadpost.spool;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.jboss.logging.Logger;

import io.threadpost.ledger.LeaseLostException;
import io.threadpost.retry.Reason;
import io.threadpost.spool.Settlement.Failure;
import io.threadpost.spool.SpoolConsumer.Outcome;

/**
 * Hands out a spool's batches, one after the other, and settles them. An item's own failure becomes a row of its own and stops
 * nobody. The target's failure pauses the spool and counts against no item; several fresh items failing in a row are taken for
 * one.
 */
final class Drain {
    private static final Logger LOG = Logger.getLogger(Drain.class);
    /** Fresh items failing in a row that make it the target's failure. */
    private static final int ROW = 3;
    /** Failures of a batch as a whole after which its items are tried one by one. */
    private static final int BATCH_ATTEMPTS = 3;
    /** Items held in memory for other spools before they are committed. */
    private static final int HELD = 1000;
    /** Items claimed at once when they are handed out one by one. */
    private static final int CLAIM = 1000;

    private static final long LOOK_MILLIS = 500;

    private final String spool;
    private final boolean list;
    private final int size;
    private final Spools spools;
    private final Batches batches;
    private final Pauses pauses;
    private final Leases leases;
    private final Drains drains;
    private final String owner = UUID.randomUUID().toString();
    private volatile boolean open;
    private volatile Drains.Running running;
    private int failuresInARow;
    private boolean paused;
    private boolean failedFirst;

    /** @param batch items in a list; 0: one exchange an item */
    Drain(String spool, int batch, SpoolComponent component) {
        this.spool = spool;
        this.list = batch > 0;
        this.size = list ? batch : CLAIM;
        this.spools = component.spools;
        this.batches = component.batches;
        this.pauses = component.pauses;
        this.leases = component.leases;
        this.drains = component.drains;
    }

    void open() {
        open = true;
        running = drains.begin(spool);
    }

    /** Makes {@link #run} return after the item at hand. */
    void close() {
        open = false;
        if (running != null) {
            running.end();
        }
        spools.wakeups().wake(spool);
    }

    /** Drains until closed. Never throws: what fails here is tried again. */
    void run(Worker worker) {
        Optional<Batch> next = Optional.empty();
        boolean known = false;
        while (open) {
            running.pulse().beat();
            try {
                paused = known ? paused : pauses.paused(spool);
                known = true;
                Batch batch = next.or(this::claim).orElse(null);
                next = Optional.empty();
                if (batch == null) {
                    spools.wakeups().await(spool, LOOK_MILLIS);
                } else {
                    next = work(batch, worker);
                }
            } catch (LeaseLostException e) {
                LOG.warnf("spool %s: %s", spool, e.getMessage());
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.errorf("spool %s: %s", spool, Reason.of(e));
                rest();
            }
        }
        next.ifPresent(batch -> batches.giveBack(batch, owner, false, null));
    }

    private Optional<Batch> claim() {
        failedFirst = !failedFirst;
        return batches.claim(spool, owner, size, failedFirst);
    }

    private Optional<Batch> work(Batch batch, Worker worker) {
        try (Leases.Holding holding = leases.hold(batch, owner)) {
            Settlement settlement = new Settlement(spools);
            Exception down = list ? whole(batch, worker, settlement) : oneByOne(batch, worker, settlement, holding);
            holding.require();
            Optional<Batch> next = Optional.empty();
            if (settlement.settled() > 0) {
                failedFirst = !failedFirst;
                boolean more = down == null && open;
                next = batches.settleAndClaim(batch, settlement, more, owner, size, failedFirst);
                running.settled(settlement.delivered(), settlement.failed());
                spools.wake(settlement.spools());
            } else if (down != null || !open) {
                batches.giveBack(batch, owner, false, down == null ? null : Reason.of(down));
            }
            if (down != null) {
                pause(down);
            }
            return next;
        }
    }

    /** @return the failure that shows the target to be down, or null */
    private Exception oneByOne(Batch batch, Worker worker, Settlement settlement, Leases.Holding holding) {
        for (Batch.Entry entry : batch.entries()) {
            if (!open || settlement.held() >= HELD) {
                break;
            }
            holding.require();
            Outcome outcome = route(worker, batch, List.of(entry.item()), false);
            if (outcome.failure() == null) {
                settlement.passed(outcome.sent());
                passed();
            } else if (TargetFailure.is(outcome.failure())) {
                return outcome.failure();
            } else if (failed(entry, outcome.failure(), settlement)) {
                return outcome.failure();
            }
        }
        return null;
    }

    /** @return the failure that shows the target to be down, or null */
    private Exception whole(Batch batch, Worker worker, Settlement settlement) {
        List<Item> items = batch.entries().stream().map(Batch.Entry::item).toList();
        Outcome outcome = route(worker, batch, items, true);
        Exception failure = outcome.failure();
        if (failure == null) {
            batch.entries().forEach(entry -> settlement.passed(Map.of()));
            settlement.sent(outcome.sent());
            passed();
            return null;
        }
        if (TargetFailure.is(failure)) {
            return failure;
        }
        if (items.size() == 1) {
            return failed(batch.entries().get(0), failure, settlement) ? failure : null;
        }
        if (batch.attempts() + 1 < BATCH_ATTEMPTS) {
            LOG.warnf("%s failed, it is tried again: %s", batch, Reason.of(failure));
            batches.giveBack(batch, owner, true, Reason.of(failure));
        } else {
            LOG.warnf(
                    "%s failed %d times, its %d items are tried one by one: %s",
                    batch, BATCH_ATTEMPTS, items.size(), Reason.of(failure));
            batch.entries().forEach(entry -> settlement.failed(new Failure(entry, null, false, false)));
        }
        return null;
    }

    private Outcome route(Worker worker, Batch batch, List<Item> items, boolean asList) {
        running.pulse().away();
        try {
            return worker.work(batch, items, asList);
        } finally {
            running.pulse().beat();
        }
    }

    private void passed() {
        failuresInARow = 0;
        if (paused) {
            paused = false;
            pauses.end(spool);
            LOG.infof("spool %s: its target works again", spool);
        }
    }

    /** @return whether this failure is the target's, as others before it */
    private boolean failed(Batch.Entry entry, Exception failure, Settlement settlement) {
        String reason = Reason.of(failure);
        boolean hopeless = failure instanceof RejectedItemException;
        if (!hopeless && entry.attempts() == 0) {
            failuresInARow++;
        }
        boolean down = failuresInARow >= ROW;
        if (down) {
            settlement.uncount();
        }
        settlement.failed(new Failure(entry, reason, !down, hopeless));
        LOG.warnf("spool %s: item %s failed: %s", spool, entry.item().key(), reason);
        return down;
    }

    private void pause(Exception failure) {
        paused = true;
        String reason = Reason.of(failure);
        long wait = pauses.pause(spool, reason);
        LOG.warnf("spool %s: its target is down, next try in %.1f s: %s", spool, wait / 1000.0, reason);
    }

    private void rest() {
        try {
            spools.wakeups().await(spool, LOOK_MILLIS);
        } catch (InterruptedException e) {
            open = false;
        }
    }

    /** Sends items of a batch through the route. */
    @FunctionalInterface
    interface Worker {
        /** @param list whether they go as one list; else there is one item */
        Outcome work(Batch batch, List<Item> items, boolean list);
    }
}
