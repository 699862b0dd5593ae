package io.threadpost.benchmark;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

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
        ObjectNode request = Requests.first(JSON);
        try (FileChannel file =
                FileChannel.open(Path.of(arguments[1]), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            JsonNode page;
            do {
                HttpResponse<byte[]> response = client.send(
                        HttpRequest.newBuilder(Requests.uri(arguments[0]))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(request)))
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
                page = JSON.readTree(response.body());
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
                request.withObject("/Limitation").set("Cursor", page.get("Cursor"));
            } while (!page.get("Cursor").isNull() && page.get("MessageThreads").size() == Requests.PAGE);
        }
        Requests.done();
    }
}
