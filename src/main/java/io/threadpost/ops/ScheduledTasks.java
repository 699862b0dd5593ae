package io.threadpost.ops;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Provider;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import org.jboss.logging.Logger;

import io.threadpost.errors.ProcessGuard;
import io.threadpost.mail.MailMaintenance;
import io.threadpost.pull.DedupeKeyPurge;
import io.threadpost.retry.FailureReason;
import io.threadpost.spool.ParcelPurge;

/**
 * What has to be done now and then beside the work: two quiet threads, from the start of the application to its end.
 */
@ApplicationScoped
public class ScheduledTasks {
    private static final Logger LOG = Logger.getLogger(ScheduledTasks.class);
    private static final long PROBE_SECONDS = 10;
    private static final long TIDY_SECONDS = 60;
    /** A chunk of tidying is done by then. */
    private static final long STOP_SECONDS = 5;

    private final Provider<DedupeKeyPurge> housekeeping;
    private final Provider<ParcelPurge> purge;
    private final Provider<MailMaintenance> mails;
    private final LedgerProbe probe;
    // Apart from each other: a long tidying must not look like a ledger that hangs. No thread runs before the start.
    private final ScheduledExecutorService tidying = executor("tidy-ledger");
    private final ScheduledExecutorService probing = executor("probe-ledger");

    /**
     * Nothing here opens the ledger before its time: ports are bound first, so that a long migration shows as a start.
     */
    @Inject
    ScheduledTasks(
            Provider<DedupeKeyPurge> housekeeping,
            Provider<ParcelPurge> purge,
            Provider<MailMaintenance> mails,
            LedgerProbe probe) {
        this.housekeeping = housekeeping;
        this.purge = purge;
        this.mails = mails;
        this.probe = probe;
    }

    void start(@Observes StartupEvent started) {
        tidying.scheduleWithFixedDelay(this::tidy, TIDY_SECONDS, TIDY_SECONDS, TimeUnit.SECONDS);
        probing.scheduleWithFixedDelay(this::probe, PROBE_SECONDS, PROBE_SECONDS, TimeUnit.SECONDS);
    }

    void stop(@Observes ShutdownEvent stopping) throws InterruptedException {
        tidying.shutdownNow();
        probing.shutdownNow();
        tidying.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        probing.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
    }

    private void tidy() {
        attempt("finished parcels were not purged", () -> purge.get().run());
        attempt("mails were not looked after", () -> mails.get().run());
        attempt("dedupe keys were not forgotten", () -> housekeeping.get().run());
    }

    private void probe() {
        attempt("the ledger was not probed", probe::write);
    }

    /** A scheduled task that throws is never run again. */
    private void attempt(String otherwise, Runnable chore) {
        try {
            chore.run();
        } catch (RuntimeException | Error e) {
            ProcessGuard.report(e);
            if (!tidying.isShutdown()) {
                LOG.warnf("%s, it is tried again: %s", otherwise, FailureReason.of(e));
            }
        }
    }

    private static ScheduledExecutorService executor(String name) {
        return Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            thread.setPriority(Thread.MIN_PRIORITY);
            return thread;
        });
    }
}
