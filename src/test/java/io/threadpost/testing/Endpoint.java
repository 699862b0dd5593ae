package io.threadpost.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * What a running application shows over HTTP.
 *
 * @param address without a trailing slash
 */
public record Endpoint(URI address) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** An answer. */
    public record Answer(int status, String body) {
        /** @return the health check of that name; missing when there is none */
        public JsonNode check(String name) {
            for (JsonNode check : json().path("checks")) {
                if (check.path("name").asText().equals(name)) {
                    return check;
                }
            }
            return JSON.missingNode();
        }

        /** @return the body as JSON */
        public JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new AssertionError("not JSON: " + body, e);
            }
        }

        /**
         * @return the value of the one Prometheus sample that begins so, as in {@code name{label="x"}}; NaN if it is
         *     not there
         */
        public double sample(String beginning) {
            return body.lines()
                    .filter(line -> line.startsWith(beginning))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .findFirst()
                    .orElse(Double.NaN);
        }
    }

    /** @param path below the address, with a leading slash */
    public Answer get(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + path)).build();
        try {
            HttpResponse<String> response =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
