package io.threadpost.page;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;

import io.threadpost.conversation.Conversation;
import io.threadpost.conversation.Conversations;
import io.threadpost.ledger.Retained;
import io.threadpost.ledger.Retention;
import io.threadpost.mail.MailRecord;
import io.threadpost.mail.MailStatus;
import io.threadpost.node.Nodes;
import io.threadpost.page.Problem.Kind;
import io.threadpost.pull.Backfill;
import io.threadpost.pull.Backfills;
import io.threadpost.routefiles.RouteFileStatus;
import io.threadpost.routefiles.RouteFiles;
import io.threadpost.spool.SpoolStatus;

/** What takes no health check down, and yet waits until a person decides. */
@Singleton
final class PersonTasks {
    private static final int MOST = 20;
    /** More of a kind are one line. */
    private static final int FEW = 3;

    private final Instance<Retained> retained;
    private final MailStatus mails;
    private final RouteFiles files;
    private final Conversations conversations;
    private final Backfills backfills;
    private final Nodes nodes;

    PersonTasks(
            @Any Instance<Retained> retained,
            MailStatus mails,
            RouteFiles files,
            Conversations conversations,
            Backfills backfills,
            Nodes nodes) {
        this.retained = retained;
        this.mails = mails;
        this.files = files;
        this.conversations = conversations;
        this.backfills = backfills;
        this.nodes = nodes;
    }

    /** @return readings, each of which fails by itself */
    List<Supplier<List<Problem>>> lists(Supplier<List<SpoolStatus.Spool>> spools, Instant now) {
        return List.of(
                this::retention,
                this::mails,
                () -> dead(spools.get()),
                this::stoppedReplies,
                this::brokenEdits,
                this::backfills,
                () -> nodes(now));
    }

    private List<Problem> mails() {
        return mails.unsettledByMailbox().stream()
                .filter(count -> count.state() != MailRecord.State.WAITING)
                .map(count -> {
                    boolean parked = count.state() == MailRecord.State.PARKED;
                    return task(
                            PageFormat.count(count.mails(), "mail", "mails") + " of mailbox " + count.mailbox()
                                    + (parked
                                            ? count.mails() == 1 ? " is parked" : " are parked"
                                            : " did not become threads"),
                            "",
                            parked
                                    ? "No thread until somebody has decided."
                                    : "Their attempts are used up; the hotel does not see them.",
                            "Read and release or discard " + (count.mails() == 1 ? "it." : "them."),
                            "",
                            count.mails() == 1 ? "Read it" : "Read them",
                            "/mails?state=" + count.state().word() + "&mailbox="
                                    + PageFormat.parameter(count.mailbox()));
                })
                .toList();
    }

    private static List<Problem> dead(List<SpoolStatus.Spool> spools) {
        return spools.stream()
                .filter(spool -> spool.dead() > 0)
                .map(spool -> task(
                        PageFormat.count(spool.dead(), "item", "items") + " of spool " + spool.name()
                                + " could not be delivered",
                        "",
                        "The target refused " + (spool.dead() == 1 ? "it" : "them") + " again and again.",
                        "Look at the reason, correct it, and replay; or discard.",
                        "",
                        spool.dead() == 1 ? "Look at it" : "Look at them",
                        PageFormat.path("spools", spool.name()) + "#dead"))
                .toList();
    }

    private List<Problem> stoppedReplies() {
        List<Conversation> stopped = conversations.stopped(MOST);
        return stopped.size() <= FEW
                ? stopped.stream().map(PersonTasks::stoppedReply).toList()
                : List.of(task(
                        "Replies to " + atMost(stopped.size()) + " guests are stopped",
                        "",
                        "What the hotel answers is withheld.",
                        "Resume them when the reason is gone.",
                        "",
                        "See the conversations",
                        "/conversations?stopped=true"));
    }

    private static Problem stoppedReply(Conversation conversation) {
        return task(
                "Replies to " + conversation.guest() + " are stopped",
                "",
                "What the hotel answers is withheld.",
                "Resume them when the reason is gone.",
                conversation.stopped(),
                "Resume replies",
                "/actions/replies-resume?thread=" + PageFormat.parameter(conversation.thread()));
    }

