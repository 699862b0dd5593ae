package io.threadpost.preview;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The names below {@code expect}, so that a misspelt one is an error and not an expectation that always holds. */
public final class ExpectationKeys {
    /** The effects by their name in an example: the kind, and the fields. */
    public static final Map<String, Effects> EFFECTS = Map.of(
            "files", new Effects("file", List.of("path", "content", "fileExist")),
            "requests", new Effects("http", List.of("method", "url", "headers", "body")),
            "messages",
                    new Effects(
                            "message",
                            List.of("destination", "id", "contentType", "type", "correlationId", "properties", "body")),
            "records", new Effects("record", List.of("topic", "key", "headers", "value")),
            "mails", new Effects("mail", List.of("from", "to", "subject", "headers", "contentType", "text")),
            "threads", new Effects("thread", List.of("connection", "sender", "subject")),
            "thread-messages", new Effects("thread-message", List.of("connection", "thread", "text")),
            "logs", new Effects("log", List.of("level", "text")),
            "calls", new Effects("call", List.of("to", "headers", "body")));

    static final Set<String> MATCHERS = Set.of("contains", "matches", "absent", "json");
    private static final Set<String> SPOOL = Set.of("count", "key", "headers", "body", "absent");

    private ExpectationKeys() {}

    /**
     * An effect that an example may expect.
     *
     * @param kind of {@link Passage.Effect}
     */
    public record Effects(String kind, List<String> fields) {}

    static void check(Optional<ExampleNode> expect) throws ExampleProblem {
        if (expect.isEmpty()) {
            return;
        }
        Set<String> names = new TreeSet<>(EFFECTS.keySet());
        names.addAll(List.of("spools", "mail", "failure"));
        expect.get().requireNames(names, "`expect`");
        for (ExampleNode.Entry entry : expect.get().entries()) {
            Effects effects = EFFECTS.get(entry.name());
            if (effects != null) {
                if (!entry.value().is(ExampleNode.Kind.LIST)) {
                    throw new ExampleProblem(
                            entry.line(), "`" + entry.name() + "` is a list; begin each entry with a hyphen");
                }
                for (ExampleNode item : entry.value().items()) {
                    item.requireNames(Set.copyOf(effects.fields()), "`" + entry.name() + "`");
                }
            } else if (entry.name().equals("spools") && entry.value().is(ExampleNode.Kind.MAP)) {
                for (ExampleNode.Entry spool : entry.value().entries()) {
                    spool.value().requireNames(SPOOL, "`" + spool.name() + "`");
                }
            }
        }
    }
}
