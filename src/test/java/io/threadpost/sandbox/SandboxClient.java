package io.threadpost.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** A client that knows the API from its documentation only. */
final class SandboxClient {
    static final String CREDENTIALS =
            "'ClientToken':'sandbox-client-token','AccessToken':'sandbox-access-token','Client':'Test 1.0.0'";

    private final ObjectMapper mapper = new ObjectMapper();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI address;

    SandboxClient(SandboxPlatform platform) {
        this.address = platform.address();
    }

    /** Single quotes stand for double ones. */
    HttpResponse<String> post(String action, String body, String... headers) throws IOException {
        return call("messageThreads/" + action, body, headers);
    }

    /** An operation such as {@code messages/add}; single quotes stand for double ones. */
    HttpResponse<String> call(String operation, String body, String... headers) throws IOException {
        HttpRequest.Builder request = request("/api/connector/v1/" + operation)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    HttpResponse<String> getAll(String filter, int count, String cursor, String... headers) throws IOException {
        String at = cursor == null ? "" : ",'Cursor':'" + cursor + "'";
        return post(
                "getAll", "{" + CREDENTIALS + "," + filter + ",'Limitation':{'Count':" + count + at + "}}", headers);
    }

    HttpResponse<String> add(String sender, String subject) throws IOException {
        return post("add", "{" + CREDENTIALS + ",'OriginalSender':'" + sender + "','Subject':'" + subject + "'}");
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address.resolve(path));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    JsonNode json(HttpResponse<String> response) {
        try {
            return mapper.readTree(response.body());
        } catch (IOException notJson) {
            throw new UncheckedIOException(notJson);
        }
    }

    List<String> ids(HttpResponse<String> response) {
        List<String> ids = new ArrayList<>();
        json(response)
                .path("MessageThreads")
                .forEach(thread -> ids.add(thread.path("Id").textValue()));
        return ids;
    }

    /** "Id UpdatedUtc" of each thread. */
    List<String> versions(HttpResponse<String> response) {
        List<String> versions = new ArrayList<>();
        json(response)
                .path("MessageThreads")
                .forEach(thread -> versions.add(thread.path("Id").textValue() + " "
                        + thread.path("UpdatedUtc").textValue()));
        return versions;
    }

    String cursor(HttpResponse<String> response) {
        return json(response).path("Cursor").textValue();
    }

    /** Everything a filter gives, page by page until the cursor is null. */
    List<String> drain(String filter, int count) throws IOException {
        List<String> versions = new ArrayList<>();
        String cursor = null;
        do {
            HttpResponse<String> page = getAll(filter, count, cursor);
            if (page.statusCode() != 200) {
                throw new AssertionError(page.statusCode() + " " + page.body());
            }
            versions.addAll(versions(page));
            cursor = cursor(page);
        } while (cursor != null);
        return versions;
    }

    static String updated(Object start, Object end) {
        return "'UpdatedUtc':{'StartUtc':'" + start + "','EndUtc':'" + end + "'}";
    }

    static String created(Object start, Object end) {
        return "'CreatedUtc':{'StartUtc':'" + start + "','EndUtc':'" + end + "'}";
    }
}
