package io.threadpost.journey;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.threadpost.journey.Journey.Stay;
import io.threadpost.journey.Journey.Version;

/** A journey in words, line by line, for the page and the command line. */
public final class JourneyText {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final List<Line> lines = new ArrayList<>();

    private JourneyText() {}

    /**
     * A line.
     *
     * @param depth how far it is indented: 0 for a version, a mail or a reply, 1 for what happened to it, and so on
     * @param tone good, bad, waiting, or plain
     */
    public record Line(int depth, String tone, String text) {
        /** @return the text, indented by two spaces a level */
        public String indented() {
            return "  ".repeat(depth) + text;
        }
    }

    /** @return what happened, in its order */
    public static List<Line> of(Journey journey) {
        JourneyText text = new JourneyText();
        journey.mails().forEach(text::mail);
        journey.versions().forEach(text::version);
        journey.replies().forEach(text::reply);
        return text.lines;
    }

    private void version(Version version) {
        if (version.updatedUtc() == null) {
            add(0, "plain", at(version.seen()) + "item " + version.id() + " came in" + of(version.connection()));
        } else {
            add(
                    0,
                    "plain",
                    at(version.seen()) + "version " + version.updatedUtc() + " of thread " + version.id()
                            + (version.redelivery() == null
                                    ? " was pulled" + of(version.connection()) + ": window " + version.window()
                                            + ", page " + version.page()
                                    : " was delivered again" + of(version.connection()) + " by re-delivery "
                                            + version.redelivery()));
            add(1, "plain", "subject: " + version.subject() + ", sender: " + version.sender());
        }
        steps(1, version.steps());
        if (version.failure() != null) {
            add(1, "bad", "routing failed: " + version.failure() + step(version.failedAt()));
        }
        version.spools().forEach(stay -> stay(1, stay));
        if (version.spools().isEmpty()) {
            add(1, "plain", "no route sent it to a spool");
        }
    }

    private static String of(String connection) {
        return connection == null ? "" : " of connection " + connection;
    }

    private void steps(int depth, List<JourneyStep> steps) {
        for (JourneyStep step : steps) {
            add(depth, "plain", (step.rejected() ? "said no: " : "passed: ") + step.text());
        }
    }

    private void stay(int depth, Stay stay) {
        String what = "spool:" + stay.spool() + (stay.key() == null ? "" : ", item " + stay.key()) + ": ";
        switch (stay.state()) {
            case "delivered" -> {
                add(
                        depth,
                        "good",
                        what + "delivered" + since(" at ", stay.at())
                                + (stay.batch() == null ? "" : " in batch " + stay.batch())
                                + (stay.receipt() == null ? "" : " as " + stay.receipt())
                                + attempts(stay));
            }
            case "waiting", "in-flight" ->
                add(
                        depth,
                        "waiting",
                        what
                                + (stay.state().equals("waiting") ? "waits" : "is in flight")
                                + since(" since ", stay.at())
                                + since(", next try at ", stay.due())
                                + attempts(stay)
                                + why(stay));
            case "dead" -> add(depth, "bad", what + "dead" + since(" since ", stay.at()) + attempts(stay) + why(stay));
            case "discarded" -> add(depth, "bad", what + "discarded" + since(" at ", stay.at()) + why(stay));
            case "dropped" -> add(depth, "plain", what + "dropped" + why(stay));
            default -> add(depth, "plain", what + "unknown" + why(stay));
        }
        steps(depth + 1, stay.steps());
        stay.sent().forEach(next -> stay(depth + 1, next));
    }

    private static String attempts(Stay stay) {
        return stay.attempts() == 0
                ? ""
                : ", after " + stay.attempts() + (stay.attempts() == 1 ? " failed attempt" : " failed attempts");
    }

    private static String why(Stay stay) {
        return (stay.reason() == null ? "" : ": " + stay.reason()) + step(stay.failedAt());
    }

    private static String step(String failedAt) {
        return failedAt == null ? "" : ", at the step " + failedAt;
    }

    private void mail(Journey.Mail mail) {
        add(
                0,
                "plain",
                at(mail.staged()) + "mail " + mail.number() + " was staged from mailbox " + mail.mailbox()
                        + since(", which received it at ", mail.received()));
        add(1, "plain", "subject: " + mail.subject() + ", sender: " + mail.sender());
        if (mail.messageId() != null) {
            add(1, "plain", "Message-ID: " + mail.messageId());
        }
        for (Journey.Place place : mail.places()) {
            add(
                    1,
                    "plain",
                    "in " + place.source() + " with UID " + place.uid()
                            + (place.movedTo() == null ? "" : ", moved to " + place.movedTo())
                            + (place.note() == null ? "" : ": " + place.note()));
        }
        if (mail.verdict() != null) {
            add(1, "plain", "verdict: " + mail.verdict());
        }
        if (mail.add() != null) {
            Journey.Add add = mail.add();
            add(
                    1,
                    "plain",
                    "add: " + add.state() + since(", begun at ", add.since()) + ", " + add.attempts()
                            + (add.attempts() == 1 ? " request" : " requests")
                            + (add.thread() == null ? "" : ", thread " + add.thread())
                            + (add.code() == null ? "" : ", " + add.code() + ": " + add.words()));
        }
        for (Journey.Message message : mail.messages()) {
            add(
                    1,
                    message.state().equals("refused") ? "bad" : "plain",
                    "message " + message.part() + " in thread " + message.thread() + ": " + message.state()
                            + (message.message() == null ? "" : " as " + message.message())
                            + (message.code() == null ? "" : ", " + message.code() + ": " + message.reason()));
        }
        String tone =
                switch (mail.state()) {
                    case "thread" -> "good";
                    case "waiting" -> "waiting";
                    case "discarded" -> "plain";
                    default -> "bad";
                };
        add(
                1,
                tone,
                since("", mail.changed()) + " " + mail.state()
                        + (mail.reason() == null ? "" : " (" + mail.reason() + ")") + ": " + mail.why());
        item(mail.item());
    }

    private void item(Version item) {
        if (item != null) {
            item.spools().forEach(stay -> stay(1, stay));
        }
    }

    private void reply(Journey.Reply reply) {
        String tone =
                switch (reply.state()) {
                    case "sent" -> "good";
                    case "waiting" -> "waiting";
                    case "bounced" -> "bad";
                    default -> "plain";
                };
        add(
                0,
                tone,
                at(reply.seen()) + "reply " + reply.message() + " in thread " + reply.thread() + " was staged, and is "
                        + reply.state() + since(" since ", reply.changed())
                        + (reply.messageId() == null ? "" : " as mail " + reply.messageId())
                        + (reply.why() == null ? "" : ": " + reply.why()));
        item(reply.item());
    }

    private static String at(Instant time) {
        return time == null ? "" : TIME.format(time) + " ";
    }

    private static String since(String before, Instant time) {
        return time == null ? "" : before + TIME.format(time);
    }

    private void add(int depth, String tone, String text) {
        lines.add(new Line(depth, tone, text));
    }
}
