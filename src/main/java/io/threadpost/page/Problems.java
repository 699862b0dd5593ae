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
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

import io.threadpost.conversation.Conversations;
import io.threadpost.ledger.Retained;
import io.threadpost.ledger.Retention;
import io.threadpost.mail.MailRecord;
import io.threadpost.mail.MailStatus;
import io.threadpost.ops.HealthReport;
import io.threadpost.ops.ReportingCheck;
import io.threadpost.ops.RetentionCheck;
import io.threadpost.ops.RouteFilesCheck;
import io.threadpost.ops.RoutesStartedCheck;
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
    /** The label of a problem that passes by itself. */
    static final String STARTING = "Starting";

    private static final String LEDGER = "The ledger";
    private static final String UNKNOWN = "The state is not known";
    private static final String DOES_NOT_WORK = "Does not work";
    private static final int MOST_STOPPED = 20;

    /** What a check reports about: the words before a subject, the place of it, and what it means for guests. */
    private static final Map<String, Topic> TOPICS = Map.ofEntries(
            Map.entry(
                    "threadpost-ledger",
                    new Topic(
                            "The ",
                            "/system",
                            "Nothing is pulled or delivered until the database works: look at its disk and its server."
                                    + " Nothing is lost.")),
            Map.entry(
                    "threadpost-access",
                    new Topic(
                            "Access of connection ",
                            "/#connections",
                            "The platform refuses this token: no new message of these hotels arrives.")),
            Map.entry(
                    "threadpost-pull",
                    new Topic(
                            "Pulling connection ",
                            "/#connections",
                            "New messages do not arrive from the platform. They are fetched when it answers again.")),
            Map.entry(
                    "threadpost-adds",
                    new Topic(
                            "Adding threads to connection ",
                            "/#connections",
                            "Mails of guests do not become threads. They wait, and nothing is lost.")),
            Map.entry(
                    "threadpost-spools",
                    new Topic("Spool ", "/spools/", "What is in it is not delivered. It waits, and nothing is lost.")),
            Map.entry(
                    "threadpost-mailboxes",
                    new Topic(
                            "Mailbox ",
                            "/#mailboxes",
                            "Mails of guests are not read. They stay in the mailbox until it can be read again.")),
            Map.entry(
                    "threadpost-replies",
                    new Topic(
                            "Replies of connection ",
                            "/#connections",
                            "What the hotel answers does not reach guests by mail. It is sent when this works again.")),
            Map.entry(
                    "threadpost-queues",
                    new Topic("Queue ", "", "Messages of this queue are not read. They stay in the queue.")),
            Map.entry(
                    "threadpost-route-files",
                    new Topic("Route file ", "/routes/", "Its routes do not run until the file is corrected.")),
            Map.entry(
                    "threadpost-coverage",
                    new Topic(
                            "Coverage of connection ",
                            "/backfills",
                            "Some threads were missing; they are being pulled now.")),
            Map.entry(
                    "threadpost-alerts",
                    new Topic("Alerts by ", "/system#alerts", "Nobody hears of problems by this way.")),
            Map.entry(
                    "threadpost-turning",
                    new Topic("The loop ", "/system", "A part of Threadpost hangs: restart it, and keep its log.")));

    private final Instance<ReportingCheck> checks;
    private final RoutesStartedCheck started;
    private final Instance<Retained> retained;
    private final MailStatus mails;
    private final RouteFiles files;
    private final Conversations conversations;

    Problems(
            @Any Instance<ReportingCheck> checks,
            @Readiness RoutesStartedCheck started,
            @Any Instance<Retained> retained,
            MailStatus mails,
            RouteFiles files,
            Conversations conversations) {
        this.checks = checks;
        this.started = started;
        this.retained = retained;
        this.mails = mails;
        this.files = files;
        this.conversations = conversations;
    }

    private record Topic(String words, String place, String meaning) {}

    /**
     * A problem.
     *
     * @param tone {@code bad} if something does not work, {@code warn} if something only waits for a person
     * @param label the same in a word
     * @param meaning what that means for guests and hotel; empty when the text is plain enough
     * @param link where to look; empty without a place of its own
     */
    @RegisterForReflection
    record Problem(String tone, String label, String subject, String meaning, String text, String link) {
        /** Nothing else works, and little is known, while the ledger does not. */
        boolean ofLedger() {
            return subject.equals(LEDGER);
        }
    }

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
        if (problems.stream().anyMatch(Problem::ofLedger)) {
            problems.removeIf(problem -> problem.subject().equals(UNKNOWN));
        }
        return problems.stream()
                .sorted(Comparator.comparing(Problem::tone).thenComparing(problem -> !problem.ofLedger()))
                .toList();
    }

    private List<Problem> report(ReportingCheck check, Supplier<List<SpoolStatus.Spool>> spools) {
        if (check instanceof RetentionCheck) {
            // It also counts what waits for nobody: a second for millions of delivered items.
            return List.of();
        }
        if (check instanceof RouteFilesCheck && starting()) {
            return List.of(new Problem(
                    WAITS,
                    STARTING,
                    "Threadpost is starting",
                    "",
                    "Its route files are being loaded; pulling and delivering begin in a moment",
                    "/#files"));
        }
        HealthReport report = check instanceof SpoolsCheck those ? those.report(spools.get()) : check.report();
        Topic topic = TOPICS.getOrDefault(report.check(), new Topic("", "", ""));
        return report.lines().stream()
                .filter(line -> !line.up())
                .map(line -> new Problem(
                        DOWN,
                        DOES_NOT_WORK,
                        subject(topic, line),
                        topic.meaning(),
                        PageFormat.readable(line.text()),
                        link(topic, line.subject())))
                .toList();
    }

    private boolean starting() {
        return files.statuses().isEmpty() && started.call().getStatus() == HealthCheckResponse.Status.DOWN;
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
                                + ", and beyond it the oldest are removed: handle them, or raise it")
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
            Problem failed = down(UNKNOWN, FailureReason.of(e));
            if (!problems.contains(failed)) {
                problems.add(failed);
            }
        }
    }

    private static Problem down(String subject, String text) {
        return new Problem(DOWN, DOES_NOT_WORK, subject, "", text, "");
    }

    private static Problem waits(String subject, String text, String link) {
        return new Problem(WAITS, "Needs a person", subject, "", PageFormat.readable(text), link);
    }
}
