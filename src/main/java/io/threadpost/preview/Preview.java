package io.threadpost.preview;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.camel.Exchange;
import org.apache.camel.spi.UnitOfWork;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.PluginHelper;

import io.threadpost.json.JsonFailureClassifier;
import io.threadpost.json.RawJson;
import io.threadpost.mail.MailConstants;
import io.threadpost.mail.MailDryRun;
import io.threadpost.network.HttpFailureClassifier;
import io.threadpost.network.RemoteFileFailureClassifier;
import io.threadpost.retry.FailureClassifiers;
import io.threadpost.retry.FailureKind;
import io.threadpost.retry.FailureReason;
import io.threadpost.routecheck.CheckedFile;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsResult;
import io.threadpost.settings.TargetSystem;
import io.threadpost.spool.ExchangeOutbox;
import io.threadpost.spool.ExchangeOutcome;
import io.threadpost.spool.SpoolConstants;
import io.threadpost.spool.SpoolDryRun;
import io.threadpost.spool.SpoolItem;

/** Sends threads or a mail through the routes of a folder, and reports what they would do. */
public final class Preview implements AutoCloseable {
    static final String ROUTE_THREAD = "direct:route-thread";
    private static final String PULLS = "walk-windows";
    /** As many items that fail in a row, with none that passes, are the target's failure. */
    private static final int DOWN_AFTER = 3;
    /** Routes may send items in a circle: so many passages follow from one thread or mail. */
    private static final int MOST_PASSAGES = 200;

    private static final Instant SOME_DAY = Instant.parse("2026-01-01T00:00:00Z");

    private final Settings settings;
    private final EffectRecorder recorder;
    private final PreviewContext context;
    private final Map<String, List<SpoolItem>> waiting = new LinkedHashMap<>();
    private final List<Passage> passages = new ArrayList<>();
    private final FailureClassifiers classifiers;
    private Passage current;

    /** @param settings whose problems do not matter, or are reported elsewhere */
    Preview(SettingsResult settings) {
        this.settings = settings.settings();
        this.recorder = new EffectRecorder(this.settings.secrets());
        this.context = new PreviewContext(settings, recorder, this::sent);
        this.classifiers = new FailureClassifiers(List.of(
                new HttpFailureClassifier(),
                new RemoteFileFailureClassifier(),
                new JsonFailureClassifier(),
                SpoolDryRun.classifier()));
    }

    /**
     * Builds the routes.
     *
     * @param files loadable ones
     * @throws UnloadableRoutes when Camel rejects one of them, in one line for people
     */
    void load(List<CheckedFile> files) throws UnloadableRoutes {
        context.load(files);
    }

    /**
     * What would happen.
     *
     * @param passages in the order in which they came
     * @param spools what became of what was sent to each, by name
     * @param mail how the mail was read and what became of it; empty for threads
     */
    public record Result(List<Passage> passages, Map<String, String> spools, Optional<MailDryRun.Result> mail) {}

    /** Sends what is given through the routes, and everything behind. */
    public Result run(Given given) {
        waiting.clear();
        passages.clear();
        current = null;
        recorder.restart(given.answers());
        context.spools().restart();
        String connection = given.connection() != null
                ? given.connection()
                : settings.connections().stream()
                        .map(known -> known.name())
                        .findFirst()
                        .orElse("main");
        Instant now = SOME_DAY;
        context.replies().begin(given.conversation());
        boolean incoming = given.mail() != null && !given.isAnswered();
        if (incoming) {
            Instant received = given.received() == null ? SOME_DAY : given.received();
            now = received;
            String mailbox = settings.mailboxes().stream()
                    .map(known -> known.name())
                    .findFirst()
                    .orElse("main");
            context.mails().begin(new MailDryRun.Given(given.mail(), received, mailbox, connection, given.continues()));
            sent(
                    MailConstants.SPOOL,
                    new SpoolItem(
                            mailbox + "/" + context.mails().number(),
                            connection,
                            Map.of(),
                            context.mails().number()));
        }
        for (RawJson thread : given.threads()) {
            now = later(now, thread);
            route(thread, connection);
        }
        given.items().forEach((spool, item) -> {
            current = null;
            sent(
                    spool,
                    item.connection() != null
                            ? item
                            : new SpoolItem(item.key(), connection, item.headers(), item.body()));
        });
        Map<String, String> spools = new LinkedHashMap<>();
        int most = MOST_PASSAGES * Math.max(1, passages.size());
        do {
            drain(spools, now, most);
        } while (completeAggregations() && passages.size() < most);
        begin("aggregate", List.of());
        if (!context.aggregations().recordIncomplete()) {
            passages.remove(current);
        }
        Optional<MailDryRun.Result> mail =
                incoming ? Optional.of(context.mails().result()) : Optional.empty();
        return new Result(List.copyOf(passages), spools, mail);
    }

