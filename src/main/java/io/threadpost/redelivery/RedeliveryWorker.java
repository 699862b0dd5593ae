package io.threadpost.redelivery;

import java.util.Optional;

import jakarta.inject.Singleton;

import io.threadpost.connector.ConnectorException;
import io.threadpost.connector.ConnectorFailure;
import io.threadpost.ledger.LeaseLostException;
import io.threadpost.ledger.LeaseRenewals;
import io.threadpost.redelivery.RedeliveryJobs.Job;
import io.threadpost.retry.FailureReason;

/**
 * Works on the running re-deliveries, one at a time: first what the ledger still has, then what the platform returns.
 * Each step is one transaction, so that a crash costs at most one step, done again.
 */
@Singleton
public final class RedeliveryWorker {
    private final RedeliveryJobs jobs;
    private final LedgerRedelivery fromLedger;
    private final PlatformRedelivery fromPlatform;

    RedeliveryWorker(RedeliveryJobs jobs, LedgerRedelivery fromLedger, PlatformRedelivery fromPlatform) {
        this.jobs = jobs;
        this.fromLedger = fromLedger;
        this.fromPlatform = fromPlatform;
    }

    /** Works until nothing is left that is due, or the thread is interrupted. */
    public void run() {
        Optional<Job> job = jobs.claim();
        if (job.isEmpty()) {
            return;
        }
        // A step may route thousands of threads, or wait for the request budget.
        try (LeaseRenewals renewals = new LeaseRenewals("redelivery-lease", RedeliveryJobs.LEASE)) {
            while (job.isPresent() && !Thread.currentThread().isInterrupted() && work(job.get(), renewals)) {
                job = jobs.claim();
            }
        }
    }

    /** @return false when asked to stop */
    private boolean work(Job job, LeaseRenewals renewals) {
        try (LeaseRenewals.Lease lease = renewals.keep(job, () -> jobs.renew(job))) {
            if (job.phase().equals("ledger")) {
                fromLedger.step(job);
            } else {
                fromPlatform.step(job);
            }
        } catch (LeaseLostException e) {
            // It was paused or cancelled, or another node has it.
            return true;
        } catch (RuntimeException e) {
            if (e instanceof ConnectorException stopped && stopped.failure() == ConnectorFailure.STOPPED) {
                return false;
            }
            jobs.failed(job, FailureReason.of(e));
        }
        return true;
    }
}
