package io.threadpost.spool;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.threadpost.errors.ProcessGuard;
import io.threadpost.journey.JourneyRecorder;
import io.threadpost.ledger.LeaseLostException;
import io.threadpost.ledger.LeaseRenewals.Lease;
import io.threadpost.ledger.LedgerException;
import io.threadpost.retry.DurationFormat;
import io.threadpost.retry.FailureClassifiers;
import io.threadpost.retry.FailureReason;
import io.threadpost.retry.LogDeduplicator;
import io.threadpost.spool.Batch.Source;
import io.threadpost.spool.Batches.ClaimSize;
import io.threadpost.spool.ExchangeOutcome.Worker;
import io.threadpost.spool.Settlement.Disposition;
import io.threadpost.spool.Settlement.Outage;
import io.threadpost.spool.SpoolTicks.OpeningTimes;

/**
 * Hands out the batches of a spool, one at a time, and settles them. A failed item leaves its parcel and stops no
 * other. The target's failure pauses the spool and counts against no item.
 */
final class SpoolDrain {
    private static final Logger LOG = Logger.getLogger(SpoolDrain.class);
    /** Failures of a batch as a whole after which its items are tried one by one. */
    private static final int BATCH_ATTEMPTS = 3;
    /** Crashes with a list in flight after which its items are tried one by one: some of them may have passed. */
    private static final int LIST_CRASHES = 10;
    /** Items held in memory for other spools before they are committed. */
    private static final int MAX_HELD = 1000;
    /** Items claimed at once when they are handed out one by one. */
    private static final int CLAIM = 1000;
    /** Work is committed after this long: the most that a crash repeats, but for one item. */
    private static final long COMMIT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long POLL_MILLIS = 500;

    private final String spool;
    private final boolean list;
    private final ClaimSize size;
    private final int rate;
    private final ParallelWorkers parallelWorkers;
    private final OpeningTimes times;
    private final Spools spools;
    private final Batches batches;
    private final SpoolPauses spoolPauses;
    private final SpoolDrains.Running running;
    private final String owner;
    private final FailurePolicy policy;
    private final LogDeduplicator logDeduplicator = new LogDeduplicator();
    private volatile boolean open = true;
    private List<Source> sources = Source.after(Source.FAILED, false);

    SpoolDrain(String spool, ConsumerOptions consumerOptions, Services services) {
        this.spool = spool;
        this.list = consumerOptions.batch() > 0;
        this.size = list ? ClaimSize.list(consumerOptions.batch()) : ClaimSize.oneByOne(CLAIM);
        this.rate = consumerOptions.rate();
        this.parallelWorkers = new ParallelWorkers(consumerOptions.parallel(), spool);
        this.policy = new FailurePolicy(spool, services.classifiers, services.batches.attempts());
        this.times = services.spoolTicks.openingTimes(spool, consumerOptions);
        this.spools = services.spools;
        this.batches = services.batches;
        this.owner = batches.newOwner();
        this.spoolPauses = services.spoolPauses;
        this.running = services.spoolDrains.begin(spool, times.limited());
    }

    /** Makes {@link #run} return after the item in flight. */
    void close() {
        open = false;
        running.end();
        spools.wakeups().wake(spool);
    }

    /** Drains until closed. Never throws: what fails here is retried. */
    void run(Worker worker) {
        Optional<Batch> next = Optional.empty();
        probeNow();
        while (open) {
            running.pulse().beat();
            try {
                times.openIfDue();
                Batch batch = next.or(this::claim).orElse(null);
                next = Optional.empty();
                if (batch != null) {
                    next = work(batch, worker);
                } else if (!closeTick(worker)) {
                    spools.wakeups().await(spool, POLL_MILLIS);
                }
            } catch (LeaseLostException e) {
                LOG.warnf("spool %s: %s", spool, e.getMessage());
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException | Error e) {
                ProcessGuard.report(e);
                failed(e);
            } finally {
                if (next.filter(Batch::dangerous).isEmpty()) {
                    running.leaveQuarantine();
                }
            }
        }
        next.ifPresent(this::release);
        parallelWorkers.close();
    }

