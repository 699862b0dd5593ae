package io.threadpost.ops;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Provider;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import org.apache.camel.quarkus.main.events.BeforeStart;
import org.jboss.logging.Logger;

import io.threadpost.audit.AuditLog;
import io.threadpost.errors.ProcessGuard;
import io.threadpost.files.FileRetention;
import io.threadpost.journey.JourneyPurge;
import io.threadpost.ledger.OverlongWaits;
import io.threadpost.ledger.Retained;
import io.threadpost.ledger.Retention;
import io.threadpost.node.Nodes;
import io.threadpost.pull.Backfills;
import io.threadpost.pull.CoverageAudit;
import io.threadpost.pull.DedupeKeyPurge;
import io.threadpost.redelivery.RedeliveryWorker;
import io.threadpost.retry.FailureReason;
import io.threadpost.settings.ConnectionSettings;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;
import io.threadpost.spool.SpoolHistory;
import io.threadpost.telemetry.TraceExport;

/**
 * Tidies, samples and probes the ledger, audits covered time, and delivers again what an operator asks for, in
 * background threads, from the start of the application to its end.
 */
@ApplicationScoped
public class ScheduledTasks {
    private static final Logger LOG = Logger.getLogger(ScheduledTasks.class);
    private static final long PROBE_SECONDS = 10;
    /** Not before the ports are bound. */
    private static final long FIRST_PROBE_SECONDS = 3;

    private static final long TIDY_SECONDS = 60;
    private static final long TRACE_SECONDS = 2;
    /** A chunk of tidying is done by then. */
    private static final long STOP_SECONDS = 5;

    private final Instance<Retained> retained;
    private final Provider<OverlongWaits> overlongWaits;
    private final Provider<DedupeKeyPurge> dedupeKeys;
    private final Provider<SpoolHistory> spoolHistory;
    private final Provider<AuditLog> audit;
    private final Provider<FileRetention> files;
    private final Provider<JourneyPurge> journeys;
    private final Provider<Backfills> backfills;
    private final Provider<CoverageAudit> coverageAudit;
    private final Provider<RedeliveryWorker> redelivery;
    private final Provider<TraceExport> traces;
    private final Settings settings;
    private final MeterRegistry meters;
    private final LedgerProbe probe;
    private final Provider<Nodes> nodes;
    private volatile boolean seen;
    // Threads of their own: a long tidying must not look like a ledger that hangs. None runs before the start.
    private final ScheduledExecutorService tidying = executor("tidy-ledger");
    private final ScheduledExecutorService probing = executor("probe-ledger");
    // An audit waits for the platform.
    private final ScheduledExecutorService auditing = executor("audit-coverage");
    private final ScheduledExecutorService redelivering = executor("redeliver");
    // It waits for the collector.
    private final ScheduledExecutorService exporting = executor("export-traces");

    /** Nothing here opens the ledger early: ports are bound first, so that a long migration shows as a start. */
    ScheduledTasks(
            @Any Instance<Retained> retained,
            Provider<OverlongWaits> overlongWaits,
            Provider<DedupeKeyPurge> dedupeKeys,
            Provider<SpoolHistory> spoolHistory,
            Provider<AuditLog> audit,
            Provider<FileRetention> files,
            Provider<JourneyPurge> journeys,
            Provider<Backfills> backfills,
            Provider<CoverageAudit> coverageAudit,
            Provider<RedeliveryWorker> redelivery,
            Provider<TraceExport> traces,
            Settings settings,
            MeterRegistry meters,
            LedgerProbe probe,
            Provider<Nodes> nodes) {
        this.retained = retained;
        this.overlongWaits = overlongWaits;
        this.dedupeKeys = dedupeKeys;
        this.spoolHistory = spoolHistory;
        this.audit = audit;
        this.files = files;
        this.journeys = journeys;
        this.backfills = backfills;
        this.coverageAudit = coverageAudit;
        this.redelivery = redelivery;
        this.traces = traces;
        this.settings = settings;
        this.meters = meters;
        this.probe = probe;
        this.nodes = nodes;
    }

