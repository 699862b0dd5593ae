package io.threadpost.mail;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * The content of a part, decoded as it comes: counted, and kept up to a limit. What is broken in its encoding is left
 * out, or stays as it is.
 */
final class PartContent {
    private final Encoding encoding;
    private final int most;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream(256);
    private final Base64Bytes base64 = new Base64Bytes();
    private long bytes;
    private boolean ended;
    /** The line end before: it belongs to the boundary that may follow. */
    private byte[] lineEnd = {};
    /** Of quoted-printable, what may become a character: an equals sign, and the digit behind it. */
    private int pending;

    private int high;

    /** How a part is encoded. */
    enum Encoding {
        NONE,
        BASE64,
        QUOTED_PRINTABLE;

        static Encoding of(String name) {
            return switch (name) {
                case "base64" -> BASE64;
                case "quoted-printable" -> QUOTED_PRINTABLE;
                default -> NONE;
            };
        }
    }

    /** @param most bytes that are kept */
    PartContent(Encoding encoding, int most) {
        this.encoding = encoding;
        this.most = most;
    }

    /** @return how many bytes it has, decoded */
    long bytes() {
        return bytes;
    }

    /** @return its first bytes, at most so many as are to be kept */
    byte[] kept() {
        return kept.toByteArray();
    }

    /** Takes the line that was just read. */
    void add(MimeLineReader line) {
        byte[] buffer = line.buffer();
        for (byte b : lineEnd) {
            decode(b & 0xff);
        }
        for (int i = line.start(); i < line.contentEnd(); i++) {
            decode(buffer[i] & 0xff);
        }
        lineEnd = Arrays.copyOfRange(buffer, line.contentEnd(), line.end());
    }

    /** Nothing follows. @param lineEndCounts whether the last line end belongs to it: nothing cuts it off */
    void end(boolean lineEndCounts) {
        if (lineEndCounts) {
            for (byte b : lineEnd) {
                decode(b & 0xff);
            }
        }
        flush();
    }

    private void decode(int c) {
        switch (encoding) {
            case BASE64 -> base64(c);
            case QUOTED_PRINTABLE -> quoted(c);
            default -> put(c);
        }
    }

    private void base64(int c) {
        // What follows the padding was put there by somebody else.
        ended |= c == '=' && bytes > 0;
        int next = ended ? -1 : base64.next(c);
        if (next >= 0) {
            put(next);
        }
    }

    private void quoted(int c) {
        switch (pending) {
            case 0 -> {
                if (c == '=') {
                    pending = 1;
                } else {
                    put(c);
                }
            }
            case 1 -> {
                if (Character.digit(c, 16) >= 0) {
                    high = c;
                    pending = 2;
                } else if (c == '\r') {
                    pending = 3;
                } else if (c == '\n') {
                    pending = 0;
                } else if (c != ' ' && c != '\t') {
                    flush();
                    quoted(c);
                }
            }
            case 2 -> {
                if (Character.digit(c, 16) >= 0) {
                    put(16 * Character.digit(high, 16) + Character.digit(c, 16));
                    pending = 0;
                } else {
                    flush();
                    quoted(c);
                }
            }
            default -> {
                pending = 0;
                if (c != '\n') {
                    quoted(c);
                }
            }
        }
    }

    private void flush() {
        int was = pending;
        pending = 0;
        if (was == 1 || was == 2) {
            put('=');
        }
        if (was == 2) {
            put(high);
        }
    }

    private void put(int b) {
        bytes++;
        if (kept.size() < most) {
            kept.write(b);
        }
    }
}
