package io.threadpost.spool;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.threadpost.errors.ProcessGuard;
import io.threadpost.ledger.LeaseLostException;
import io.threadpost.retry.FailureReason;
import io.threadpost.settings.Settings;

/** Renews the leases of batches that are being worked, at a third of their length. */
@Singleton
final class Leases {
    private static final Logger LOG = Logger.getLogger(Leases.class);

    private final Batches batches;
    private final long third;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "spool-leases");
        thread.setDaemon(true);
        return thread;
    });

    Leases(Batches batches, Settings settings) {
        this.batches = batches;
        this.third = Math.max(1, settings.spool().lease().toMillis() / 3);
    }

    Holding hold(Batch batch, String owner) {
        return new Holding(batch, owner);
    }

    @PreDestroy
    void stop() {
        timer.shutdownNow();
    }

    /** A lease being kept up until closed. */
    final class Holding implements AutoCloseable {
        private final Batch batch;
        private final String owner;
        private final ScheduledFuture<?> renewing;
        private volatile boolean lost;

        private Holding(Batch batch, String owner) {
            this.batch = batch;
            this.owner = owner;
            this.renewing = timer.scheduleWithFixedDelay(this::renew, third, third, TimeUnit.MILLISECONDS);
        }

        /** @throws LeaseLostException when the batch belongs to somebody else by now */
        void require() {
            if (lost) {
                throw new LeaseLostException(batch.toString());
            }
        }

        @Override
        public void close() {
            renewing.cancel(false);
        }

        private void renew() {
            try {
                lost |= !batches.renew(batch, owner);
            } catch (RuntimeException | Error e) {
                // A scheduled task that throws is never run again.
                ProcessGuard.report(e);
                LOG.warnf("%s: its lease could not be renewed: %s", batch, FailureReason.of(e));
            }
        }
    }
}
