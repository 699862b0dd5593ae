package io.threadpost.page;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import jakarta.inject.Singleton;

import io.quarkus.runtime.annotations.RegisterForReflection;

import io.threadpost.add.AddStatus;
import io.threadpost.connector.RequestBudget;
import io.threadpost.mail.MailRecord;
import io.threadpost.mail.MailStatus;
import io.threadpost.mailbox.MailboxStatus;
import io.threadpost.page.Problems.Problem;
import io.threadpost.pull.PullStatus;
import io.threadpost.pull.WindowStatus;
import io.threadpost.pull.WindowStatus.Span;
import io.threadpost.retry.FailureReason;
import io.threadpost.routefiles.RouteFileStatus;
import io.threadpost.routefiles.RouteFiles;
import io.threadpost.settings.TargetSystem;
import io.threadpost.spool.RecentItems;
import io.threadpost.spool.RecentItems.RecentItem;
import io.threadpost.spool.SpoolHistory;
import io.threadpost.spool.SpoolStatus;
import io.threadpost.spool.Targets;

/**
 * The first page. What it reads is kept for a hundred times as long as reading took, so that however large the ledger
 * is and however many look, reading takes a hundredth of a core. If reading is slow, a request gets what was read
 * before, and the next one what is read after it.
 */
@Singleton
final class OverviewPage {
    private static final int KEEP_FACTOR = 100;
    private static final Duration KEEP_AT_LEAST = Duration.ofSeconds(1);
    private static final Duration KEEP_AT_MOST = Duration.ofSeconds(30);
    /** Nobody waits for longer than this, as long as there is something to show. */
    private static final Duration SLOW = Duration.ofMillis(50);
    /** What is older is not shown. */
    private static final Duration OLD = Duration.ofMinutes(1);

    private static final int WINDOWS = 500;
    private static final int GAPS = 3;
    private static final int RECENT = 10;
    private static final int ALARMS = 3;
    private static final int PARCELS = 12;
    private static final Set<String> IN_CONVERSATIONS = Set.of("messages", "replies");

    private final Problems problems;
    private final PullStatus pulls;
    private final WindowStatus windows;
    private final RequestBudget budget;
    private final AddStatus adds;
    private final SpoolStatus spools;
    private final SpoolHistory history;
    private final RecentItems recentItems;
    private final MailboxStatus mailboxes;
    private final MailStatus mails;
    private final RouteFiles files;
    private final Lock reading = new ReentrantLock();
    private volatile Snapshot last;

    OverviewPage(
            Problems problems,
            PullStatus pulls,
            WindowStatus windows,
            RequestBudget budget,
            AddStatus adds,
            SpoolStatus spools,
            SpoolHistory history,
            RecentItems recentItems,
            MailboxStatus mailboxes,
            MailStatus mails,
            RouteFiles files) {
        this.problems = problems;
        this.pulls = pulls;
        this.windows = windows;
        this.budget = budget;
        this.adds = adds;
        this.spools = spools;
        this.history = history;
        this.recentItems = recentItems;
        this.mailboxes = mailboxes;
        this.mails = mails;
        this.files = files;
    }

    /**
     * The page.
     *
     * @param tone ok, warn or bad
     * @param state one sentence
     * @param detail what that means for guests
     * @param filesSummary how many route files there are, and how many are broken
     * @param filesBroken whether some are
     */
    @RegisterForReflection
    record Overview(
            String tone,
            String state,
            String detail,
            List<Problem> problems,
            Section connections,
            Section spools,
            Section mailboxes,
            Section files,
            String filesSummary,
            boolean filesBroken,
            Section threads,
            Section mails,
            String read) {}

    /**
     * A part of the page.
     *
     * @param failure why its rows cannot be read; empty when they can
     */
    @RegisterForReflection
    record Section(List<?> rows, String failure) {}

    /** A connection: {@code budget} is a percentage. */
    @RegisterForReflection
    record ConnectionRow(
            String name,
            String tone,
            String state,
            String pulled,
            String held,
            int budget,
            String behind,
            String adding,
            List<Timeline> timelines,
            List<WindowRow> open,
            List<String> gaps) {}

    /** An open window; {@code progress} is a percentage. */
    @RegisterForReflection
    record WindowRow(String what, String range, int progress, String counts, String error) {}