    /**
     * Not by Quarkus's own event, which precedes the opening of ports: a start that is refused there must leave no
     * ledger behind. Counters start at zero: a rate needs the sample before the first removal.
     */
    void start(@Observes BeforeStart starting) {
        Stream.of(Retention.Kind.values()).map(Retention.Kind::label).forEach(this::removed);
        tidying.scheduleWithFixedDelay(
                () -> attempt(
                        "waits of a wrong clock are not ended",
                        () -> overlongWaits.get().end()),
                1,
                TIDY_SECONDS,
                TimeUnit.SECONDS);
        tidying.scheduleWithFixedDelay(this::tidy, TIDY_SECONDS, TIDY_SECONDS, TimeUnit.SECONDS);
        probing.scheduleWithFixedDelay(this::probe, FIRST_PROBE_SECONDS, PROBE_SECONDS, TimeUnit.SECONDS);
        redelivering.scheduleWithFixedDelay(
                () -> attempt(
                        "nothing is delivered again", () -> redelivery.get().run()),
                1,
                1,
                TimeUnit.SECONDS);
        if (settings.get(SettingsCatalogue.TRACES_URL).isPresent()) {
            exporting.scheduleWithFixedDelay(
                    () -> attempt("traces are not exported", () -> traces.get().run()),
                    TRACE_SECONDS,
                    TRACE_SECONDS,
                    TimeUnit.SECONDS);
        }
        long period = settings.get(SettingsCatalogue.COVERAGE_AUDIT_PERIOD).toMillis();
        if (!settings.get(SettingsCatalogue.COVERAGE_AUDIT_KEEP).isZero()) {
            auditing.scheduleWithFixedDelay(
                    () -> audit(coverageAudit.get()::auditRepeated), TIDY_SECONDS, TIDY_SECONDS, TimeUnit.SECONDS);
            if (period > 0) {
                auditing.scheduleWithFixedDelay(
                        () -> audit(coverageAudit.get()::auditAny), period, period, TimeUnit.MILLISECONDS);
            }
        }
    }

    void stop(@Observes ShutdownEvent stopping) throws InterruptedException {
        tidying.shutdownNow();
        probing.shutdownNow();
        auditing.shutdownNow();
        redelivering.shutdownNow();
        exporting.shutdownNow();
        tidying.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        probing.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        // A start that failed has not opened the ledger.
        if (seen) {
            attempt("this node is not marked as stopped", () -> nodes.get().stop());
        }
        auditing.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        redelivering.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        exporting.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
    }

    private void tidy() {
        attempt("nothing is removed from the ledger", () -> {
            for (Retained things : retained) {
                String kind = things.rule().kind().label();
                attempt(kind + " are not removed", () -> removed(kind).increment(things.run()));
            }
        });
        attempt("dedupe keys are not removed", () -> dedupeKeys.get().run());
        attempt("old entries of the audit log are not removed", () -> audit.get()
                .purge());
        attempt("old files are not deleted", () -> files.get().run());
        attempt("journeys are not removed", () -> journeys.get().run());
        attempt("what audits compare is not removed", () -> coverageAudit.get().purge());
        attempt("the spools are not sampled", () -> spoolHistory.get().sample());
        attempt("the progress of backfills is not logged", () -> backfills.get().sample());
    }

    private void audit(Consumer<String> one) {
        for (ConnectionSettings connection : settings.connections()) {
            attempt(connection.name() + " is not audited", () -> one.accept(connection.name()));
        }
    }

    private Counter removed(String kind) {
        return Counter.builder("threadpost.retention.removed")
                .description("What was removed from the ledger for its age, or by a ceiling")
                .tag("kind", kind)
                .register(meters);
    }

    private void probe() {
        attempt("the ledger is not probed", probe::write);
        attempt("this node has no heartbeat", () -> {
            nodes.get().beat();
            seen = true;
        });
    }

    /** A scheduled task that throws is never run again. */
    private void attempt(String failure, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            ProcessGuard.report(e);
            if (!tidying.isShutdown()) {
                LOG.warnf("%s, retrying: %s", failure, FailureReason.of(e));
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
