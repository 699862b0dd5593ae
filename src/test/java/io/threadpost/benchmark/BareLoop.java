package io.threadpost.benchmark;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.threadpost.sandbox.SandboxOptions;

/**
 * The least that could be done: ask for a page, parse it, append each thread as a line to one NDJSON file, force it to
 * disk, ask for the next. No retries, no dedupe, nothing to go on from after a crash.
 */
final class BareLoop {
    private static final ObjectMapper JSON = new ObjectMapper();

    private BareLoop() {}

    /** @param arguments the platform's address, and the file to write */
    public static void main(String[] arguments) throws Exception {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        URI uri = URI.create(arguments[0] + "/api/connector/v1/messageThreads/getAll");
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        ObjectNode request = JSON.createObjectNode()
                .put("ClientToken", SandboxOptions.CLIENT_TOKEN)
                .put("AccessToken", SandboxOptions.ACCESS_TOKEN)
                .put("Client", "Bare loop 1.0.0");
        request.putObject("UpdatedUtc")
                .put("StartUtc", now.minus(30, ChronoUnit.DAYS).toString())
                .put("EndUtc", now.toString());
        ObjectNode limitation = request.putObject("Limitation").put("Count", 1000);
        try (FileChannel file =
                FileChannel.open(Path.of(arguments[1]), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            while (true) {
                HttpResponse<byte[]> response = client.send(
                        HttpRequest.newBuilder(uri)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(request)))
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
                JsonNode page = JSON.readTree(response.body());
                ByteArrayOutputStream lines = new ByteArrayOutputStream(512 * 1000);
                for (JsonNode thread : page.get("MessageThreads")) {
                    lines.write(JSON.writeValueAsBytes(thread));
                    lines.write('\n');
                }
                ByteBuffer bytes = ByteBuffer.wrap(lines.toByteArray());
                while (bytes.hasRemaining()) {
                    file.write(bytes);
                }
                file.force(false);
                if (page.get("Cursor").isNull() || page.get("MessageThreads").size() < 1000) {
                    return;
                }
                limitation.set("Cursor", page.get("Cursor"));
            }
        }
    }
}
