package io.threadpost.mail;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The lines of a body, with the boundaries among them, in time that grows with the length of the body alone. Long lines
 * come in pieces.
 */
final class MimeLineReader {
    /** RFC 2046 has boundaries of at most 70 characters. */
    static final int LONGEST_BOUNDARY = 70;

    private static final int BUFFER = 1 << 15;
    private static final int LONGEST_DELIMITER = LONGEST_BOUNDARY + 4;

    private final InputStream in;
    private final ReadingBudget readingBudget;
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
    /** The depth of the boundary that was met last. */
    private int owner;

    private boolean closing;

    MimeLineReader(InputStream in, ReadingBudget readingBudget) {
        this.in = in;
        this.readingBudget = readingBudget;
    }

    /** What stands in a place. */
    enum Kind {
        /** A line, or a piece of a long one. */
        TEXT,
        /** The line that begins or ends a part. */
        BOUNDARY,
        /** Nothing more. */
        END
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

    /** @return whether that is the boundary that was opened last */
    boolean mine(Kind kind) {
        return kind == Kind.BOUNDARY && owner == boundaries.size();
    }

    /** The line that was just read is read once more. */
    void back() {
        from = start;
        lineBegins = true;
    }

    /** @return whether the line looks like one of a header */
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

    /** @return whether the boundary that was just met is the last one of its parts */
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

    /** @return whether it is a line as a whole, or the first piece of one */
    boolean lineBegins() {
        return begins;
    }

    /** Goes on to the next line. */
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

    /** There are always more bytes than a delimiter has, until the end is near. */
    private void fill() throws IOException {
        if (ended || to - from > LONGEST_DELIMITER + 2) {
            return;
        }
        readingBudget.check();
        System.arraycopy(buffer, from, buffer, 0, to - from);
        to -= from;
        from = 0;
        while (!ended && to < buffer.length) {
            int read = in.read(buffer, to, buffer.length - to);
            ended = read < 0;
            to += Math.max(0, read);
            readingBudget.read(Math.max(0, read));
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

    /** What stands behind a blank counts for nothing. */
    private boolean blank(int rest) {
        return rest == contentEnd || buffer[rest] == ' ' || buffer[rest] == '\t';
    }
}