    /**
     * A spool.
     *
     * @param idle whether there is nothing to see in it
     * @param off the target that is off and was on, which can be forgotten; empty otherwise
     */
    @RegisterForReflection
    record SpoolRow(
            String name,
            String link,
            String tone,
            String state,
            String waiting,
            String age,
            String dead,
            boolean down,
            boolean held,
            boolean idle,
            String off,
            Sparkline chart) {}

    /** A mailbox. */
    @RegisterForReflection
    record MailboxRow(
            String name,
            String parameter,
            String source,
            String tone,
            String state,
            String polled,
            String waiting,
            String parked,
            String failed,
            boolean down,
            boolean held) {}

    /** A route file. */
    @RegisterForReflection
    record FileRow(String name, String link, String tone, String state, String routes, String since) {}

    /** A thread, with what became of it in each spool. */
    @RegisterForReflection
    record ThreadRow(
            String link, String subject, String sender, String connection, String stored, List<Delivery> deliveries) {}

    /** The state of a thread in a spool. */
    @RegisterForReflection
    record Delivery(String spool, String tone, String state) {}

    /** A mail. */
    @RegisterForReflection
    record MailRow(
            String number,
            String link,
            String tone,
            String state,
            String subject,
            String sender,
            String received,
            String why) {}

    /** A page that was read, when, and how long that took; times of {@link System#nanoTime}. */
    private record Snapshot(Overview overview, long at, long took) {
        boolean fresh() {
            long keep = Math.max(KEEP_AT_LEAST.toNanos(), Math.min(KEEP_AT_MOST.toNanos(), KEEP_FACTOR * took));
            return age() < keep;
        }

        boolean usable() {
            return fresh() || took > SLOW.toNanos() && age() < OLD.toNanos();
        }

        private long age() {
            return System.nanoTime() - at;
        }
    }

    /** @return the page as it was read a moment ago, or now */
    Overview read() {
        Snapshot snapshot = last;
        if (snapshot != null && snapshot.usable()) {
            return snapshot.overview();
        }
        reading.lock();
        try {
            snapshot = last;
            return snapshot != null && snapshot.fresh()
                    ? snapshot.overview()
                    : readNow().overview();
        } finally {
            reading.unlock();
        }
    }

    /** @return what is wrong, in a line */
    Alarm alarm() {
        Overview overview = read();
        return new Alarm(
                overview.tone(),
                overview.state(),
                overview.problems().stream()
                        .filter(problem -> problem.tone().equals(overview.tone()))
                        .map(Problem::subject)
                        .distinct()
                        .limit(ALARMS)
                        .collect(Collectors.joining(", ")));
    }

    /** Reads what is no longer fresh, after the response to a request. */
    void refresh() {
        Snapshot snapshot = last;
        if (snapshot != null && !snapshot.fresh() && reading.tryLock()) {
            try {
                readNow();
            } finally {
                reading.unlock();
            }
        }
    }

    /** An action changed something: the next request reads again. */
    void forget() {
        last = null;
    }

    private Snapshot readNow() {
        long began = System.nanoTime();
        Overview overview = overview();
        Snapshot snapshot = new Snapshot(overview, System.nanoTime(), System.nanoTime() - began);
        last = snapshot;
        return snapshot;
    }

    private Overview overview() {
        Instant now = Instant.now();
        Supplier<List<SpoolStatus.Spool>> spoolsOnce = once(spools::spools);
        List<Problem> found = problems.list(spoolsOnce);
        long down =
                found.stream().filter(problem -> problem.tone().equals("bad")).count();
        long starting = found.stream()
                .filter(problem -> problem.label().equals(Problems.STARTING))
                .count();
        long waits = found.size() - down - starting;
        return new Overview(
                found.isEmpty() ? "ok" : down > 0 ? "bad" : "warn",
                starting > 0 && down + waits == 0 ? "Threadpost is starting" : state(down, waits),
                starting > 0 && down + waits == 0 ? "Messages flow in a moment." : detail(down, waits),
                found,
                section(() -> connections(now)),
                section(() -> spools(spoolsOnce.get(), now)),
                section(() -> mailboxes(now)),
                section(() -> files(now)),
                filesSummary(),
                files.statuses().stream().anyMatch(RouteFileStatus::broken),
                section(() -> threads(now)),
                section(() -> mails.newest(Long.MAX_VALUE, RECENT).stream()
                        .map(mail -> mail(mail, now))
                        .toList()),
                PageFormat.time(now));
    }

