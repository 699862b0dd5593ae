package io.threadpost.preview;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.threadpost.preview.MessageHistory.Change;
import io.threadpost.preview.MessageHistory.Part;

/** Explains a difference by the steps of the routes: lines for people, each with file and line. */
final class Explanation {
    /** What a step comes to that has an effect of a kind. */
    private static final Map<String, String> TARGETS = Map.of(
            "file", "(file|ftp|ftps|sftp|files):.*|ref:writeFiles",
            "http", "https?:.*",
            "message", "amqp:.*",
            "record", "kafka:.*",
            "mail", "smtps?:.*|ref:sendMail",
            "thread", "ref:addThread|direct:add-thread",
            "thread-message", "ref:addMessage|direct:add-messages",
            "log", "log:.*",
            "call", ".*");
    /** The spools of the targets that make an effect of a kind. */
    private static final Map<String, Set<String>> SPOOLS = Map.of(
            "file", Set.of("files"),
            "message", Set.of("queue"),
            "record", Set.of("kafka"),
            "mail", Set.of("digest", "digest-mails", "replies"));
    /** Headers that say what Camel makes of a field. */
    private static final Map<String, List<String>> HEADERS = Map.of(
            "url", List.of("CamelHttpUri", "CamelHttpPath", "CamelHttpQuery"),
            "method", List.of("CamelHttpMethod"),
            "path", List.of("CamelFileName"),
            "topic", List.of("kafka.OVERRIDE_TOPIC"),
            "key", List.of("kafka.KEY"),
            "destination", List.of("CamelJmsDestinationName"),
            "subject", List.of("Subject"),
            "to", List.of("To"),
            "from", List.of("From"));

    private static final Set<String> BODIES = Set.of("body", "content", "value", "text");

    private final Preview.Result result;

    Explanation(Preview.Result result) {
        this.result = result;
    }

    /** @return why a spool gets no item */
    List<String> missingSpool(String spool) {
        List<String> lines = new ArrayList<>(missed(target -> target.equals("spool:" + spool)
                || target.equals(RouteReach.ANYWHERE)
                || target.startsWith("spool:") && target.contains("$")));
        if (lines.isEmpty()) {
            lines.add("no step that ran, and none behind a filter or a choice, sends to it");
        }
        Set<String> others = new LinkedHashSet<>();
        result.passages().forEach(passage -> passage.sent().forEach(item -> others.add(item.spool())));
        lines.add("sent to:  " + (others.isEmpty() ? "no spool" : String.join(", ", others)));
        unread(lines);
        return lines;
    }

    /** @return why an effect is missing */
    List<String> missingEffect(String kind) {
        List<String> lines = new ArrayList<>(missed(target -> target.matches(TARGETS.getOrDefault(kind, ".*"))));
        Set<String> targets = SPOOLS.getOrDefault(kind, Set.of());
        result.spools().forEach((spool, fate) -> {
            if (fate.startsWith("off:") && targets.contains(spool)) {
                lines.add("spool:" + spool + ": " + fate);
            }
        });
        unread(lines);
        return lines;
    }

    private void unread(List<String> lines) {
        result.spools().forEach((spool, fate) -> {
            if (!fate.isEmpty() && !fate.startsWith("off:")) {
                lines.add("spool:" + spool + ": " + fate);
                result.passages().stream()
                        .flatMap(passage -> passage.sent().stream())
                        .filter(item -> item.spool().equals(spool))
                        .map(item -> item.source().place())
                        .filter(place -> !place.isEmpty())
                        .distinct()
                        .forEach(place -> lines.add("sent at:  " + place));
            }
        });
    }

    private List<String> missed(Predicate<String> target) {
        List<String> lines = new ArrayList<>();
        for (Passage passage : result.passages()) {
            for (Passage.Step step : passage.steps()) {
                if (step.missed().stream().anyMatch(target)) {
                    lines.add(decision(step));
                    step.values().forEach(value -> lines.add("where:    " + value));
                } else if (step.result().matches("\\d+ (part|round)s?")
                        && step.inside().stream().anyMatch(target)) {
                    lines.add("split:    " + step.place() + ": " + step.label() + " has " + step.result());
                    step.values().forEach(value -> lines.add("where:    " + value));
                }
            }
            boolean handled = passage.failure().isEmpty() && passage.rejected().isEmpty();
            if (handled) {
                passage.caught().forEach(what -> lines.add("failed:   " + what));
            }
        }
        return lines.stream().distinct().toList();
    }

