package io.threadpost.docs;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntUnaryOperator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** Somebody's REST service: keeps what it is sent. */
final class RestService implements AutoCloseable {
    private final HttpServer server;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final IntUnaryOperator status;
    private final Map<String, String> headers = new ConcurrentHashMap<>();
    private volatile String says = "";

    /** What it was sent, and what it answered; null for a header that was not there. */
    record Request(
            String method,
            String target,
            String key,
            String type,
            String authorization,
            String others,
            String body,
            int status) {}

    /** @param status what to answer to the request of that number, counted from 0 */
    RestService(IntUnaryOperator status) throws IOException {
        this.status = status;
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 50);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Says this in each answer from now on. */
    RestService saying(String body) {
        says = body;
        return this;
    }

    RestService with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/threads";
    }

    List<Request> requests() {
        return requests;
    }

    /** @return keys of what it took, in order */
    List<String> taken() {
        return requests.stream()
                .filter(request -> request.status() < 300)
                .map(Request::key)
                .toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var headers = exchange.getRequestHeaders();
            int answer = status.applyAsInt(requests.size());
            requests.add(new Request(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    headers.getFirst("Idempotency-Key"),
                    headers.getFirst("Content-Type"),
                    headers.getFirst("Authorization"),
                    String.join(
                            ",",
                            headers.keySet().stream()
                                    .filter(name -> name.startsWith("Threadpost") || name.startsWith("Breadcrumb"))
                                    .toList()),
                    body,
                    answer));
            this.headers.forEach(exchange.getResponseHeaders()::set);
            byte[] said = says.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer, said.length == 0 ? -1 : said.length);
            exchange.getResponseBody().write(said);
        }
    }
}