    private static String state(long down, long waits) {
        if (down == 0 && waits == 0) {
            return "Everything works";
        }
        if (down == 0) {
            return PageFormat.count(waits, "thing needs a person", "things need a person");
        }
        return PageFormat.count(down, "thing does not work", "things do not work");
    }

    private static String detail(long down, long waits) {
        if (down == 0 && waits == 0) {
            return "Messages arrive where they should.";
        }
        if (down == 0) {
            return "Messages flow; nothing else waits for this.";
        }
        return "Messages may be waiting"
                + (waits == 0
                        ? "."
                        : "; " + PageFormat.count(waits, "more thing needs", "more things need") + " a person.");
    }

    /** @return a supplier that reads at the first call; a failure is not kept */
    private static <T> Supplier<T> once(Supplier<T> reading) {
        List<T> read = new ArrayList<>(1);
        return () -> {
            if (read.isEmpty()) {
                read.add(reading.get());
            }
            return read.get(0);
        };
    }

    private static Section section(Supplier<List<?>> rows) {
        try {
            return new Section(rows.get(), "");
        } catch (RuntimeException e) {
            return new Section(List.of(), FailureReason.of(e));
        }
    }

    private List<ConnectionRow> connections(Instant now) {
        Map<String, RequestBudget.Usage> usage =
                budget.usage().stream().collect(Collectors.toMap(RequestBudget.Usage::connection, Function.identity()));
        Map<String, AddStatus.Connection> adding =
                adds.connections().stream().collect(Collectors.toMap(AddStatus.Connection::name, Function.identity()));
        return pulls.connections().stream()
                .map(connection ->
                        connection(connection, usage.get(connection.name()), adding.get(connection.name()), now))
                .toList();
    }

    private ConnectionRow connection(
            PullStatus.Connection connection, RequestBudget.Usage usage, AddStatus.Connection adding, Instant now) {
        List<Span> spans = windows.newest(connection.name(), WINDOWS);
        boolean refused = connection.refusedSince() > 0;
        String state = refused
                ? "refused: " + connection.refusal()
                : connection.error() != null ? connection.error() : connection.pulled() ? "works" : "not pulled yet";
        return new ConnectionRow(
                connection.name(),
                refused ? "bad" : connection.error() != null ? "warn" : "ok",
                state,
                connection.pulled() ? PageFormat.ago(now.minusMillis(connection.sinceMillis()), now) : "never",
                PageFormat.number(usage.held()) + " of " + PageFormat.number(usage.limit())
                        + (usage.pausedMillis() > 0
                                ? ", paused for " + PageFormat.duration(Duration.ofMillis(usage.pausedMillis()))
                                : ""),
                (int) Math.min(100, Math.round(100.0 * usage.held() / Math.max(1, usage.limit()))),
                PageFormat.duration(Duration.ofMillis(connection.behindMillis())),
                adding(adding),
                timelines(spans, now),
                spans.stream()
                        .filter(span ->
                                span.state().equals("open") || span.state().equals("paused"))
                        .limit(RECENT)
                        .map(OverviewPage::window)
                        .toList(),
                gaps(spans));
    }

    private static String adding(AddStatus.Connection adding) {
        String unresolved =
                adding.unresolved() == 0 ? "" : PageFormat.count(adding.unresolved(), "unresolved", "unresolved");
        if (adding.pause() == null) {
            return unresolved.isEmpty() ? "works" : unresolved;
        }
        return (adding.pause().refused() ? "refused: " : "last try failed: ")
                + adding.pause().reason();
    }

    private static List<Timeline> timelines(List<Span> spans, Instant now) {
        if (spans.isEmpty()) {
            return List.of();
        }
        Instant first = spans.get(spans.size() - 1).start();
        Instant day = now.minus(Duration.ofDays(1));
        List<Timeline> timelines = new ArrayList<>();
        if (first.isBefore(day)) {
            timelines.add(Timeline.of("All of the time pulled", spans, first, now));
        }
        timelines.add(Timeline.of("The last day", spans, day, now));
        return timelines;
    }

