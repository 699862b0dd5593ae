package io.threadpost.ledger;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import org.jboss.logging.Logger;

import io.threadpost.errors.ProcessGuard;
import io.threadpost.retry.FailureReason;

/**
 * Keeps leases while their holders work: each is renewed at a third of its length, on one thread, until it is closed.
 */
public final class LeaseRenewals implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(LeaseRenewals.class);

    private final long third;
    private final ScheduledExecutorService timer;

    /**
     * @param thread the name of the thread that renews
     * @param length how long a lease holds without being renewed
     */
    public LeaseRenewals(String thread, Duration length) {
        this.third = Math.max(1, length.toMillis() / 3);
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread renewing = new Thread(task, thread);
            renewing.setDaemon(true);
            return renewing;
        });
    }

    /**
     * @param what the leased thing, for people
     * @param renewal renews the lease, or throws {@link LeaseLostException} when another owner holds it by now
     * @return the lease, renewed until it is closed
     */
    public Lease keep(Object what, Runnable renewal) {
        return new Lease(what, renewal);
    }

    /** Stops all renewals. */
    @Override
    public void close() {
        timer.shutdownNow();
    }

    /** A lease that is renewed until it is closed. */
    public final class Lease implements AutoCloseable {
        private final Object what;
        private final Runnable renewal;
        private final ScheduledFuture<?> renewing;
        private volatile LeaseLostException lost;

        private Lease(Object what, Runnable renewal) {
            this.what = what;
            this.renewal = renewal;
            this.renewing = timer.scheduleWithFixedDelay(this::renew, third, third, TimeUnit.MILLISECONDS);
        }

        /** @throws LeaseLostException when the lease is known to be lost */
        public void require() {
            if (lost != null) {
                throw lost;
            }
        }

        @Override
        public void close() {
            renewing.cancel(false);
        }

        private void renew() {
            try {
                renewal.run();
            } catch (LeaseLostException e) {
                lost = e;
            } catch (RuntimeException | Error e) {
                // A scheduled task that throws is never run again.
                ProcessGuard.report(e);
                LOG.warnf("%s: its lease could not be renewed: %s", what, FailureReason.of(e));
            }
        }
    }
}
