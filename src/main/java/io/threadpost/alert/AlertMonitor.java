package io.threadpost.alert;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Provider;

import io.quarkus.runtime.ShutdownEvent;
import org.apache.camel.quarkus.main.events.BeforeStart;
import org.jboss.logging.Logger;

import io.threadpost.alert.AlertLedger.Delivery;
import io.threadpost.alert.AlertLedger.Finding;
import io.threadpost.alert.AlertMessage.Change;
import io.threadpost.errors.ProcessGuard;
import io.threadpost.ledger.LeaseRenewals;
import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.LedgerException;
import io.threadpost.ops.HealthReport;
import io.threadpost.ops.ReportingCheck;
import io.threadpost.retry.FailureReason;
import io.threadpost.retry.LogDeduplicator;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;

/**
 * Looks at health, and sends what has changed. Reading takes a hundredth of a core at most. While the ledger is down,
 * which holds what is down and what is to be sent, each node sends that by itself.
 */
@ApplicationScoped
public class AlertMonitor {
    private static final Logger LOG = Logger.getLogger(AlertMonitor.class);
    private static final Duration LOOK = Duration.ofSeconds(15);
    private static final Duration LOOK_AT_MOST = Duration.ofMinutes(5);
    private static final int SHARE = 100;
    /** Looks of any node without a finding, before it works again. */
    private static final int CLEAR_LOOKS = 6;

    private static final Duration NEVER = Duration.ofDays(3650);
    private static final Duration SEND = Duration.ofSeconds(5);

    private final Provider<Settings> settings;
    private final Provider<Alerts> alerts;
    private final Provider<Ledger> ledger;
    private final Instance<ReportingCheck> checks;
    private final Map<String, AlertMessage> direct = new ConcurrentHashMap<>();
    private final LogDeduplicator lookLog = new LogDeduplicator();
    private ScheduledExecutorService threads;
    private LeaseRenewals leases;
    private Instant ledgerDown;
    private boolean ledgerReported;
    /** Looks of this process that the ledger has taken. */
    private int looks;

    /** All are looked up later: nothing here opens the ledger early. */
    @Inject
    AlertMonitor(
            Provider<Settings> settings,
            Provider<Alerts> alerts,
            Provider<Ledger> ledger,
            @Any Instance<ReportingCheck> checks) {
        this.settings = settings;
        this.alerts = alerts;
        this.ledger = ledger;
        this.checks = checks;
    }