    private static List<String> gaps(List<Span> spans) {
        List<Span> gaps = Timeline.gaps(spans);
        List<String> lines = gaps.stream()
                .limit(GAPS)
                .map(gap -> PageFormat.minute(gap.start()) + " to " + PageFormat.minute(gap.end()) + " ("
                        + PageFormat.duration(Duration.between(gap.start(), gap.end())) + ")")
                .collect(Collectors.toCollection(ArrayList::new));
        if (gaps.size() > GAPS) {
            lines.add("and " + PageFormat.number(gaps.size() - GAPS) + " more");
        }
        return lines;
    }

    private static WindowRow window(Span span) {
        double whole = Math.max(1, Duration.between(span.start(), span.end()).toMillis());
        double done = Duration.between(span.reached(), span.end()).toMillis();
        return new WindowRow(
                (span.live() ? "Live window" : "Backfill") + (span.state().equals("paused") ? ", paused" : ""),
                PageFormat.minute(span.start()) + " to " + PageFormat.minute(span.end()),
                (int) (100 * done / whole),
                PageFormat.count(span.pages(), "page", "pages") + ", "
                        + PageFormat.count(span.threads(), "thread", "threads"),
                span.error() == null ? "" : span.error());
    }

    List<SpoolRow> spools(Instant now) {
        return spools(spools.spools(), now);
    }

    private List<SpoolRow> spools(List<SpoolStatus.Spool> read, Instant now) {
        Map<String, List<SpoolHistory.Sample>> samples = history.lastDay();
        return read.stream()
                .map(spool -> spool(spool, samples.getOrDefault(spool.name(), List.of()), now))
                .toList();
    }

    private SpoolRow spool(SpoolStatus.Spool spool, List<SpoolHistory.Sample> samples, Instant now) {
        boolean waits = spool.items() > 0;
        boolean left = spool.standing() == Targets.Standing.LEFT;
        String tone = "ok";
        String state = waits ? "delivering" : "empty";
        if (spool.hold() != null) {
            tone = waits ? "bad" : "warn";
            state = "held: " + spool.hold().reason();
        } else if (spool.pause() != null) {
            tone = "bad";
            state = "paused, next try " + in(Instant.ofEpochMilli(spool.pause().until()), now) + ": "
                    + PageFormat.readable(spool.pause().reason());
        } else if (left) {
            tone = waits ? "bad" : "ok";
            state = "its target is off";
        } else if (spool.drains() == 0) {
            tone = waits ? "bad" : "ok";
            state = waits ? "no route reads it" : "no route reads it; empty";
        } else if (spool.times() != null && spool.times().openMillis() == 0) {
            state = "opens " + in(Instant.ofEpochMilli(spool.times().next()), now);
        }
        if (tone.equals("ok") && spool.dead() > 0) {
            tone = "warn";
        }
        return new SpoolRow(
                spool.name(),
                PageFormat.path("spools", spool.name()),
                tone,
                state,
                PageFormat.number(spool.items()),
                waits ? PageFormat.duration(Duration.ofMillis(spool.oldestMillis())) : "",
                PageFormat.number(spool.dead()),
                spool.pause() != null,
                spool.hold() != null,
                !waits && tone.equals("ok"),
                left ? TargetSystem.of(spool.name()).map(TargetSystem::id).orElse("") : "",
                Sparkline.of(samples, now.toEpochMilli()));
    }

    static String in(Instant time, Instant now) {
        return time.isAfter(now) ? "in " + PageFormat.duration(Duration.between(now, time)) : "now";
    }

    private List<MailboxRow> mailboxes(Instant now) {
        Map<String, Map<MailRecord.State, Long>> counts = mails.unsettledByMailbox().stream()
                .collect(Collectors.groupingBy(
                        MailStatus.Count::mailbox, Collectors.toMap(MailStatus.Count::state, MailStatus.Count::mails)));
        return mailboxes.mailboxes().stream()
                .map(mailbox -> mailbox(mailbox, counts.getOrDefault(mailbox.name(), Map.of()), now))
                .toList();
    }

