package io.threadpost.testing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpServer;

/** A server of OAuth 2 that answers every request for a token as it is told. */
public final class TokenServer implements AutoCloseable {
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private volatile int status = 200;
    private volatile String answer = "{}";

    public TokenServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/token", exchange -> {
            asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/token";
    }

    /**
     * Gives this access token from now on.
     *
     * @param refresh the refresh token that comes with it; null for none
     */
    public void give(String access, String refresh, int seconds) {
        answer(
                200,
                "{\"token_type\":\"Bearer\",\"access_token\":\"" + access + "\",\"expires_in\":" + seconds
                        + (refresh == null ? "" : ",\"refresh_token\":\"" + refresh + "\"") + "}");
    }

    public void answer(int code, String body) {
        answer = body;
        status = code;
    }

    /** @return the bodies of all requests so far */
    public List<String> asked() {
        return asked;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