    /** Ports are bound by then: a start that is refused there must leave no ledger behind. */
    void start(@Observes BeforeStart starting) {
        if (!Alerts.isOn(settings.get())) {
            return;
        }
        int channels = 2 + settings.get().get(SettingsCatalogue.ALERTS_TO).size();
        threads = Executors.newScheduledThreadPool(channels, task -> {
            Thread thread = new Thread(task, "alerts");
            thread.setDaemon(true);
            thread.setPriority(Thread.MIN_PRIORITY);
            return thread;
        });
        leases = new LeaseRenewals("alert-leases", AlertLedger.LEASE);
        threads.schedule(this::begin, LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    void stop(@Observes ShutdownEvent stopping) {
        if (threads != null) {
            threads.shutdownNow();
            leases.close();
        }
    }

    private void begin() {
        for (AlertChannel channel : alerts.get().channels()) {
            String owner = ledger.get().newOwner();
            LogDeduplicator log = new LogDeduplicator();
            // A thread each: one that hangs keeps no other from being told.
            threads.scheduleWithFixedDelay(
                    () -> attempt(
                            "alerts by " + channel.name() + " are not sent", log, () -> deliver(channel, owner, log)),
                    SEND.toMillis(),
                    SEND.toMillis(),
                    TimeUnit.MILLISECONDS);
        }
        look(LOOK);
    }

    private void look(Duration pause) {
        long begun = System.nanoTime();
        attempt("health is not looked at for alerts", lookLog, () -> observe(pause));
        long took = System.nanoTime() - begun;
        Duration next = Duration.ofNanos(Math.min(LOOK_AT_MOST.toNanos(), Math.max(LOOK.toNanos(), took * SHARE)));
        if (!threads.isShutdown()) {
            threads.schedule(() -> look(next), next.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void observe(Duration pause) {
        List<Finding> down = new ArrayList<>();
        String unreadable = null;
        for (ReportingCheck check : checks) {
            try {
                HealthReport report = check.report();
                report.lines().stream()
                        .filter(line -> !line.up())
                        .map(line -> new Finding(report.check(), line.subject(), line.text()))
                        .forEach(down::add);
            } catch (LedgerException e) {
                unreadable = FailureReason.of(e);
            }
        }
        try {
            if (unreadable == null) {
                // After a start, nobody has looked for a while: what was down before it may not be seen at once.
                Duration clear = looks < CLEAR_LOOKS ? NEVER : pause.multipliedBy(CLEAR_LOOKS);
                List<Change> changes = alerts.get().ledger().observe(down, clear, names());
                looks++;
                changes.forEach(change -> LOG.infof("alert: %s", change.line()));
            }
        } catch (LedgerException e) {
            unreadable = FailureReason.of(e);
        }
        ledgerIs(unreadable);
    }

    private List<String> names() {
        return alerts.get().channels().stream().map(AlertChannel::name).toList();
    }

    /** @param failure why the ledger cannot be used; null when it can */
    private void ledgerIs(String failure) {
        Instant now = Instant.now();
        if (failure == null) {
            if (ledgerReported) {
                sendDirect(new Change(false, "threadpost-ledger", "ledger", "it was down", ledgerDown, now));
            }
            ledgerDown = null;
            ledgerReported = false;
            return;
        }
        if (ledgerDown == null) {
            ledgerDown = now;
        }
        Duration after = settings.get().get(SettingsCatalogue.ALERTS_AFTER);
        if (!ledgerReported && !ledgerDown.plus(after).isAfter(now)) {
            ledgerReported = true;
            sendDirect(new Change(true, "threadpost-ledger", "ledger", failure, ledgerDown, now));
        }
    }

    private void sendDirect(Change change) {
        LOG.infof("alert: %s", change.line());
        AlertMessage message = new AlertMessage(List.of(change), false);
        names().forEach(name ->
                direct.merge(name, message, (before, after) -> AlertMessage.summary(List.of(before, after))));
    }

    private void deliver(AlertChannel channel, String owner, LogDeduplicator log) {
        AlertMessage first = direct.get(channel.name());
        if (first != null) {
            try {
                channel.send(first, "ledger-" + first.changes().get(0).at().toEpochMilli());
                direct.remove(channel.name(), first);
            } catch (IOException e) {
                if (log.isNew(FailureReason.of(e))) {
                    LOG.warnf("alerts by %s: %s", channel.name(), FailureReason.of(e));
                }
                return;
            }
        }
        AlertLedger messages = alerts.get().ledger();
        Optional<Delivery> claimed = messages.claim(channel.name(), owner);
        if (claimed.isEmpty()) {
            return;
        }
        Delivery delivery = claimed.get();
        try (LeaseRenewals.Lease lease = leases.keep("an alert", () -> messages.renew(delivery, owner))) {
            channel.send(delivery.message(), delivery.key());
            lease.require();
            messages.sent(delivery, owner);
        } catch (IOException e) {
            LOG.warnf("alerts by %s: %s", channel.name(), FailureReason.of(e));
            messages.failed(delivery, owner, FailureReason.of(e));
        }
    }

    /** A scheduled task that throws is never run again. */
    private void attempt(String failure, LogDeduplicator log, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            ProcessGuard.report(e);
            if (!threads.isShutdown() && log.isNew(FailureReason.of(e))) {
                LOG.warnf("%s, retrying: %s", failure, FailureReason.of(e));
            }
        }
    }
}
