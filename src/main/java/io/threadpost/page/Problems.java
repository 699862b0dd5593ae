package io.threadpost.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;

import io.quarkus.runtime.annotations.RegisterForReflection;

import io.threadpost.conversation.Conversations;
import io.threadpost.ledger.Retained;
import io.threadpost.ledger.Retention;
import io.threadpost.mail.MailRecord;
import io.threadpost.mail.MailStatus;
import io.threadpost.ops.HealthReport;
import io.threadpost.ops.ReportingCheck;
import io.threadpost.ops.RetentionCheck;
import io.threadpost.ops.SpoolsCheck;
import io.threadpost.retry.FailureReason;
import io.threadpost.routefiles.RouteFileStatus;
import io.threadpost.routefiles.RouteFiles;
import io.threadpost.spool.SpoolStatus;

/**
 * What is wrong: whatever takes a health check down, then what only waits for a person. Both name the place where the
 * person can act.
 */
@Singleton
final class Problems {
    private static final String DOWN = "bad";
    private static final String WAITS = "warn";
    private static final int MOST_STOPPED = 20;

    /** What a check reports about: the words before a subject, and the place of it. */
    private static final Map<String, Topic> TOPICS = Map.of(
            "threadpost-ledger", new Topic("The ", ""),
            "threadpost-access", new Topic("Access of connection ", "/#connections"),
            "threadpost-pull", new Topic("Pulling connection ", "/#connections"),
            "threadpost-adds", new Topic("Adding threads to connection ", "/#connections"),
            "threadpost-spools", new Topic("Spool ", "/spools/"),
            "threadpost-mailboxes", new Topic("Mailbox ", "/#mailboxes"),
            "threadpost-replies", new Topic("Replies of connection ", "/#connections"),
            "threadpost-queues", new Topic("Queue ", ""),
            "threadpost-route-files", new Topic("Route file ", "/routes/"),
            "threadpost-turning", new Topic("The loop ", ""));

    private final Instance<ReportingCheck> checks;
    private final Instance<Retained> retained;
    private final MailStatus mails;
    private final RouteFiles files;
    private final Conversations conversations;

    Problems(
            @Any Instance<ReportingCheck> checks,
            @Any Instance<Retained> retained,
            MailStatus mails,
            RouteFiles files,
            Conversations conversations) {
        this.checks = checks;
        this.retained = retained;
        this.mails = mails;
        this.files = files;
        this.conversations = conversations;
    }

    private record Topic(String words, String place) {}

    /**
     * A problem.
     *
     * @param tone {@code bad} if something does not work, {@code warn} if something only waits for a person
     * @param label the same in a word
     * @param link where to look; empty without a place of its own
     */
    @RegisterForReflection
    record Problem(String tone, String label, String subject, String text, String link) {}

    /**
     * @param spools read when needed
     * @return what does not work first
     */
    List<Problem> list(Supplier<List<SpoolStatus.Spool>> spools) {
        List<Problem> problems = new ArrayList<>();
        checks.forEach(check -> attempt(problems, () -> report(check, spools)));
        attempt(problems, () -> dead(spools.get()));
        attempt(problems, this::mails);
        attempt(problems, this::stoppedReplies);
        attempt(problems, this::retention);
        files.statuses().stream()
                .filter(file -> file.broken() && file.runs())
                .map(Problems::broken)
                .forEach(problems::add);
        return problems.stream().sorted(Comparator.comparing(Problem::tone)).toList();
    }

    private static List<Problem> report(ReportingCheck check, Supplier<List<SpoolStatus.Spool>> spools) {
        if (check instanceof RetentionCheck) {
            // It also counts what waits for nobody: a second for millions of delivered items.
            return List.of();
        }
        HealthReport report = check instanceof SpoolsCheck those ? those.report(spools.get()) : check.report();
        Topic topic = TOPICS.getOrDefault(report.check(), new Topic("", ""));
        return report.lines().stream()
                .filter(line -> !line.up())
                .map(line -> down(subject(topic, line), line.text(), link(topic, line.subject())))
                .toList();
    }

