package io.threadpost.preview;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.threadpost.json.RawJson;
import io.threadpost.routecheck.NearestWord;
import io.threadpost.spool.SpoolItem;
import io.threadpost.vocabulary.ThreadpostVocabulary;

/**
 * An example file: what is given, and what is expected.
 *
 * @param description one line for people; empty without one
 * @param settings over those of the folder, by key
 * @param expect what is expected; empty for a preview alone
 */
public record Example(String description, Given given, Map<String, String> settings, Optional<ExampleNode> expect) {
    private static final Set<String> TOP = Set.of("description", "given", "expect");
    private static final Set<String> GIVEN = Set.of(
            "thread",
            "threads",
            "mail",
            "thread-file",
            "mail-file",
            "item",
            "connection",
            "received",
            "continues",
            "settings",
            "answers");
    private static final Set<String> ITEM = Set.of("spool", "key", "headers", "body");
    private static final Set<String> ANSWER = Set.of("address", "method", "status", "headers", "body");
    private static final Map<String, String> USUAL = Map.of(
            "Id", "11111111-1111-1111-1111-111111111111",
            "CreatedUtc", "2026-01-01T00:00:00Z",
            "UpdatedUtc", "2026-01-01T00:00:00Z");
    private static final List<String> ORDER = List.of("Id", "CreatedUtc", "UpdatedUtc");

    /**
     * Reads an example.
     *
     * @param folder where the files that it names are
     */
    static Example read(String yaml, Path folder) throws ExampleProblem {
        ExampleNode root = ExampleNode.read(yaml);
        root.requireNames(TOP, "an example");
        ExampleNode given = root.at("given")
                .filter(node -> node.is(ExampleNode.Kind.MAP))
                .orElseThrow(() ->
                        new ExampleProblem(root.line(), "`given` is missing; write it with a thread or a mail below"));
        given.requireNames(GIVEN, "`given`");
        Map<String, String> settings = new LinkedHashMap<>();
        given.at("settings").ifPresent(node -> node.entries()
                .forEach(entry ->
                        settings.put(entry.name(), String.valueOf(entry.value().text()))));
        String description = root.textAt("description");
        ExpectationKeys.check(root.at("expect"));
        return new Example(description == null ? "" : description, given(given, folder), settings, root.at("expect"));
    }

    private static Given given(ExampleNode given, Path folder) throws ExampleProblem {
        List<RawJson> threads = new ArrayList<>();
        Optional<ExampleNode> thread = given.at("thread");
        if (thread.isPresent()) {
            threads.add(thread(thread.get()));
        }
        if (given.at("threads").isPresent()) {
            for (ExampleNode one : given.at("threads").get().items()) {
                threads.add(thread(one));
            }
        }
        if (given.at("thread-file").isPresent()) {
            threads.add(new RawJson(file(given.at("thread-file").get(), folder)));
        }
        byte[] mail = null;
        if (given.at("mail").isPresent()) {
            String text = given.textAt("mail");
            mail = text.replaceAll("\r?\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        } else if (given.at("mail-file").isPresent()) {
            mail = file(given.at("mail-file").get(), folder);
        }
        Map<String, SpoolItem> items = items(given);
        Given all = new Given(
                threads,
                items,
                mail,
                given.textAt("connection"),
                received(given),
                given.textAt("continues"),
                answers(given));
        boolean incoming = mail != null && !all.isAnswered();
        int kinds = (threads.isEmpty() ? 0 : 1) + (items.isEmpty() ? 0 : 1) + (incoming ? 1 : 0);
        if (kinds != 1) {
            throw new ExampleProblem(given.line(), "`given` needs one of a thread, a mail or an item; write it below");
        }
        return all;
    }

    private static Map<String, SpoolItem> items(ExampleNode given) throws ExampleProblem {
        Optional<ExampleNode> item = given.at("item");
        if (item.isEmpty()) {
            return Map.of();
        }
        item.get().requireNames(ITEM, "`item`");
        String spool = item.get().textAt("spool");
        if (spool == null) {
            throw new ExampleProblem(item.get().line(), "`spool` is missing; write the spool that the item is in");
        }
        Map<String, Object> headers = new LinkedHashMap<>();
        item.get().at("headers").ifPresent(node -> node.entries()
                .forEach(entry -> headers.put(entry.name(), entry.value().text())));
        ExampleNode body = item.get().at("body").orElse(null);
        Object content = null;
        if (body != null) {
            content = body.is(ExampleNode.Kind.SCALAR)
                    ? body.text()
                    : new RawJson(body.json().getBytes(StandardCharsets.UTF_8));
        }
        String key = item.get().textAt("key");
        return Map.of(spool, new SpoolItem(key == null ? "item-1" : key, null, headers, content));
    }

    private static Instant received(ExampleNode given) throws ExampleProblem {
        String text = given.textAt("received");
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            throw new ExampleProblem(
                    given.at("received").orElseThrow().line(),
                    "`" + text + "` is not an instant; write one like 2026-11-22T10:00:00Z");
        }
    }