    private static Instant later(Instant now, RawJson thread) {
        try {
            Instant updated = Instant.parse(String.valueOf(thread.get("UpdatedUtc")));
            return updated.isAfter(now) ? updated : now;
        } catch (RuntimeException e) {
            return now;
        }
    }

    private void route(RawJson thread, String connection) {
        String key = thread.get("Id") + "@" + thread.get("UpdatedUtc");
        begin(ROUTE_THREAD, List.of(key));
        Exchange exchange = new DefaultExchange(context.camel());
        // What Camel does for a route alone, such as onCompletion, depends on the route that a thread comes from.
        exchange.getExchangeExtension().setFromRouteId(PULLS);
        exchange.getExchangeExtension().setFromEndpoint(context.camel().getEndpoint("windows:open"));
        ExchangeOutbox outbox = new ExchangeOutbox();
        exchange.setProperty(SpoolConstants.OUTBOX, outbox);
        exchange.getMessage().setBody(thread);
        // As of a part of a split: the original message has no headers yet, and what Camel does when an exchange is
        // done comes before the outbox is closed.
        UnitOfWork work = PluginHelper.getUnitOfWorkFactory(context.camel()).createUnitOfWork(exchange);
        exchange.getExchangeExtension().setUnitOfWork(work);
        exchange.getMessage().setHeader(SpoolConstants.KEY, key);
        exchange.getMessage().setHeader(SpoolConstants.CONNECTION, connection);
        context.send(ROUTE_THREAD, exchange);
        work.done(exchange);
        Map<String, List<SpoolItem>> sent = outbox.close();
        if (exchange.isFailed() || exchange.isRollbackOnly()) {
            fail(exchange.getException(), "the thread goes to no spool; it waits in spool:unrouted and is retried");
        } else {
            sent.forEach((spool, items) -> items.forEach(item -> sent(spool, item)));
        }
        recorder.end();
    }

    private void begin(String from, List<String> keys) {
        current = new Passage(from, keys);
        passages.add(current);
        recorder.begin(current);
    }

    private void sent(String spool, SpoolItem item) {
        SpoolItem stored = SpoolDryRun.stored(item);
        waiting.computeIfAbsent(spool, name -> new ArrayList<>()).add(stored);
        if (current != null) {
            Map<String, Object> headers = new LinkedHashMap<>();
            stored.headers().forEach((name, value) -> headers.put(name, recorder.text(value)));
            current.add(new Passage.Sent(
                    spool, stored.key(), headers, recorder.text(stored.body()), recorder.sender(spool)));
        }
    }

    /** Spools with a cron come last, so that everything that is sent to them is in their batch. */
    private void drain(Map<String, String> fates, Instant now, int most) {
        while (!waiting.isEmpty() && passages.size() < most) {
            String spool = waiting.keySet().stream()
                    .filter(name -> !context.spools().isRead(name)
                            || context.spools().nextTick(name, now).isEmpty())
                    .findFirst()
                    .orElseGet(() -> waiting.keySet().iterator().next());
            List<SpoolItem> items = waiting.remove(spool);
            String fate = fate(spool);
            fates.put(spool, fate);
            if (fate.isEmpty()) {
                handOut(spool, items, now);
            }
        }
    }

