package io.threadpost.page;

import java.util.Optional;
import java.util.stream.Stream;

import io.threadpost.ops.HealthReport;

/**
 * What a health check is about, in plain words, the most important first: {@code %s} is the subject of a line, such as
 * a spool's name.
 */
enum ProblemTopic {
    LEDGER(
            "threadpost-ledger",
            "The database does not work",
            "No message is pulled or delivered until it works again. Nothing is lost.",
            "Look at its server and its disk; Threadpost goes on by itself.",
            "See the nodes",
            "/system"),
    LOOPS(
            "threadpost-turning",
            "A part of Threadpost hangs: %s",
            "Messages may be waiting.",
            "Restart Threadpost, and keep its log.",
            "See the nodes",
            "/system"),
    ACCESS(
            "threadpost-access",
            "The platform refuses connection %s",
            "No new message of its hotels arrives. Nothing is lost.",
            "Ask the platform why, and for a valid token if this one is not; set it in"
                    + " threadpost.connections.%s.access-token and restart. Retried by itself meanwhile.",
            "See the connection",
            "/#connections"),
    PULL(
            "threadpost-pull",
            "No new messages from connection %s",
            "What guests and hotels write is fetched when the platform answers again. Nothing is lost.",
            "Check the network of this machine; if it works, report the reason below to the platform.",
            "See the connection",
            "/#connections"),
    MAILBOXES(
            "threadpost-mailboxes",
            "Mailbox %s is not read",
            "Mails of guests stay in the mailbox, and become threads when it can be read again.",
            "Correct what the mail server complains about, such as the password.",
            "See the mailbox",
            "/#mailboxes"),
    ADDS(
            "threadpost-adds",
            "Mails of guests do not become threads of connection %s",
            "They wait, and nothing is lost.",
            "Retried by itself; if the platform refuses the token, set a valid one.",
            "See the connection",
            "/#connections"),
    REPLIES(
            "threadpost-replies",
            "Answers of the hotel do not reach guests by mail (%s)",
            "They are sent when this works again.",
            "Retried by itself; if this lasts, report the reason below to the platform.",
            "See the connection",
            "/#connections"),
    SPOOLS(
            "threadpost-spools",
            "Nothing is delivered from spool %s",
            "What is in it waits, and nothing is lost.",
            "Correct the cause below; delivery is retried by itself.",
            "See the spool",
            "/spools/"),
    QUEUES(
            "threadpost-queues",
            "Queue %s is not read",
            "Its messages stay in the queue.",
            "Look at the broker; it is retried by itself.",
            "",
            ""),
    ROUTE_FILES(
            "threadpost-route-files",
            "Route file %s does not run",
            "What its routes do is not done.",
            "Correct the file; it runs a second after it is saved.",
            "See the error",
            "/routes/"),
    ALERTS(
            "threadpost-alerts",
            "Alerts do not go out by %s",
            "Nobody hears by this way of what does not work.",
            "Correct the address or the server, then send a test alert.",
            "Send a test alert",
            "/actions/alerts-test"),
    COVERAGE(
            "threadpost-coverage",
            "Messages of connection %s were missing",
            "They are being pulled now.",
            "Nothing.",
            "See covered time",
            "/backfills");

    /** After the connection, where messages are added to threads that exist. */
    private static final String MESSAGES = ", messages";

    private final String check;
    private final String headline;
    private final String meaning;
    private final String advice;
    private final String button;
    private final String place;

    ProblemTopic(String check, String headline, String meaning, String advice, String button, String place) {
        this.check = check;
        this.headline = headline;
        this.meaning = meaning;
        this.advice = advice;
        this.button = button;
        this.place = place;
    }

    static Optional<ProblemTopic> of(String check) {
        return Stream.of(values()).filter(topic -> topic.check.equals(check)).findFirst();
    }

    String headline(String subject) {
        return headline.replace("%s", subject);
    }

    /** @return what a line that is down reports */
    Problem problem(HealthReport.Line line, String since) {
        // Lines about the folder of route files, or about all files, are not about one of them.
        boolean folder = this == ROUTE_FILES && !line.subject().contains(".");
        String subject = PageFormat.parameter(line.subject());
        Problem problem = new Problem(
                this == COVERAGE ? Problem.Kind.PASSES : Problem.Kind.DOWN,
                folder ? "Route files are not read" : plain(line.subject()),
                since,
                meaning,
                advice.replace("%s", line.subject()),
                PageFormat.readable(line.text()),
                folder ? "See the files" : button,
                folder ? "/#files" : place.endsWith("s/") ? place + subject : place);
        boolean spool = this == SPOOLS;
        if (line.remedy() == HealthReport.Remedy.EDIT) {
            return new Problem(
                    problem.kind(),
                    spool ? "Several routes read spool " + line.subject() : headline("no route pulls them"),
                    "",
                    spool ? "Each item goes to one of them only." : meaning,
                    "Correct the route files.",
                    problem.reason(),
                    "See the files",
                    "/#files");
        }
        if (!spool && this != MAILBOXES) {
            return problem;
        }
        String action = spool ? "/actions/spool-%s?spool=" : "/actions/mailbox-%s?mailbox=";
        return switch (line.remedy()) {
            case TRY -> remedy(problem, problem.advice(), "Try now", action.formatted("try") + subject);
            case RELEASE ->
                remedy(
                        problem,
                        "Release it when its reason is gone.",
                        "Release",
                        action.formatted("release") + subject);
            case NONE, EDIT -> problem;
        };
    }

    private String plain(String subject) {
        if (this == SPOOLS) {
            return undelivered(subject);
        }
        return this == ADDS && subject.endsWith(MESSAGES)
                ? "Further mails of guests are not added to their threads of connection "
                        + subject.substring(0, subject.length() - MESSAGES.length())
                : headline(subject);
    }

    /** A receptionist knows what is delivered, but not the names of spools. */
    private static String undelivered(String spool) {
        String what = spool.replaceFirst("-.*", "");
        String plain =
                switch (what) {
                    case "files" -> "New messages are not written to files";
                    case "digest" -> "Digest mails are not sent";
                    case "queue" -> "New messages do not reach the queue";
                    case "kafka" -> "New messages do not reach Kafka";
                    case "replies" -> "Answers of the hotel are not sent to guests";
                    case "mail" -> "Mails of guests do not become threads";
                    case "adds" -> "Threads are not added to the platform";
                    default -> "";
                };
        return plain.isEmpty() ? SPOOLS.headline(spool) : plain + " (spool " + spool + ")";
    }

    private static Problem remedy(Problem problem, String advice, String button, String link) {
        return new Problem(
                problem.kind(),
                problem.headline(),
                problem.since(),
                problem.meaning(),
                advice,
                problem.reason(),
                button,
                link);
    }
}
