package io.threadpost.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** A request over a plain socket: with headers that the HTTP client of Java lets nobody set. */
public final class RawRequest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI server;
    private final List<String> headers = new ArrayList<>();
    private InetAddress source;

    private RawRequest(URI server) {
        this.server = server;
    }

    public static RawRequest to(URI server) {
        return new RawRequest(server);
    }

    /** @param line such as {@code Origin: null} */
    public RawRequest header(String line) {
        headers.add(line);
        return this;
    }

    /** @param address of this machine, such as {@code 127.0.0.2}, that the connection comes from */
    public RawRequest from(String address) {
        try {
            source = InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    public Answer get(String path) {
        return send("GET", path, "");
    }

    public Answer post(String path, String body) {
        return send("POST", path, body);
    }

    public Answer send(String method, String path, String body) {
        List<String> lines = new ArrayList<>(headers);
        if (lines.stream().noneMatch(line -> line.startsWith("Host:"))) {
            lines.add("Host: " + server.getAuthority());
        }
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        lines.add("Content-Length: " + content.length);
        lines.add("Connection: close");
        try (Socket socket = new Socket(server.getHost(), server.getPort(), source, 0)) {
            String head = method + " " + path + " HTTP/1.0\r\n" + String.join("\r\n", lines) + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().write(content);
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int end = answer.indexOf("\r\n\r\n");
            return new Answer(
                    Integer.parseInt(answer.split(" ", 3)[1]), answer.substring(0, end), answer.substring(end + 4));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What came back.
     *
     * @param head the status line and the headers
     */
    public record Answer(int status, String head, String body) {
        /** @return the value of a header; empty without it */
        public String header(String name) {
            return head.lines()
                    .filter(line -> line.regionMatches(true, 0, name + ": ", 0, name.length() + 2))
                    .map(line -> line.substring(name.length() + 2))
                    .findFirst()
                    .orElse("");
        }

        public JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new AssertionError("not JSON: " + body, e);
            }
        }
    }
}