    private static String atMost(int count) {
        return count < MOST ? String.valueOf(count) : MOST + " or more";
    }

    private List<Problem> brokenEdits() {
        return files.statuses().stream()
                .filter(file -> file.broken() && file.runs())
                .map(PersonTasks::brokenEdit)
                .toList();
    }

    private static Problem brokenEdit(RouteFileStatus file) {
        return task(
                "The last edit of " + file.name() + " is not in effect",
                "",
                PageFormat.capital(PageFormat.readable(file.instead())) + ".",
                "Correct the file, or restore the version that runs.",
                file.firstError(),
                "See the error",
                PageFormat.path("routes", file.name()));
    }

    private List<Problem> backfills() {
        List<Backfill> stalled = backfills.stalled(MOST);
        return stalled.size() <= FEW
                ? stalled.stream().map(PersonTasks::backfill).toList()
                : List.of(task(
                        atMost(stalled.size()) + " backfills are paused or make no progress",
                        "",
                        "Their time is not pulled completely; new messages are.",
                        "Resume or cancel them.",
                        "",
                        "See backfills",
                        "/backfills"));
    }

    private static Problem backfill(Backfill one) {
        boolean paused = one.state().equals("paused");
        return task(
                "Backfill " + one.id() + " of connection " + one.connection()
                        + (paused ? " is paused" : " makes no progress"),
                "",
                "The time from " + PageFormat.time(one.from()) + " is not pulled completely; new messages are.",
                paused ? "Resume it, or cancel it." : "It is retried by itself; cancel it if it is not needed.",
                one.error() == null ? "" : one.error(),
                paused ? "Resume" : "See backfills",
                paused ? "/actions/backfill-resume?id=" + one.id() : "/backfills");
    }

    private List<Problem> nodes(Instant now) {
        List<Problem> problems = new ArrayList<>();
        List<Nodes.Node> all = nodes.all();
        for (Nodes.Node node : all) {
            if (node.clockIsWrong()) {
                problems.add(task(
                        "The clock of node " + node.name() + " is " + Nodes.difference(node.clock()),
                        "",
                        "Messages flow; times in its log and files are wrong by that.",
                        "Set it by NTP.",
                        "",
                        "See the nodes",
                        "/system"));
            }
        }
        Nodes.gone(all, now).stream()
                .map(node -> task(
                        "Node " + node.name() + " is gone (process " + node.pid() + ")",
                        PageFormat.since(node.seen(), now),
                        "The other nodes do its work.",
                        "If nobody stopped it, look at its log and start it again.",
                        "",
                        "See the nodes",
                        "/system"))
                .forEach(problems::add);
        return problems;
    }

    private List<Problem> retention() {
        return retained.stream()
                .filter(things -> things.rule().kind().waitsForPerson())
                .map(Retained::status)
                .filter(status -> status.nearCeiling() || status.expiring() > 0)
                .map(PersonTasks::retention)
                .toList();
    }

    private static Problem retention(Retention.Status status) {
        Retention.Kind kind = status.rule().kind();
        String things = kind.label().replace('-', ' ');
        return status.nearCeiling()
                ? new Problem(
                        Kind.DOWN,
                        "There are nearly too many " + things,
                        "",
                        "Beyond " + kind.maxKey() + " the oldest are removed.",
                        "Handle them, or raise the setting.",
                        "",
                        "",
                        "")
                : task(
                        PageFormat.number(status.expiring()) + " " + things + " are removed soon for their age",
                        "",
                        "The first at " + PageFormat.time(status.first()) + ".",
                        "Handle them before.",
                        "",
                        "",
                        "");
    }

    private static Problem task(
            String headline, String since, String meaning, String advice, String reason, String button, String link) {
        return new Problem(Kind.WAITS, headline, since, meaning, advice, PageFormat.readable(reason), button, link);
    }
}