    private static MailboxRow mailbox(MailboxStatus.Mailbox mailbox, Map<MailRecord.State, Long> counts, Instant now) {
        String tone = "ok";
        String state = "works";
        if (mailbox.downSince() != null) {
            tone = "bad";
            state = "down for " + PageFormat.duration(Duration.between(mailbox.downSince(), now)) + ": "
                    + mailbox.reason();
        } else if (mailbox.heldSince() != null) {
            tone = "bad";
            state = "held for a person: " + mailbox.heldFor();
        } else if (mailbox.reason() != null || mailbox.unfetched() > 0) {
            tone = "warn";
            state = mailbox.reason() != null
                    ? mailbox.reason()
                    : PageFormat.count(mailbox.unfetched(), "mail cannot be fetched: ", "mails cannot be fetched: ")
                            + mailbox.unfetchedReason();
        }
        return new MailboxRow(
                mailbox.name(),
                PageFormat.parameter(mailbox.name()),
                mailbox.source(),
                tone,
                state,
                PageFormat.ago(mailbox.looked(), now),
                PageFormat.number(counts.getOrDefault(MailRecord.State.WAITING, 0L)),
                PageFormat.number(counts.getOrDefault(MailRecord.State.PARKED, 0L)),
                PageFormat.number(counts.getOrDefault(MailRecord.State.FAILED, 0L)),
                mailbox.downSince() != null,
                mailbox.heldSince() != null);
    }

    private List<FileRow> files(Instant now) {
        return files.statuses().stream().map(file -> file(file, now)).toList();
    }

    private String filesSummary() {
        long broken = files.statuses().stream().filter(RouteFileStatus::broken).count();
        String all = PageFormat.count(files.statuses().size(), "file", "files");
        return broken == 0 ? all + ", without errors" : all + ", " + broken + " with errors";
    }

    private static FileRow file(RouteFileStatus file, Instant now) {
        String state = file.broken()
                ? file.firstError() + " (" + PageFormat.readable(file.instead()) + ")"
                : file.findings().isEmpty()
                        ? "runs"
                        : "runs; " + PageFormat.count(file.findings().size(), "warning", "warnings");
        return new FileRow(
                file.name(),
                PageFormat.path("routes", file.name()),
                !file.runs() ? "bad" : file.broken() ? "warn" : "ok",
                state,
                String.join(", ", file.routes()),
                file.since() == null ? "never" : PageFormat.ago(file.since(), now));
    }

    private List<ThreadRow> threads(Instant now) {
        Map<String, List<RecentItem>> versions = new LinkedHashMap<>();
        recentItems.newest(PARCELS, RECENT).stream()
                .filter(item -> item.item().key() != null && item.item().body() instanceof Map<?, ?>)
                // Messages and replies are on the pages of their conversations.
                .filter(item -> !IN_CONVERSATIONS.contains(item.spool()))
                .forEach(item -> versions.computeIfAbsent(item.item().key(), key -> new ArrayList<>())
                        .add(item));
        return versions.values().stream()
                .limit(RECENT)
                .map(items -> thread(items, now))
                .toList();
    }

    private static ThreadRow thread(List<RecentItem> items, Instant now) {
        RecentItem first = items.get(0);
        Map<?, ?> body = (Map<?, ?>) first.item().body();
        return new ThreadRow(
                PageFormat.path("threads", first.item().key()),
                PageFormat.text(body.get("Subject"), "(no subject)"),
                PageFormat.text(body.get("OriginalSender"), ""),
                first.item().connection() == null ? "" : first.item().connection(),
                PageFormat.ago(first.stored(), now),
                items.stream().map(OverviewPage::delivery).distinct().toList());
    }

    static Delivery delivery(RecentItem item) {
        return switch (item.state()) {
            case "finished" -> new Delivery(item.spool(), "ok", "delivered");
            case "dead" -> new Delivery(item.spool(), "bad", "dead");
            case "discarded" -> new Delivery(item.spool(), "warn", "discarded");
            default -> new Delivery(item.spool(), item.error() == null ? "waits" : "warn", "waits");
        };
    }

    static MailRow mail(MailRecord mail, Instant now) {
        return new MailRow(
                String.valueOf(mail.number()),
                PageFormat.path("mails", mail.number()),
                switch (mail.state()) {
                    case THREAD -> "ok";
                    case WAITING -> "waits";
                    case PARKED -> "warn";
                    case FAILED -> "bad";
                    case DISCARDED -> "off";
                },
                mail.state().word(),
                PageFormat.text(mail.subject(), mail.purged() ? "(removed for its age)" : "(no subject)"),
                PageFormat.text(mail.sender(), ""),
                PageFormat.ago(mail.received(), now),
                PageFormat.text(mail.why(), ""));
    }
}
