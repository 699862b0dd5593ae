package io.threadpost.preview;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

import javax.sql.DataSource;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.threadpost.json.RawJson;
import io.threadpost.spool.KeptThreads;
import io.threadpost.vocabulary.ThreadpostVocabulary;

/**
 * What a person gives to preview.
 *
 * @param settings over those of the folder; only an example has some
 */
public record PreviewInput(Given given, Map<String, String> settings) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int BEGINNING = 1000;

    /**
     * Recognises a thread, a list of threads, an example or a mail.
     *
     * @param name of the file; empty when there is none
     * @param folder where the files are that an example names
     * @param connection it comes from; null for the first one
     */
    public static PreviewInput of(String name, byte[] content, Path folder, String connection) throws UnusableInput {
        String begin = new String(content, 0, Math.min(content.length, BEGINNING), StandardCharsets.UTF_8).strip();
        if (begin.startsWith("{") || begin.startsWith("[")) {
            return new PreviewInput(Given.threads(threads(content), connection, List.of()), Map.of());
        }
        if (name.endsWith(".yaml") || name.endsWith(".yml")) {
            try {
                Example example = Example.read(new String(content, StandardCharsets.UTF_8), folder);
                return new PreviewInput(example.given(), example.settings());
            } catch (ExampleProblem e) {
                throw new UnusableInput(":" + e.line() + ": " + e.getMessage());
            }
        }
        if (begin.isEmpty()) {
            throw new UnusableInput(" is empty; give a thread, a mail or an example");
        }
        return new PreviewInput(Given.mail(content, connection, List.of()), Map.of());
    }

    /**
     * Takes a thread that the spools of a ledger still have.
     *
     * @param connection it comes from; null for the one that it came from
     * @return empty without one
     */
    public static Optional<PreviewInput> kept(DataSource ledger, String id, String connection) throws SQLException {
        return new KeptThreads(ledger)
                .newest(id)
                .map(kept -> new PreviewInput(
                        Given.threads(
                                List.of(kept.thread()), connection == null ? kept.connection() : connection, List.of()),
                        Map.of()));
    }

    private static List<RawJson> threads(byte[] content) throws UnusableInput {
        List<RawJson> threads = new ArrayList<>();
        try {
            JsonNode json = JSON.readTree(content);
            if (json.isObject() && !json.path("MessageThreads").isArray()) {
                if (!json.path("Id").isTextual()) {
                    throw new UnusableInput(" has no `Id`, so it is no thread; write one as the platform gives it: "
                            + String.join(", ", new TreeSet<>(ThreadpostVocabulary.THREAD_FIELDS)));
                }
                return List.of(new RawJson(content));
            }
            for (JsonNode thread : json.isArray() ? json : json.path("MessageThreads")) {
                threads.add(new RawJson(JSON.writeValueAsBytes(thread)));
            }
        } catch (JsonProcessingException e) {
            throw new UnusableInput(
                    ":" + (e.getLocation() == null ? 1 : e.getLocation().getLineNr()) + ": this is not valid JSON: "
                            + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UnusableInput(": " + e.getMessage());
        }
        if (threads.isEmpty()) {
            throw new UnusableInput(" has no thread");
        }
        return threads;
    }
}