    /** A thread needs an id and its times only where a route looks at them. */
    private static RawJson thread(ExampleNode fields) throws ExampleProblem {
        if (!fields.is(ExampleNode.Kind.MAP)) {
            throw new ExampleProblem(fields.line(), "a thread is a map of its fields; write them below it");
        }
        for (ExampleNode.Entry field : fields.entries()) {
            Optional<String> meant = ThreadpostVocabulary.THREAD_FIELDS.contains(field.name())
                    ? Optional.empty()
                    : new NearestWord(ThreadpostVocabulary.THREAD_FIELDS).likely(field.name());
            if (meant.isPresent()) {
                throw new ExampleProblem(
                        field.line(),
                        "a thread has no field `" + field.name() + "`; did you mean `" + meant.get() + "`?");
            }
        }
        StringBuilder json = new StringBuilder("{");
        for (String field : ORDER) {
            if (fields.at(field).isEmpty()) {
                json.append(ExampleNode.quote(field))
                        .append(':')
                        .append(ExampleNode.quote(USUAL.get(field)))
                        .append(',');
            }
        }
        String written = fields.json();
        json.append(written, 1, written.length());
        return new RawJson(json.toString().replace(",}", "}").getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] file(ExampleNode name, Path folder) throws ExampleProblem {
        try {
            return Files.readAllBytes(folder.resolve(String.valueOf(name.text())));
        } catch (IOException | RuntimeException e) {
            throw new ExampleProblem(
                    name.line(),
                    "the file `" + name.text() + "` cannot be read; write its path relative to the example's folder");
        }
    }

    private static List<ServiceAnswer> answers(ExampleNode given) throws ExampleProblem {
        List<ServiceAnswer> answers = new ArrayList<>();
        for (ExampleNode answer : given.at("answers").map(ExampleNode::items).orElse(List.of())) {
            answer.requireNames(ANSWER, "an answer");
            Map<String, String> headers = new LinkedHashMap<>();
            answer.at("headers").ifPresent(node -> node.entries()
                    .forEach(entry -> headers.put(entry.name(), entry.value().text())));
            String status = answer.textAt("status");
            if (status != null && !status.matches("[1-5]\\d\\d")) {
                throw new ExampleProblem(answer.line(), "`" + status + "` is not an HTTP status; write one like 404");
            }
            String body = answer.at("body")
                    .map(node -> node.is(ExampleNode.Kind.SCALAR) ? node.text() : node.json())
                    .orElse("");
            String method = answer.textAt("method");
            String address = answer.textAt("address");
            answers.add(new ServiceAnswer(
                    address == null ? "*" : address,
                    method == null ? "" : method,
                    status == null ? 200 : Integer.parseInt(status),
                    headers,
                    body));
        }
        return answers;
    }
}
