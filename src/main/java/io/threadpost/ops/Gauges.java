package io.threadpost.ops;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Provider;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;

import io.threadpost.add.AddStatus;
import io.threadpost.connector.RequestBudget;
import io.threadpost.ledger.Retained;
import io.threadpost.ledger.Retention;
import io.threadpost.mail.MailRecord.State;
import io.threadpost.mail.MailStatus;
import io.threadpost.mailbox.MailboxStatus;
import io.threadpost.mailbox.MailboxStatus.Mailbox;
import io.threadpost.pull.PullStatus;
import io.threadpost.settings.Settings;
import io.threadpost.spool.SpoolStatus;
import io.threadpost.spool.SpoolStatus.Spool;

/**
 * Registers all gauges. They read the ledger at a scrape, never before: meters are registered before the ledger is
 * open.
 */
@ApplicationScoped
public class Gauges {
    private static final int BEFORE_ANYTHING_COUNTS = 1;

    private final MeterRegistry meters;
    private final Settings settings;
    private final GaugeFamily<PullStatus.Connection> pulls;
    private final GaugeFamily<RequestBudget.Usage> budgets;
    private final GaugeFamily<AddStatus.Connection> adds;
    private final GaugeFamily<Spool> spools;
    private final GaugeFamily<Mailbox> mailboxes;
    private final GaugeFamily<Retention.Status> retention;
    private final Supplier<Map<State, Long>> mails;
    private final Set<String> shownSpools = ConcurrentHashMap.newKeySet();

    Gauges(
            MeterRegistry meters,
            Settings settings,
            Provider<PullStatus> pulls,
            Provider<RequestBudget> budgets,
            Provider<AddStatus> adds,
            Provider<SpoolStatus> spools,
            Provider<MailStatus> mails,
            Provider<MailboxStatus> mailboxes,
            @Any Instance<Retained> retained) {
        this.meters = meters;
        this.settings = settings;
        this.pulls = new GaugeFamily<>(
                meters, "threadpost.pull.", "connection", () -> pulls.get().connections(), PullStatus.Connection::name);
        this.budgets = new GaugeFamily<>(
                meters,
                "threadpost.connector.budget.",
                "connection",
                () -> budgets.get().usage(),
                RequestBudget.Usage::connection);
        this.adds = new GaugeFamily<>(
                meters, "threadpost.add.", "connection", () -> adds.get().connections(), AddStatus.Connection::name);
        this.spools = new GaugeFamily<>(
                meters, "threadpost.spool.", "spool", () -> spools.get().spools(), Spool::name);
        this.mailboxes = new GaugeFamily<>(
                meters, "threadpost.mailbox.", "mailbox", () -> mailboxes.get().mailboxes(), Mailbox::name);
        this.retention = new GaugeFamily<>(
                meters,
                "threadpost.retention.",
                "kind",
                () -> retained.stream().map(Retained::status).toList(),
                status -> status.rule().kind().label());
        this.mails = GaugeFamily.cached(() -> mails.get().unsettled());
    }

    /**
     * The registry outlives an application that dev mode or a test starts again, so what the last one left there goes
     * first.
     */
    void register(@Observes @Priority(BEFORE_ANYTHING_COUNTS) StartupEvent started) {
        List<Meter> left = meters.getMeters().stream()
                .filter(meter -> meter.getId().getName().startsWith("threadpost."))
                .toList();
        left.forEach(meters::remove);
        settings.connections().forEach(connection -> registerConnection(connection.name()));
        settings.mailboxes().forEach(mailbox -> registerMailbox(mailbox.name()));
        List.of(State.WAITING, State.PARKED, State.FAILED).forEach(this::registerMails);
        Stream.of(Retention.Kind.values()).map(Retention.Kind::label).forEach(this::registerRetention);
        Gauge.builder("threadpost.spool.known", () -> {
                    spools.all().stream()
                            .map(Spool::name)
                            .filter(shownSpools::add)
                            .forEach(this::registerSpool);
                    return shownSpools.size();
                })
                .description("Spools that were seen since the start")
                .register(meters);
    }

    private void registerConnection(String name) {
        GaugeFamily<PullStatus.Connection>.Thing pull = pulls.of(name);
        pull.number("windows.open", "Windows of time not drained yet", null, PullStatus.Connection::openWindows);
        pull.seconds(
                "lag",
                "How far the first time not drained by live pulling lies behind the platform's",
                PullStatus.Connection::behindMillis);
        pull.seconds("age", "Time since a page was committed or a window drained", PullStatus.Connection::sinceMillis);
        pull.flag("refused", "1 while the platform refuses the token or address", of -> of.refusedSince() > 0);
        GaugeFamily<RequestBudget.Usage>.Thing budget = budgets.of(name);
        budget.number("held", "Slots of the request budget in use", null, RequestBudget.Usage::held);
        budget.number("limit", "Slots of the request budget", null, RequestBudget.Usage::limit);
        budget.seconds(
                "pause", "How long the platform still asks to wait after a 429", RequestBudget.Usage::pausedMillis);
        GaugeFamily<AddStatus.Connection>.Thing add = adds.of(name);
        add.number("unresolved", "Requests to add whose outcome is unknown", null, AddStatus.Connection::unresolved);
        add.flag("paused", "1 while messages wait because the platform refuses or fails", of -> of.pause() != null);
    }

    private void registerMailbox(String name) {
        GaugeFamily<Mailbox>.Thing mailbox = mailboxes.of(name);
        mailbox.seconds(
                "age",
                "Time since it was polled; NaN before the first poll",
                of -> of.looked() == null
                        ? Double.NaN
                        : Duration.between(of.looked(), Instant.now()).toMillis());
        mailbox.flag("down", "1 while the server is down or refuses the login", of -> of.downSince() != null);
        mailbox.flag("held", "1 while it waits for a person", of -> of.heldSince() != null);
        mailbox.number("unfetched", "Mails that the server does not return", "mails", Mailbox::unfetched);
    }

    private void registerMails(State state) {
        Gauge.builder("threadpost.mail." + state.word(), () -> mails.get().getOrDefault(state, 0L))
                .description("Mails that are " + state.word())
                .baseUnit("mails")
                .register(meters);
    }

    private void registerRetention(String kind) {
        GaugeFamily<Retention.Status>.Thing kept = retention.of(kind);
        kept.number("kept", "What is kept: items, or bytes of mails", null, Retention.Status::kept);
        kept.number("ceiling", "The most that is kept, in the same unit", null, status -> status.rule()
                .ceiling());
        kept.number("expiring", "Items or mails that are removed soon for their age", null, Retention.Status::expiring);
    }

    /** A spool shows from the first scrape after it was first seen. */
    private void registerSpool(String name) {
        GaugeFamily<Spool>.Thing spool = spools.of(name);
        spool.number("waiting", "Items waiting or in process", "items", Spool::items);
        spool.seconds("age", "Age of the oldest waiting item", Spool::oldestMillis);
        spool.number("dead", "Items given up, waiting for a person", "items", Spool::dead);
        spool.number(
                "retried",
                "Items that failed threadpost.spool.attempts times and are still retried",
                "items",
                of -> of.retried() == null ? 0 : of.retried().items());
        spool.flag("paused", "1 while the target is down", of -> of.pause() != null);
        spool.flag("held", "1 while a person holds it", of -> of.hold() != null);
        spool.number("consumers", "Routes of this process that drain it", null, Spool::drains);
    }
}