    /** @return why nothing takes what is in the spool; empty when a route does */
    private String fate(String spool) {
        Optional<TargetSystem> target = TargetSystem.of(spool);
        if (target.isPresent() && !settings.on().contains(target.get())) {
            return "off: " + String.join(", ", target.get().switchKeys())
                    + " is not set, so what is sent there is dropped";
        }
        return context.spools().isRead(spool) ? "" : "no route reads it, so its items wait";
    }

    private void handOut(String spool, List<SpoolItem> items, Instant now) {
        Instant tick = context.spools().nextTick(spool, now).orElse(null);
        int size = Math.max(1, context.spools().batchSize(spool));
        List<Passage> failedInARow = new ArrayList<>();
        for (int from = 0; from < items.size(); from += size) {
            List<SpoolItem> batch = items.subList(from, Math.min(items.size(), from + size));
            Optional<FailureKind> failure = handOut(spool, batch, tick, failedInARow);
            if (batch.size() > 1
                    && tick == null
                    && failure.filter(Preview::isOfAnItem).isPresent()) {
                current.consequence("the batch is tried again, and then its items one by one:");
                failedInARow.clear();
                batch.forEach(item -> handOut(spool, List.of(item), null, failedInARow));
            }
        }
    }

    /** @return whose failure it is; empty when there is none */
    private Optional<FailureKind> handOut(
            String spool, List<SpoolItem> batch, Instant tick, List<Passage> failedInARow) {
        begin("spool:" + spool, batch.stream().map(SpoolItem::key).toList());
        current.tick(tick);
        ExchangeOutcome outcome = context.spools().handOut(spool, batch, tick);
        Optional<FailureKind> kind = Optional.ofNullable(outcome.failure())
                .map(failure -> classifiers.classify(failure).kind());
        kind.ifPresentOrElse(
                what -> {
                    fail(outcome.failure(), consequence(what));
                    if (what == FailureKind.UNKNOWN || what == FailureKind.UNCLEAR) {
                        failedInARow.add(current);
                    }
                },
                failedInARow::clear);
        if (failedInARow.size() >= DOWN_AFTER) {
            failedInARow.forEach(passage -> passage.consequence(
                    "the spool pauses, since " + DOWN_AFTER + " failed in a row, and the item is tried again"));
        }
        Map<Integer, String> rejected = new LinkedHashMap<>();
        outcome.rejected().forEach((item, why) -> rejected.put(item, recorder.text(why)));
        current.reject(rejected);
        outcome.sent().forEach((name, sent) -> sent.forEach(item -> sent(name, item)));
        recorder.end();
        return kind;
    }

    private static boolean isOfAnItem(FailureKind kind) {
        return switch (kind) {
            case ITEM_REJECTED, ITEM_FAILED, UNCLEAR, UNKNOWN -> true;
            default -> false;
        };
    }

    private void fail(Exception failure, String consequence) {
        current.fail(
                failure == null ? "the route was rolled back" : recorder.text(FailureReason.of(failure)), consequence);
    }

    private static String consequence(FailureKind kind) {
        return switch (kind) {
            case POSTPONED -> "the item waits and is tried again";
            case ITEM_REJECTED -> "the item is dead at once";
            case TARGET_BUSY, TARGET_REFUSES, TARGET_UNREACHABLE, TARGET_DOWN ->
                "the spool pauses, and the item is tried again";
            default -> "the item is retried, and is dead in the end";
        };
    }

    private boolean completeAggregations() {
        Passage before = current;
        begin("aggregate", List.of());
        boolean completed = context.aggregations().complete();
        recorder.end();
        if (!completed) {
            passages.remove(current);
            current = before;
        }
        return completed;
    }

    @Override
    public void close() {
        context.close();
    }
}
