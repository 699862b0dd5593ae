package io.threadpost.page;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import jakarta.inject.Singleton;

import io.quarkus.runtime.annotations.RegisterForReflection;

import io.threadpost.add.AddStatus;
import io.threadpost.connector.RequestBudget;
import io.threadpost.ledger.LedgerException;
import io.threadpost.mail.MailRecord;
import io.threadpost.mail.MailStatus;
import io.threadpost.mailbox.MailboxStatus;
import io.threadpost.page.StatusRows.FileRow;
import io.threadpost.page.StatusRows.MailRow;
import io.threadpost.page.StatusRows.MailboxRow;
import io.threadpost.page.StatusRows.RecentThread;
import io.threadpost.page.StatusRows.SpoolRow;
import io.threadpost.pull.PullStatus;
import io.threadpost.pull.WindowStatus;
import io.threadpost.retry.FailureReason;
import io.threadpost.routefiles.RouteFileStatus;
import io.threadpost.routefiles.RouteFiles;
import io.threadpost.spool.SpoolHistory;
import io.threadpost.spool.SpoolStatus;
import io.threadpost.spool.StoredItems;
import io.threadpost.spool.StoredItems.RecentItem;

/** The first page: what works and what does not, and the newest threads and mails. */
@Singleton
final class OverviewPage {
    private static final int WINDOWS = 500;
    private static final int RECENT = 10;
    private static final int PARCELS = 12;
    private static final Set<String> IN_CONVERSATIONS = Set.of("messages", "replies");

    private final Problems problems;
    private final PullStatus pulls;
    private final WindowStatus windows;
    private final RequestBudget budget;
    private final AddStatus adds;
    private final SpoolStatus spools;
    private final SpoolHistory history;
    private final StoredItems storedItems;
    private final MailboxStatus mailboxes;
    private final MailStatus mails;
    private final RouteFiles files;
    private final SnapshotCache<Overview> cache = new SnapshotCache<>(this::overview);

    OverviewPage(
            Problems problems,
            PullStatus pulls,
            WindowStatus windows,
            RequestBudget budget,
            AddStatus adds,
            SpoolStatus spools,
            SpoolHistory history,
            StoredItems storedItems,
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
        this.storedItems = storedItems;
        this.mailboxes = mailboxes;
        this.mails = mails;
        this.files = files;
    }

    /**
     * The page.
     *
     * @param tone ok, warn or bad
     * @param state what is wrong first of all, or that everything works
     * @param detail the same about all that is wrong
     * @param first what is wrong first of all; empty when nothing is
     * @param others what else is wrong
     * @param filesSummary how many route files there are, and how many are broken
     * @param filesBroken whether some are
     */
    @RegisterForReflection
    record Overview(
            String tone,
            String state,
            String detail,
            List<Problem> first,
            List<Problem> others,
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

    /** @return the page as it was read a moment ago, or now */
    Overview read() {
        return cache.get();
    }

    /**
     * What is wrong anywhere, shown on every page.
     *
     * @param tone ok when there is nothing to show
     */
    @RegisterForReflection
    record Alarm(String tone, String state, String subjects) {
        static final Alarm NONE = new Alarm("ok", "", "");
    }

    /** @return what is wrong, in a line */
    Alarm alarm() {
        Overview overview = read();
        return new Alarm(overview.tone(), overview.state(), overview.detail());
    }

    /** Reads what is no longer fresh, after the response to a request. */
    void refresh() {
        cache.refresh();
    }

    /** An action changed something: the next request reads again. */
    void forget() {
        cache.forget();
    }

    private Overview overview() {
        Instant now = Instant.now();
        Supplier<List<SpoolStatus.Spool>> spoolsOnce = once(spools::spools);
        List<Problem> found = problems.list(spoolsOnce, now);
        List<Problem> others = found.subList(Math.min(1, found.size()), found.size());
        return new Overview(
                found.isEmpty() ? "ok" : found.get(0).tone(),
                found.isEmpty() ? "Everything works" : found.get(0).headline(),
                found.isEmpty() ? "Messages arrive where they should." : others(others),
                found.subList(0, found.size() - others.size()),
                others,
                section(() -> connections(now)),
                section(() -> spools(spoolsOnce.get(), now)),
                section(() -> mailboxes(now)),
                section(() -> files(now)),
                filesSummary(),
                files.statuses().stream().anyMatch(RouteFileStatus::broken),
                section(() -> threads(now)),
                section(() -> mails.newest(Long.MAX_VALUE, RECENT).stream()
                        .map(mail -> MailRow.of(mail, now))
                        .toList()),
                PageFormat.time(now));
    }

    private static String others(List<Problem> others) {
        Map<Problem.Kind, Long> counts = others.stream()
                .collect(Collectors.groupingBy(
                        Problem::kind, () -> new EnumMap<>(Problem.Kind.class), Collectors.counting()));
        return counts.entrySet().stream()
                .map(entry -> entry.getKey().text(entry.getValue()))
                .collect(Collectors.joining("; "));
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
            boolean ledger = e instanceof LedgerException;
            return new Section(List.of(), ledger ? "Not known while the database does not work." : FailureReason.of(e));
        }
    }

