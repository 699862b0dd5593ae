package io.threadpost.alert;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.threadpost.retry.DurationFormat;

/**
 * A message to people: what is down, and what works again.
 *
 * @param test whether a person asked for it, to see whether it arrives
 */
record AlertMessage(List<Change> changes, boolean test) {
    private static final JsonMapper JSON = new JsonMapper();

    /** What a check reports about, and what to do when that is down. */
    private static final Map<String, Topic> TOPICS = Map.ofEntries(
            Map.entry(
                    "threadpost-ledger",
                    new Topic("The", "Nothing is pulled or delivered. Check the disk, or that PostgreSQL runs.")),
            Map.entry(
                    "threadpost-access",
                    new Topic("Access of connection", "Check its access token, and threadpost.connector.address.")),
            Map.entry(
                    "threadpost-pull",
                    new Topic("Pulling connection", "Check the platform's status, the proxy, and the log.")),
            Map.entry("threadpost-adds", new Topic("Adding threads to connection", "Check its access token.")),
            Map.entry("threadpost-spools", new Topic("Spool", "Check its target; nothing is lost meanwhile.")),
            Map.entry("threadpost-mailboxes", new Topic("Mailbox", "Check its server and login, or release it.")),
            Map.entry("threadpost-replies", new Topic("Replies of connection", "Check the platform's status.")),
            Map.entry("threadpost-queues", new Topic("Queue", "Check the broker, and the login.")),
            Map.entry("threadpost-route-files", new Topic("Route file", "Correct it; `threadpost check` shows where.")),
            Map.entry("threadpost-retention", new Topic("Retention of", "Handle what waits, or raise the ceiling.")),
            Map.entry("threadpost-turning", new Topic("The loop", "Restart the process, and keep its log.")),
            Map.entry("threadpost-alerts", new Topic("Alerts by", "Check threadpost.alerts.* and threadpost.smtp.*.")));

    private record Topic(String words, String advice) {}

    /**
     * A change.
     *
     * @param down false when it works again
     * @param check such as {@code threadpost-spools}
     * @param subject such as the spool's name
     * @param reason why it was down at last
     * @param since when that began
     * @param at when this was noticed
     */
    record Change(boolean down, String check, String subject, String reason, Instant since, Instant at) {
        private Topic topic() {
            return TOPICS.getOrDefault(check, new Topic(check, "See docs/operate.md."));
        }

        /** @return one line for people */
        String line() {
            String what = topic().words() + " " + subject;
            return down
                    ? "DOWN: " + what + " " + reason + " (since " + since.truncatedTo(ChronoUnit.SECONDS) + ")"
                    : "UP: " + what + " works again, after " + DurationFormat.text(Duration.between(since, at)) + " ("
                            + reason + ")";
        }

        /** @return what to do; empty when there is nothing */
        String advice() {
            return down ? topic().advice() : "";
        }
    }

    static AlertMessage ofTest() {
        return new AlertMessage(List.of(), true);
    }

    /** @return several as one, in their order */
    static AlertMessage summary(List<AlertMessage> messages) {
        return new AlertMessage(
                messages.stream().flatMap(message -> message.changes().stream()).toList(),
                messages.stream().allMatch(AlertMessage::test));
    }

    String title() {
        if (test) {
            return "Threadpost: a test alert";
        }
        long down = changes.stream().filter(Change::down).count();
        long up = changes.size() - down;
        return "Threadpost: "
                + (down == 0 ? "" : down == 1 ? "1 problem" : down + " problems")
                + (down > 0 && up > 0 ? ", " : "")
                + (up == 0 ? "" : up + " solved");
    }

    /** @return the whole text, as lines */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (test) {
            lines.add("An operator has asked for this alert. Nothing is wrong.");
        }
        for (Change change : changes) {
            lines.add(change.line());
            if (!change.advice().isEmpty()) {
                lines.add("   " + change.advice());
            }
        }
        return lines;
    }

    /** As it is sent to a webhook, and kept in the ledger. */
    ObjectNode json() {
        ObjectNode json = JSON.createObjectNode();
        json.put("source", "threadpost");
        json.put("title", title());
        json.put("text", String.join("\n", lines()));
        json.put("test", test);
        ArrayNode list = json.putArray("changes");
        for (Change change : changes) {
            list.addObject()
                    .put("state", change.down() ? "down" : "up")
                    .put("check", change.check())
                    .put("subject", change.subject())
                    .put("reason", change.reason())
                    .put("advice", change.advice())
                    .put("since", change.since().toString())
                    .put("at", change.at().toString());
        }
        return json;
    }

    static AlertMessage of(String json) {
        try {
            JsonNode object = JSON.readTree(json);
            List<Change> changes = new ArrayList<>();
            for (JsonNode change : object.path("changes")) {
                changes.add(new Change(
                        change.path("state").asText().equals("down"),
                        change.path("check").asText(),
                        change.path("subject").asText(),
                        change.path("reason").asText(),
                        Instant.parse(change.path("since").asText()),
                        Instant.parse(change.path("at").asText())));
            }
            return new AlertMessage(changes, object.path("test").asBoolean());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a message of an alert in the ledger is not JSON", e);
        }
    }
}
