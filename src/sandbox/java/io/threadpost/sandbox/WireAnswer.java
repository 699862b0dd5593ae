package io.threadpost.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One HTTP answer.
 *
 * @param body writes the body; null for none
 * @param length bytes of the body; -1 if not known before, which ends the connection
 * @param beforeTheEnd runs just before the last bytes leave
 */
record WireAnswer(
        int status, Map<String, String> headers, Body body, long length, Delivery delivery, Runnable beforeTheEnd) {

    /** Writes a body. */
    interface Body {
        void writeTo(OutputStream out) throws IOException;
    }

    private static final int PIECES = 10;
    private static final Map<Integer, String> REASONS = Map.ofEntries(
            Map.entry(200, "OK"),
            Map.entry(204, "No Content"),
            Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(408, "Request Timeout"),
            Map.entry(413, "Content Too Large"),
            Map.entry(429, "Too Many Requests"),
            Map.entry(500, "Internal Server Error"),
            Map.entry(502, "Bad Gateway"),
            Map.entry(503, "Service Unavailable"));

    static WireAnswer of(int status, String contentType, byte[] body) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (contentType != null) {
            headers.put("Content-Type", contentType);
        }
        return new WireAnswer(status, headers, out -> out.write(body), body.length, Delivery.PROMPT, () -> {});
    }

    static WireAnswer streamed(String contentType, Body body) {
        return new WireAnswer(200, Map.of("Content-Type", contentType), body, -1, Delivery.PROMPT, () -> {});
    }

    WireAnswer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new WireAnswer(status, more, body, length, delivery, beforeTheEnd);
    }

    WireAnswer by(Delivery other) {
        return new WireAnswer(status, headers, body, length, other, beforeTheEnd);
    }

    WireAnswer beforeTheEnd(Runnable action) {
        return new WireAnswer(status, headers, body, length, delivery, action);
    }

    /**
     * Sends as much as the delivery allows; the caller closes or resets the connection unless the answer was complete.
     */
    void send(OutputStream out, boolean keepAlive) throws IOException {
        boolean told = false;
        try {
            if (delivery.fate() == Delivery.Fate.WHOLE || delivery.fate() == Delivery.Fate.TRUNCATED) {
                out.write(head(keepAlive));
                if (delivery.over().isZero() && delivery.fate() == Delivery.Fate.WHOLE) {
                    beforeTheEnd.run();
                    told = true;
                    body.writeTo(out);
                } else {
                    inPieces(out);
                    told = true;
                }
                out.flush();
            }
        } finally {
            if (!told) {
                beforeTheEnd.run();
            }
        }
    }

    private void inPieces(OutputStream out) throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        body.writeTo(whole);
        byte[] bytes = whole.toByteArray();
        int end = delivery.fate() == Delivery.Fate.TRUNCATED ? bytes.length / 2 : bytes.length;
        for (int piece = 0; piece < PIECES; piece++) {
            int from = (int) ((long) end * piece / PIECES);
            int to = (int) ((long) end * (piece + 1) / PIECES);
            if (piece == PIECES - 1) {
                beforeTheEnd.run();
            }
            out.write(bytes, from, to - from);
            if (!delivery.over().isZero()) {
                out.flush();
                Pause.of(delivery.over().dividedBy(PIECES));
            }
        }
    }

    private byte[] head(boolean keepAlive) {
        StringBuilder head = new StringBuilder(256);
        head.append("HTTP/1.1 ").append(status).append(' ').append(REASONS.get(status));
        head.append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        if (length >= 0 && status != 204) {
            head.append("Content-Length: ").append(length).append("\r\n");
        }
        head.append(keepAlive && length >= 0 ? "\r\n" : "Connection: close\r\n\r\n");
        return head.toString().getBytes(StandardCharsets.UTF_8);
    }
}
