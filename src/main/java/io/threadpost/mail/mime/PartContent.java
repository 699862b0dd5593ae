package io.threadpost.mail.mime;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * Decodes the content of a part as it comes, counts it, and keeps it up to a limit. Broken encoding is dropped or kept
 * as it is.
 */
final class PartContent {
    private final Encoding encoding;
    private final int most;
    private final OutputStream copy;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream(256);
    private final Base64Decoder base64 = new Base64Decoder();
    private long bytes;
    private boolean ended;
    /** The last line end: it belongs to the boundary that may follow. */
    private byte[] lineEnd = {};
    /** The pending state of quoted-printable: after an equals sign, and after its first digit. */
    private int pending;

    private int high;

    /** The copy cannot be written. */
    static final class CopyException extends UncheckedIOException {
        private static final long serialVersionUID = 1L;

        private CopyException(IOException cause) {
            super(cause);
        }
    }

    /** The transfer encoding of a part. */
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

    /** @param most the limit of bytes that are kept */
    PartContent(Encoding encoding, int most) {
        this(encoding, most, OutputStream.nullOutputStream());
    }

    private PartContent(Encoding encoding, int most, OutputStream copy) {
        this.encoding = encoding;
        this.most = most;
        this.copy = copy;
    }

    /**
     * Keeps nothing, and copies everything.
     *
     * @param copy buffered; not closed
     */
    static PartContent copying(Encoding encoding, OutputStream copy) {
        return new PartContent(encoding, 0, copy);
    }

    /** @return the decoded size */
    long bytes() {
        return bytes;
    }

    /** @return its first bytes, up to the limit */
    byte[] kept() {
        return kept.toByteArray();
    }

    /** Adds the line that was just read. */
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

    /**
     * Ends the content.
     *
     * @param lineEndCounts whether the last line end belongs to it and not to a boundary
     */
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
        // Text after the padding was appended in transit.
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
        try {
            copy.write(b);
        } catch (IOException e) {
            throw new CopyException(e);
        }
        if (kept.size() < most) {
            kept.write(b);
        }
    }
}
