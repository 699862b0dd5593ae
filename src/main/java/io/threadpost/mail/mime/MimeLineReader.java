package io.threadpost.mail.mime;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Reads the lines of a body and recognises boundaries, in time linear in the length of the body. Long lines come in
 * pieces.
 */
final class MimeLineReader {
    /** RFC 2046 has boundaries of at most 70 characters. */
    static final int LONGEST_BOUNDARY = 70;

    private static final int BUFFER = 1 << 15;
    private static final int LONGEST_DELIMITER = LONGEST_BOUNDARY + 4;

    private final InputStream in;
    private final ReadingBudget budget;
    private final Deque<String> boundaries = new ArrayDeque<>();
    private final byte[] buffer = new byte[BUFFER];
    private int from;
    private int to;
    private boolean ended;
    private boolean lineBegins = true;

    private int start;
    private int contentEnd;
    private int end;
    private boolean begins;
    /** The depth of the last boundary. */
    private int owner;

    private boolean closing;

    MimeLineReader(InputStream in, ReadingBudget budget) {
        this.in = in;
        this.budget = budget;
    }

    /** What was read. */
    enum Kind {
        /** A line, or a piece of a long one. */
        TEXT,
        /** The line that begins or ends a part. */
        BOUNDARY,
        /** The end of the body. */
        END
    }

    /** The stream that the body is read from failed, which says nothing about the mail. */
    static final class SourceException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private SourceException(RuntimeException cause) {
            super(cause);
        }

        @Override
        public synchronized RuntimeException getCause() {
            return (RuntimeException) super.getCause();
        }
    }

    void open(String boundary) {
        boundaries.push(boundary);
    }

    void close() {
        boundaries.pop();
    }

    /** @return how many boundaries are open */
    int depth() {
        return boundaries.size();
    }

    /** @return whether that is the innermost boundary */
    boolean mine(Kind kind) {
        return kind == Kind.BOUNDARY && owner == boundaries.size();
    }

    /** Pushes back the line that was just read. */
    void back() {
        from = start;
        lineBegins = true;
    }

    /** @return whether the line looks like a header field */
    boolean field() {
        int colon = start;
        while (colon < contentEnd && buffer[colon] > ' ' && buffer[colon] < 127 && buffer[colon] != ':') {
            colon++;
        }
        int name = colon;
        while (colon < contentEnd && (buffer[colon] == ' ' || buffer[colon] == '\t')) {
            colon++;
        }
        return name > start && colon < contentEnd && buffer[colon] == ':';
    }

    /** @return whether the last boundary closes its multipart */
    boolean closing() {
        return closing;
    }

    byte[] buffer() {
        return buffer;
    }

    int start() {
        return start;
    }

    /** @return where the line's end begins; {@link #end} in a piece without one */
    int contentEnd() {
        return contentEnd;
    }

    int end() {
        return end;
    }

    /** @return whether it is a whole line, or the first piece of one */
    boolean lineBegins() {
        return begins;
    }

    /** Reads the next line. */
    Kind next() throws IOException {
        fill();
        if (from == to) {
            return Kind.END;
        }
        begins = lineBegins;
        start = from;
        contentEnd = from;
        while (contentEnd < to && buffer[contentEnd] != '\n' && buffer[contentEnd] != '\r') {
            contentEnd++;
        }
        end = contentEnd;
        boolean half = end + 1 == to && !ended && end > start;
        if (end < to && !(half && buffer[end] == '\r')) {
            end += buffer[end] == '\r' && end + 1 < to && buffer[end + 1] == '\n' ? 2 : 1;
        }
        lineBegins = end > contentEnd;
        from = end;
        return begins && boundary() ? Kind.BOUNDARY : Kind.TEXT;
    }

    /** Keeps more bytes in the buffer than a delimiter has, until the end is near. */
    private void fill() throws IOException {
        if (ended || to - from > LONGEST_DELIMITER + 2) {
            return;
        }
        budget.check();
        System.arraycopy(buffer, from, buffer, 0, to - from);
        to -= from;
        from = 0;
        while (!ended && to < buffer.length) {
            int read = readSource();
            ended = read < 0;
            to += Math.max(0, read);
            budget.read(Math.max(0, read));
        }
    }

    private int readSource() throws IOException {
        try {
            return in.read(buffer, to, buffer.length - to);
        } catch (RuntimeException e) {
            throw new SourceException(e);
        }
    }

    private boolean boundary() {
        if (contentEnd - start < 2 || buffer[start] != '-' || buffer[start + 1] != '-' || boundaries.isEmpty()) {
            return false;
        }
        owner = boundaries.size();
        for (String boundary : boundaries) {
            int rest = start + 2 + boundary.length();
            if (rest <= contentEnd && matches(boundary)) {
                closing = rest + 1 < contentEnd && buffer[rest] == '-' && buffer[rest + 1] == '-';
                if (closing || blank(rest)) {
                    return true;
                }
            }
            owner--;
        }
        return false;
    }

    private boolean matches(String boundary) {
        for (int i = boundary.length() - 1; i >= 0; i--) {
            if ((buffer[start + 2 + i] & 0xff) != boundary.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Text after a blank is ignored. */
    private boolean blank(int rest) {
        return rest == contentEnd || buffer[rest] == ' ' || buffer[rest] == '\t';
    }
}