    private Optional<Batch> claim() {
        Optional<Batch> claimed = batches.claim(spool, owner, size.dangerous(running.enterQuarantine()), sources);
        if (claimed.filter(Batch::dangerous).isEmpty()) {
            running.leaveQuarantine();
        }
        return claimed;
    }

    /** Probes the target at once: the settings or the route may have changed since it failed. */
    private void probeNow() {
        try {
            spoolPauses.dueNow(spool);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    /**
     * Nothing was claimed: closes the tick if it is finished.
     *
     * @return whether it was
     */
    private boolean closeTick(Worker worker) {
        SpoolTicks.Row finished = times.finished().orElse(null);
        if (finished == null) {
            return false;
        }
        ExchangeOutcome outcome = times.last(finished)
                .map(batch -> route(() -> worker.work(batch, List.of(), true)))
                .orElse(null);
        if (outcome != null && outcome.failure() != null) {
            pause(policy.outage(outcome.failure()));
            return false;
        }
        times.close(finished, outcome == null ? null : outcome.sent());
        if (outcome != null) {
            spools.wake(outcome.sent().keySet());
        }
        return true;
    }

    private Optional<Batch> work(Batch batch, Worker worker) {
        try (Lease lease = batches.keep(batch, owner)) {
            Settlement settlement = new Settlement(spools);
            policy.begin(batch);
            if (batch.crashes() > 0 && settleCrashed(batch, settlement)) {
                LOG.warnf("%s was in flight when the process ended, %d times", batch, batch.crashes());
            } else if (list) {
                workAsList(batch, worker, settlement);
            } else {
                workOneByOne(batch, worker, settlement, lease);
            }
            sources = Source.after(batch.source(), settlement.outage() != null);
            Optional<Batch> next = settle(batch, settlement, lease);
            running.settled(settlement.delivered(), settlement.failed());
            spools.wake(settlement.spools());
            settlement
                    .recovery()
                    .downMillis()
                    .ifPresent(millis -> LOG.infof(
                            "spool %s: resumed after %s", spool, DurationFormat.text(Duration.ofMillis(millis))));
            if (settlement.outage() != null) {
                pause(settlement.outage());
            }
            return next;
        }
    }

    /**
     * Settles a batch that was in flight when a process ended. The first time, it is unknown which of its items ended
     * it: they are handed out again, each settled before the next one. From the second time on, it was the first that
     * is left.
     *
     * @return whether an item was found to be the cause, or a list has to be taken apart
     */
    private boolean settleCrashed(Batch batch, Settlement settlement) {
        List<Batch.Entry> entries = batch.entries();
        boolean known = batch.crashes() > 1 || entries.get(0).crashes() > 0;
        if (list ? batch.crashes() < LIST_CRASHES : !known) {
            return false;
        }
        if (list && entries.size() > 1) {
            settlement.takeOut(entries);
            return true;
        }
        settlement.failed(new Settlement.Failure(
                entries.get(0),
                list ? Disposition.REJECTED : Disposition.CRASHED,
                "the process ended while this item was in flight, "
                        + Math.max(batch.crashes(), entries.get(0).crashes() + 1) + " times so far"));
        return true;
    }

    private void workOneByOne(Batch batch, Worker worker, Settlement settlement, Lease lease) {
        long begun = System.nanoTime();
        List<Batch.Entry> left = batch.entries();
        while (!left.isEmpty() && settlement.outage() == null) {
            boolean one = batch.dangerous() || policy.probing();
            if (batch.dangerous() && left.size() < batch.entries().size()) {
                return;
            }
            if (!open || settlement.held() >= MAX_HELD || System.nanoTime() - begun > COMMIT_NANOS) {
                return;
            }
            lease.require();
            List<Batch.Entry> group = left.subList(0, Math.min(left.size(), one ? 1 : parallelWorkers.width()));
            if (!awaitRateLimit(group.size())) {
                return;
            }
            policy.settle(group, route(() -> parallelWorkers.work(worker, batch, group)), settlement);
            left = left.subList(group.size(), left.size());
        }
    }

    /**
     * Waits until the rate limit admits so many items.
     *
     * @return false when the drain is closed meanwhile
     */
    private boolean awaitRateLimit(int items) {
        long begin = rate == 0 ? System.nanoTime() : running.rateLimiter().reserve(items, rate);
        long millis = TimeUnit.NANOSECONDS.toMillis(begin - System.nanoTime());
        while (open && millis > 0) {
            running.pulse().beat();
            sleep(Math.min(millis, POLL_MILLIS));
            millis = TimeUnit.NANOSECONDS.toMillis(begin - System.nanoTime());
        }
        return open;
    }

    private <T> T route(Supplier<T> work) {
        running.pulse().away();
        try {
            return work.get();
        } finally {
            running.pulse().beat();
        }
    }

    private void workAsList(Batch batch, Worker worker, Settlement settlement) {
        List<Batch.Entry> entries = batch.entries();
        // The batch of a tick belongs together, such as one file a day: it stays whole as long as the route has a cron.
        boolean undivided = batch.tick() != null && times.limited();
        if (entries.size() > 1 && batch.attempts() >= BATCH_ATTEMPTS && !undivided) {
            LOG.warnf("%s failed %d times, its items are tried one by one", batch, batch.attempts());
            settlement.takeOut(entries);
            return;
        }
        List<SpoolItem> items = entries.stream().map(Batch.Entry::item).toList();
        if (!awaitRateLimit(items.size())) {
            return;
        }
        policy.settle(batch, route(() -> worker.work(batch, items, true)), settlement);
    }

    /** The effects cannot be undone: while the ledger cannot be written, the settlement is kept and retried. */
    private Optional<Batch> settle(Batch batch, Settlement settlement, Lease lease) {
        while (true) {
            lease.require();
            try {
                boolean more = open && settlement.outage() == null;
                ClaimSize after = size.dangerous(running.enterQuarantine());
                return batches.settle(batch, settlement, owner, after, more ? sources : List.of());
            } catch (LedgerException e) {
                failed(e);
                if (!open) {
                    throw e;
                }
            }
        }
    }

    private void release(Batch batch) {
        try {
            batches.settle(batch, new Settlement(spools), owner, size, List.of());
        } catch (RuntimeException e) {
            LOG.warnf("%s stays leased until its lease expires: %s", batch, FailureReason.of(e));
        }
    }

    private void pause(Outage outage) {
        long wait = spoolPauses.pause(spool, outage.reason(), outage.waitMillis());
        LOG.warnf(
                "spool %s: paused, next try in %.1f s%s: %s",
                spool, wait / 1000.0, wait == outage.waitMillis() ? ", as the target asks" : "", outage.reason());
    }

    private void failed(Throwable failure) {
        String reason = FailureReason.of(failure);
        if (logDeduplicator.isNew(reason)) {
            LOG.errorf("spool %s: %s", spool, reason);
        }
        sleep(POLL_MILLIS);
    }

    private void sleep(long millis) {
        try {
            spools.wakeups().await(spool, millis);
        } catch (InterruptedException e) {
            open = false;
        }
    }

    /** What every drain of the process works with. */
    @Singleton
    static final class Services {
        private final Spools spools;
        final Batches batches;
        private final SpoolPauses spoolPauses;
        final SpoolDrains spoolDrains;
        private final SpoolTicks spoolTicks;
        private final FailureClassifiers classifiers;
        final JourneyRecorder journeys;

        Services(
                Spools spools,
                Batches batches,
                SpoolPauses spoolPauses,
                SpoolDrains spoolDrains,
                SpoolTicks spoolTicks,
                FailureClassifiers classifiers,
                JourneyRecorder journeys) {
            this.spools = spools;
            this.batches = batches;
            this.spoolPauses = spoolPauses;
            this.spoolDrains = spoolDrains;
            this.spoolTicks = spoolTicks;
            this.classifiers = classifiers;
            this.journeys = journeys;
        }
    }
}
