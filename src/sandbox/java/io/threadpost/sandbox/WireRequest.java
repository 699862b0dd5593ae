package io.threadpost.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One HTTP/1.1 request, read completely.
 *
 * @param headers by lower-case name
 * @param body null if it was larger than allowed
 */
record WireRequest(String method, String path, Map<String, String> headers, byte[] body) {
    private static final int MAX_LINE = 16 * 1024;

    /** The next request of a connection, or null where the client has closed it. */
    static WireRequest read(InputStream in, OutputStream out, int maxBody) throws IOException {
        String start = line(in);
        if (start == null) {
            return null;
        }
        String[] words = start.split(" ");
        if (words.length != 3) {
            throw new IOException("Not an HTTP request");
        }
        Map<String, String> headers = new HashMap<>();
        for (String header = line(in); header != null && !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            headers.put(
                    header.substring(0, Math.max(colon, 0)).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).trim());
        }
        if ("100-continue".equalsIgnoreCase(headers.get("expect"))) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
        int query = words[1].indexOf('?');
        String path = query < 0 ? words[1] : words[1].substring(0, query);
        return new WireRequest(words[0], path, headers, body(in, headers, maxBody));
    }

    String header(String lowerCaseName) {
        return headers.getOrDefault(lowerCaseName, "");
    }

    boolean keepsAlive() {
        return !"close".equalsIgnoreCase(header("connection"));
    }

    private static byte[] body(InputStream in, Map<String, String> headers, int maxBody) throws IOException {
        if (!"chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            return upTo(maxBody, in, Long.parseLong(headers.getOrDefault("content-length", "0")));
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        boolean fits = true;
        for (long size = -1; size != 0; ) {
            size = Long.parseLong(required(in).split(";")[0].trim(), 16);
            byte[] chunk = upTo(maxBody - body.size(), in, size);
            fits &= chunk != null;
            body.write(fits ? chunk : new byte[0]);
            required(in);
        }
        return fits ? body.toByteArray() : null;
    }

    /**
     * Null for what is too large. It is read nevertheless: a client that is still sending would get a reset instead of
     * the answer.
     */
    private static byte[] upTo(int most, InputStream in, long length) throws IOException {
        if (length <= most) {
            return exactly(in, (int) length);
        }
        in.skipNBytes(length);
        return null;
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("The client left in the middle of a request");
        }
        return bytes;
    }

    private static String required(InputStream in) throws IOException {
        String line = line(in);
        if (line == null) {
            throw new EOFException("The client left in the middle of a request");
        }
        return line;
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(64);
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b == '\n') {
                return line.toString(StandardCharsets.UTF_8).stripTrailing();
            }
            if (line.size() == MAX_LINE) {
                throw new IOException("Line too long");
            }
            line.write(b);
        }
        return null;
    }
}
