package io.threadpost.example;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

import io.threadpost.preview.ExampleRun;
import io.threadpost.preview.Given;
import io.threadpost.preview.Passage;
import io.threadpost.preview.Preview;
import io.threadpost.preview.PreviewFolder;
import io.threadpost.preview.PreviewInput;
import io.threadpost.preview.UnloadableRoutes;
import io.threadpost.preview.UnusableInput;
import io.threadpost.routecheck.CheckedFile;
import io.threadpost.routecheck.RouteLinter;
import io.threadpost.routecheck.RouteSource;
import io.threadpost.settings.SettingsResult;
import io.threadpost.vocabulary.ThreadpostRouteContext;

/** Makes examples from what passed, for the routes that it is given. */
public final class ExampleMaker implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String YAML = "example.yaml";
    private static final String MAIL = "example.eml";
    /** Each keeps more of the original's words. */
    private static final int LEVELS = 3;

    private final PreviewFolder folder;
    private final SettingsResult settings;
    private final List<CheckedFile> files;

    /**
     * For the routes of an installation.
     *
     * @param home where {@code application.properties} is
     * @param sources the route files
     * @param profile the configuration profile
     */
    public ExampleMaker(Path home, List<RouteSource> sources, String profile) {
        this.folder = new PreviewFolder(home, sources, profile);
        this.settings = SettingsResult.in(home, profile);
        RouteLinter linter =
                new RouteLinter(new ThreadpostRouteContext(settings::value, settings::keys, settings.secretSearch()));
        this.files = sources.stream().map(linter::check).toList();
    }

    /**
     * An example.
     *
     * @param yaml the example file, which names {@code example.eml} when there is a mail beside it
     * @param mail the raw mail, when it cannot be written as text; empty otherwise
     * @param same whether it takes the same way through the routes as the original
     */
    public record Made(String yaml, Optional<byte[]> mail, boolean same) {}

    /** No example can be made; its message is one line for people. */
    public static final class Impossible extends Exception {
        private static final long serialVersionUID = 1L;

        Impossible(String message) {
            super(message);
        }
    }

    /**
     * Makes an example.
     *
     * @param original a thread or a mail
     * @throws Impossible when the routes cannot be loaded, or behave differently each time
     */
    public Made make(Given original) throws Impossible, IOException {
        Path temporary = Files.createTempDirectory("threadpost-example");
        try {
            Preview preview = folder.with(Map.of());
            List<String> way = way(preview.run(original));
            Made first = null;
            Made made = null;
            for (int level = 0; level < LEVELS && (made == null || !made.same()); level++) {
                made = attempt(preview, original, way, level, temporary);
                first = first == null ? made : first;
            }
            if (!made.same()) {
                // To keep more words did not help, so they are not kept.
                made = first;
                Files.writeString(temporary.resolve(YAML), made.yaml());
                if (made.mail().isPresent()) {
                    Files.write(temporary.resolve(MAIL), made.mail().get());
                }
            }
            List<ExampleRun.Outcome> outcomes = new ExampleRun(folder).run(temporary);
            for (ExampleRun.Outcome outcome : outcomes) {
                if (!outcome.passed()) {
                    throw new Impossible("the routes do not do the same twice, so no example can expect it: "
                            + outcome.problems()
                                    .get(0)
                                    .lines()
                                    .skip(1)
                                    .findFirst()
                                    .orElse("")
                                    .strip());
                }
            }
            return made;
        } catch (UnloadableRoutes e) {
            throw new Impossible("the routes cannot be loaded: "
                    + e.getMessage().lines().findFirst().orElse(""));
        } catch (UnusableInput e) {
            throw new Impossible("it cannot be read" + e.getMessage());
        } finally {
            for (String name : List.of(YAML, MAIL)) {
                Files.deleteIfExists(temporary.resolve(name));
            }
            Files.deleteIfExists(temporary);
        }
    }

    private Made attempt(Preview preview, Given original, List<String> way, int level, Path temporary)
            throws IOException, UnusableInput, Impossible {
        List<String> texts = original.mail() == null ? texts(original) : InventedMail.texts(original.mail());
        InventedText invented =
                new InventedText(RouteKeywords.of(files, settings, level == LEVELS - 1), level > 0, texts);
        ExampleText example = new ExampleText();
        example.line(
                        0,
                        "description: Made from a " + (original.mail() == null ? "thread" : "mail")
                                + " that passed; names, addresses, ids and texts are invented.")
                .line(0, "given:");
        Optional<byte[]> mail = Optional.empty();
        if (original.mail() == null) {
            example.value(
                    1,
                    "thread",
                    invented(JSON.readTree(original.threads().get(0).toBytes()), invented));
        } else {
            byte[] raw = InventedMail.of(original.mail(), invented);
            if (isText(raw)) {
                example.block(1, "mail", new String(raw, StandardCharsets.US_ASCII));
            } else {
                mail = Optional.of(raw);
                Files.write(temporary.resolve(MAIL), raw);
                example.line(1, "mail-file: " + MAIL);
            }
            example.line(1, "received: \"" + original.received() + "\"");
        }
        if (original.connection() != null) {
            example.value(1, "connection", TextNode.valueOf(original.connection()));
        }
        Given given = PreviewInput.of(
                        YAML, example.toString().getBytes(StandardCharsets.UTF_8), temporary, original.connection())
                .given();
        Preview.Result result = preview.run(given);
        example.expect(result, preview.run(given));
        String yaml = example.toString();
        Files.writeString(temporary.resolve(YAML), yaml);
        requireInvented(invented, texts, given);
        return new Made(yaml, mail, way(result).equals(way));
    }

    /** The last word: whatever the replacement did, no word of the original leaves. */
    private static void requireInvented(InventedText invented, List<String> texts, Given given) throws Impossible {
        Set<String> original = new HashSet<>();
        texts.forEach(text -> original.addAll(invented.words(text)));
        Set<String> now = new HashSet<>();
        (given.mail() == null ? texts(given) : InventedMail.texts(given.mail()))
                .forEach(text -> now.addAll(invented.words(text)));
        now.retainAll(original);
        // The end of every invented domain.
        now.removeIf("example"::startsWith);
        if (!now.isEmpty()) {
            throw new Impossible("some words could not be replaced; write the example by hand");
        }
    }

    private static List<String> texts(Given given) {
        List<String> texts = new ArrayList<>();
        given.threads().forEach(thread -> {
            try {
                collect(JSON.readTree(thread.toBytes()), texts);
            } catch (IOException e) {
                throw new IllegalArgumentException("the thread is not JSON");
            }
        });
        return texts;
    }

    private static void collect(JsonNode node, List<String> texts) {
        if (node.isTextual()) {
            texts.add(node.textValue());
        }
        node.forEach(child -> collect(child, texts));
    }

    /** Times, numbers, true and false stay. */
    private static JsonNode invented(JsonNode node, InventedText invented) {
        if (node.isTextual()) {
            return TextNode.valueOf(invented.of(node.textValue()));
        }
        if (node instanceof ObjectNode object) {
            ObjectNode made = JSON.createObjectNode();
            object.fields().forEachRemaining(field -> made.set(field.getKey(), invented(field.getValue(), invented)));
            return made;
        }
        if (node.isArray()) {
            var made = JSON.createArrayNode();
            node.forEach(child -> made.add(invented(child, invented)));
            return made;
        }
        return node;
    }

    /** A block of YAML holds lines of ASCII that end alike. */
    private static boolean isText(byte[] raw) {
        String text = new String(raw, StandardCharsets.ISO_8859_1);
        return text.chars().allMatch(c -> c >= ' ' && c < 127 || c == '\r' || c == '\n' || c == '\t')
                && !text.startsWith(" ")
                && !text.replace("\r\n", "").contains("\r");
    }

    /** Which way something takes through the routes, without what it says. */
    private static List<String> way(Preview.Result result) {
        List<String> way = new ArrayList<>();
        for (Passage passage : result.passages()) {
            way.add(passage.from());
            passage.steps().forEach(step -> way.add(step.file() + ":" + step.line() + " " + step.result()));
            passage.sent().forEach(item -> way.add("sent " + item.spool()));
            passage.effects().forEach(effect -> way.add("effect " + effect.kind()));
            way.add(passage.failure().isEmpty() ? "" : "failed");
        }
        result.mail().ifPresent(mail -> {
            way.add("person " + mail.fields().get("person"));
            way.add("parked " + mail.parked().map(Map.Entry::getKey).orElse(""));
        });
        return way;
    }

    @Override
    public void close() {
        folder.close();
    }
}
