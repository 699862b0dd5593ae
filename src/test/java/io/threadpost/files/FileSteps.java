package io.threadpost.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;

import io.threadpost.disk.FolderSync;
import io.threadpost.json.RawJson;
import io.threadpost.settings.TestSettings;

/** Runs the steps of {@code to-files} on a folder, as the route does. */
final class FileSteps {
    private final Path directory;
    private final WriteFiles write;

    FileSteps(Path directory) {
        this(directory, Map.of());
    }

    FileSteps(Path directory, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "threadpost.connector.address", "http://localhost:1",
                "threadpost.connector.client-token", "client",
                "threadpost.connections.main.access-token", "access",
                "threadpost.files.directory", directory.toString()));
        settings.putAll(more);
        this.directory = directory;
        this.write = new WriteFiles(TestSettings.of(settings), new FolderSync());
    }

    void run(Processor content, long batch, Object... threads) throws Exception {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setHeader("ThreadpostBatch", batch);
        exchange.getMessage().setBody(Arrays.asList(threads));
        content.process(exchange);
        write.process(exchange);
    }

    void write(Object... files) throws IOException {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody(List.of(files));
        write.process(exchange);
    }

    /** @return what lies below the folder, relative to it, in order */
    List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> directory.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    String content(String file) throws IOException {
        return Files.readString(directory.resolve(file));
    }

    static RawJson json(String text) {
        return new RawJson(text.getBytes(StandardCharsets.UTF_8));
    }

    static Map<String, Object> thread(Object id) {
        return Map.of("Id", id, "UpdatedUtc", "2026-11-22T10:11:12.5Z");
    }
}
