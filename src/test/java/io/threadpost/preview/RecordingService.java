package io.threadpost.preview;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** A REST service that answers as an example says, and keeps its requests. */
final class RecordingService implements AutoCloseable {
    private final HttpServer server;
    private final List<ServiceAnswer> answers;
    private final List<Map<String, Object>> requests = new CopyOnWriteArrayList<>();

    RecordingService(List<ServiceAnswer> answers) throws IOException {
        this.answers = answers;
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 50);
        server.createContext("/", this::answer);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** @return the fields that a preview shows of a request, except the answer */
    List<Map<String, Object>> requests() {
        return requests;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Map<String, Object> headers = new TreeMap<>();
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, String.join(", ", values)));
            String url = address() + exchange.getRequestURI();
            Map<String, Object> request = new LinkedHashMap<>();
            request.put("method", exchange.getRequestMethod());
            request.put("url", url);
            request.put("headers", headers);
            request.put("body", body);
            requests.add(request);
            ServiceAnswer answer = answers.stream()
                    .filter(known -> known.matches(exchange.getRequestMethod(), url))
                    .findFirst()
                    .orElse(ServiceAnswer.EMPTY);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            answer.headers()
                    .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