    private List<ConnectionRow> connections(Instant now) {
        Map<String, RequestBudget.Usage> usage =
                budget.usage().stream().collect(Collectors.toMap(RequestBudget.Usage::connection, Function.identity()));
        Map<String, AddStatus.Connection> adding =
                adds.connections().stream().collect(Collectors.toMap(AddStatus.Connection::name, Function.identity()));
        return pulls.connections().stream()
                .map(connection -> ConnectionRow.of(
                        connection,
                        usage.get(connection.name()),
                        adding.get(connection.name()),
                        windows.newest(connection.name(), WINDOWS),
                        now))
                .toList();
    }

    List<SpoolRow> spools(Instant now) {
        return spools(spools.spools(), now);
    }

    private List<SpoolRow> spools(List<SpoolStatus.Spool> read, Instant now) {
        Map<String, List<SpoolHistory.Sample>> samples = history.lastDay();
        return read.stream()
                .map(spool -> SpoolRow.of(spool, samples.getOrDefault(spool.name(), List.of()), now))
                .toList();
    }

    private List<MailboxRow> mailboxes(Instant now) {
        Map<String, Map<MailRecord.State, Long>> counts = mails.unsettledByMailbox().stream()
                .collect(Collectors.groupingBy(
                        MailStatus.Count::mailbox, Collectors.toMap(MailStatus.Count::state, MailStatus.Count::mails)));
        return mailboxes.mailboxes().stream()
                .map(mailbox -> MailboxRow.of(mailbox, counts.getOrDefault(mailbox.name(), Map.of()), now))
                .toList();
    }

    private List<FileRow> files(Instant now) {
        return files.statuses().stream().map(file -> FileRow.of(file, now)).toList();
    }

    private String filesSummary() {
        long broken = files.statuses().stream().filter(RouteFileStatus::broken).count();
        String all = PageFormat.count(files.statuses().size(), "file", "files");
        return broken == 0 ? all + ", without errors" : all + ", " + broken + " with errors";
    }

    private List<RecentThread> threads(Instant now) {
        Map<String, List<RecentItem>> versions = new LinkedHashMap<>();
        storedItems.visitNewest(PARCELS, RECENT, item -> {
            String key = item.item().key();
            // Messages and replies are on the pages of their conversations.
            if (key != null && item.item().body() instanceof Map<?, ?> && !IN_CONVERSATIONS.contains(item.spool())) {
                versions.computeIfAbsent(key, none -> new ArrayList<>()).add(item);
            }
            return true;
        });
        return versions.values().stream()
                .limit(RECENT)
                .map(items -> RecentThread.of(items, now))
                .toList();
    }
}