    private static String decision(Passage.Step step) {
        String place = step.place() + ": ";
        return switch (step.result()) {
            case "no parts", "no rounds" -> "stopped:  " + place + step.label() + " has " + step.result();
            case "no" ->
                step.name().equals("choice")
                        ? "chosen:   " + place + "no branch"
                        : "stopped:  " + place + step.label()
                                + (step.name().equals("filter") ? " is false" : " lets nothing pass");
            case "failed" -> "failed:   " + place + step.label();
            default ->
                step.name().equals("choice")
                        ? "chosen:   " + place + step.result()
                        : "stopped:  " + place + step.label();
        };
    }

    /** @return the step that did something that is not expected, and the conditions that let it */
    static List<String> source(String label, Passage.Source source) {
        return source.place().isEmpty()
                ? List.of()
                : Stream.concat(
                                Stream.of(label + source.place()),
                                source.conditions().stream().map(condition -> "passed:   " + condition))
                        .toList();
    }

    /** @return where the items of a spool come from, when it got more than one */
    List<String> senders(String from) {
        List<String> places = result.passages().stream()
                .flatMap(passage -> passage.sent().stream())
                .filter(item -> from.equals("spool:" + item.spool()))
                .map(item -> item.source().place())
                .toList();
        return places.size() < 2
                ? List.of()
                : places.stream().map(place -> "sent at:  " + place).toList();
    }

    /**
     * Explains the value of a field.
     *
     * @param path the field, and the names in it, such as {@code headers}, {@code X-Channel}
     * @param got null when there is none
     */
    List<String> value(List<String> path, String got, Passage.Source source) {
        MessageHistory history = source.history();
        if (history == null) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        String from = source.from();
        String field = path.get(0);
        String name = path.get(path.size() - 1);
        if ((field.equals("headers") || field.equals("properties")) && path.size() > 1) {
            header(name, got, from, history, lines);
        } else if (BODIES.contains(field)) {
            body(path.size() > 1 ? name : null, from, history, lines);
        } else {
            HEADERS.getOrDefault(field, List.of())
                    .forEach(header -> history.last(Part.HEADER, header).ifPresent(change -> change(change, lines)));
        }
        source.values().forEach(value -> lines.add("where:    " + value));
        return lines.stream().distinct().toList();
    }

    private void header(String name, String got, String from, MessageHistory history, List<String> lines) {
        Optional<Change> last = history.last(Part.HEADER, name);
        if (last.isPresent()) {
            change(last.get(), lines);
        } else if (got == null || got.isEmpty()) {
            lines.add("header:   " + ExpressionReader.absent(history, Part.HEADER, name));
            elsewhere(new MessageHistory.Setting(Part.HEADER, name), lines);
        } else if (history.cameWith(name)) {
            lines.add("header:   `" + name + "` comes from " + from
                    + ", and no step removes it; write removeHeaders before this step");
        }
    }

    /**
     * Adds the steps that set it later, or in another copy of the message, and the filters that kept a step from
     * setting it.
     */
    private void elsewhere(MessageHistory.Setting set, List<String> lines) {
        result.passages().stream()
                .flatMap(passage -> passage.steps().stream())
                .filter(step -> step.sets().equals(set.toString()))
                .forEach(step ->
                        lines.add("set at:   " + step.place() + ": " + step.label() + ", but not before this step"));
        lines.addAll(missed(set.toString()::equals));
    }

    private void body(String field, String from, MessageHistory history, List<String> lines) {
        Optional<Change> made = history.last(Part.BODY, "");
        if (field != null && made.isPresent() && made.get().place().contains("jsonBody")) {
            Optional<Change> variable = history.lastSet(Part.VARIABLE, field);
            if (variable.isEmpty()) {
                lines.add("variable: " + ExpressionReader.absent(history, Part.VARIABLE, field));
                elsewhere(new MessageHistory.Setting(Part.VARIABLE, field), lines);
            } else if (history.isLater(variable.get(), made.get())) {
                lines.add(
                        "variable: `" + field + "` is set at " + variable.get().place() + ", after the body is made");
            } else {
                change(variable.get(), lines);
            }
        }
        boolean unused = made.isEmpty() || !made.get().place().contains("jsonBody");
        if (field != null && unused) {
            history.lastSet(Part.VARIABLE, field)
                    .ifPresent(variable -> lines.add("variable: `" + field + "` is set at " + variable.place()
                            + ", and no jsonBody makes the body of it"));
        }
        made.ifPresentOrElse(
                change -> {
                    lines.add("body:     " + (change.removed() ? "removed at " : "made at ") + change.place());
                    values(change, lines);
                },
                () -> lines.add("body:     as it comes from " + from));
    }

    private static void change(Change change, List<String> lines) {
        lines.add((change.removed() ? "removed:  " : "set at:   ") + change.place());
        values(change, lines);
    }

    private static void values(Change change, List<String> lines) {
        change.values().forEach(value -> lines.add("where:    " + value));
    }
}