    /** Lines about the folder of route files, or about all files, are not about one of them. */
    private static boolean aboutFolder(Topic topic, String subject) {
        return topic.place().equals("/routes/") && !subject.contains(".");
    }

    private static String subject(Topic topic, HealthReport.Line line) {
        return aboutFolder(topic, line.subject()) ? "Route files" : topic.words() + line.subject();
    }

    private static String link(Topic topic, String subject) {
        if (aboutFolder(topic, subject)) {
            return "/#files";
        }
        return !topic.place().endsWith("/") ? topic.place() : topic.place() + PageFormat.parameter(subject);
    }

    private static List<Problem> dead(List<SpoolStatus.Spool> spools) {
        return spools.stream()
                .filter(spool -> spool.dead() > 0)
                .map(spool -> waits(
                        "Spool " + spool.name(),
                        PageFormat.count(spool.dead(), "dead item waits", "dead items wait")
                                + " for a person: replay or discard "
                                + (spool.dead() == 1 ? "it" : "them"),
                        PageFormat.path("spools", spool.name()) + "#dead"))
                .toList();
    }

    private List<Problem> mails() {
        return mails.unsettledByMailbox().stream()
                .filter(count -> count.state() != MailRecord.State.WAITING)
                .map(count -> waits(
                        "Mailbox " + count.mailbox(),
                        PageFormat.count(count.mails(), "mail is ", "mails are ")
                                + (count.state() == MailRecord.State.PARKED ? "parked" : "failed")
                                + ": read and release or discard " + (count.mails() == 1 ? "it" : "them"),
                        "/mails?state=" + count.state().word() + "&mailbox=" + PageFormat.parameter(count.mailbox())))
                .toList();
    }

    private List<Problem> stoppedReplies() {
        return conversations.stopped(MOST_STOPPED).stream()
                .map(conversation -> waits(
                        "Replies to " + conversation.guest(),
                        "They are stopped: " + conversation.stopped(),
                        "/actions/replies-resume?thread=" + PageFormat.parameter(conversation.thread())))
                .toList();
    }

    private static Problem broken(RouteFileStatus file) {
        return waits(
                "Route file " + file.name(),
                file.firstError() + " (" + file.instead() + ")",
                PageFormat.path("routes", file.name()));
    }

    private List<Problem> retention() {
        return retained.stream()
                .filter(things -> things.rule().kind().waitsForPerson())
                .map(Retained::status)
                .filter(status -> status.nearCeiling() || status.expiring() > 0)
                .map(Problems::retention)
                .toList();
    }

    private static Problem retention(Retention.Status status) {
        Retention.Kind kind = status.rule().kind();
        String subject = "Retention of " + kind.label().replace('-', ' ');
        return status.nearCeiling()
                ? down(
                        subject,
                        "they nearly reach " + kind.maxKey()
                                + ", and beyond it the oldest are removed: handle them, or raise it",
                        "")
                : waits(
                        subject,
                        PageFormat.number(status.expiring()) + " are removed soon for their age, the first at "
                                + PageFormat.time(status.first()) + ": handle them before",
                        "");
    }

    /** Several fail for the same reason when the ledger is down. */
    private static void attempt(List<Problem> problems, Supplier<List<Problem>> reading) {
        try {
            problems.addAll(reading.get());
        } catch (RuntimeException e) {
            Problem failed = down("The state is not known", FailureReason.of(e), "");
            if (!problems.contains(failed)) {
                problems.add(failed);
            }
        }
    }

    private static Problem down(String subject, String text, String link) {
        return new Problem(DOWN, "Does not work", subject, text, link);
    }

    private static Problem waits(String subject, String text, String link) {
        return new Problem(WAITS, "Needs a person", subject, text, link);
    }
}
