package io.threadpost.mail.mime;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Splits a raw mail into header and body, whatever is wrong with it: lines that are no fields continue the line before
 * while more fields follow, and otherwise begin the body.
 */
final class HeaderBlock {
    /** The limit for the header, so that it fits into memory. */
    private static final int LONGEST = 1 << 20;

    private final List<Field> fields = new ArrayList<>();
    private final byte[] head;
    private final int body;
    private int found;

    private final int most;
    /** Shares one string between fields of the same name. */
    private final Map<String, String> names = new HashMap<>();

    private boolean cut;

    private HeaderBlock(byte[] head, int most) {
        this.head = head;
        this.most = most;
        this.body = parse();
        this.cut |= head.length == LONGEST && body == LONGEST;
    }

    /**
     * A header field.
     *
     * @param name in lower case
     * @param value raw, unfolded, without surrounding blanks
     */
    record Field(String name, byte[] value) {}

    /**
     * A split mail; the body continues the mail's stream.
     *
     * @param cut whether the header is longer than the limit
     */
    record Split(List<Field> fields, InputStream body, boolean cut) {}

    /** Reads the header, at most a MiB, and leaves the body. */
    static Split split(InputStream mail) throws IOException {
        return split(mail, Integer.MAX_VALUE);
    }

    /** @param most the limit of fields; further ones are skipped */
    static Split split(InputStream mail, int most) throws IOException {
        HeaderBlock block = new HeaderBlock(mail.readNBytes(LONGEST), most);
        InputStream rest = new ByteArrayInputStream(block.head, block.body, block.head.length - block.body);
        return new Split(block.fields, new SequenceInputStream(rest, mail), block.cut);
    }

    private int parse() {
        int at = beginning();
        String name = null;
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        while (at < head.length) {
            int end = lineEnd(at);
            int next = nextLine(end);
            int colon = colon(name == null ? firstWord(at, end) : at, end);
            if (end == at) {
                at = next;
                break;
            } else if (colon > 0) {
                keep(name, value);
                name = text(at, colon).strip().toLowerCase(Locale.ROOT);
                value.write(head, colon + 1, end - colon - 1);
            } else if (name != null && blank(head[at]) && (!blank(at, end) || moreFollows(next))) {
                value.write(head, at, end - at);
            } else if (blank(at, end)) {
                at = next;
                break;
            } else if (head[at] != ':' && !mailboxLine(at)) {
                if (startsWith(at, "--") || !moreFollows(next)) {
                    break;
                }
                // A line that was wrapped without a leading blank.
                value.write(' ');
                value.write(head, at, end - at);
            }
            at = next;
        }
        keep(name, value);
        return at;
    }

    /** @return where the first line that is not blank begins; 0 when no header follows */
    private int beginning() {
        int at = 0;
        if (startsWith(0, "\u00ef\u00bb\u00bf")) {
            at = 3;
        }
        while (at < head.length && blank(at, lineEnd(at))) {
            at = nextLine(lineEnd(at));
        }
        boolean field = at < head.length && colon(firstWord(at, lineEnd(at)), lineEnd(at)) > 0;
        return field || mailboxLine(at) ? at : 0;
    }

    /** The separator line of an mbox file. */
    private boolean mailboxLine(int at) {
        return startsWith(at, "From ") || startsWith(at, ">From ");
    }

    /** @return whether a field follows that line, before an empty one */
    private boolean moreFollows(int from) {
        // Searches each line only once, as a header may be nothing but broken lines.
        for (int at = Math.max(from, found); at < head.length && !blank(at, lineEnd(at)); at = nextLine(lineEnd(at))) {
            if (colon(at, lineEnd(at)) > 0) {
                found = at;
                return true;
            }
        }
        return false;
    }

    private void keep(String name, ByteArrayOutputStream value) {
        if (name != null && fields.size() < most) {
            fields.add(new Field(names.computeIfAbsent(name, first -> first), stripped(value.toByteArray())));
        }
        cut |= fields.size() == most;
        value.reset();
    }

    /** @return the position of the colon after a field's name; 0 when the line is no field */
    private int colon(int at, int end) {
        int colon = at;
        while (colon < end && head[colon] > ' ' && head[colon] < 127 && head[colon] != ':') {
            colon++;
        }
        int name = colon;
        while (colon < end && blank(head[colon])) {
            colon++;
        }
        return name > at && colon < end && head[colon] == ':' ? colon : 0;
    }

    /** @return where the line's first word begins: some programs write a blank before the first field */
    private int firstWord(int at, int end) {
        int word = at;
        while (word < end && blank(head[word])) {
            word++;
        }
        return word;
    }

    private int lineEnd(int at) {
        int end = at;
        while (end < head.length && head[end] != '\n' && head[end] != '\r') {
            end++;
        }
        return end;
    }

    private int nextLine(int end) {
        boolean two = end + 1 < head.length && head[end] == '\r' && head[end + 1] == '\n';
        return Math.min(head.length, end + (two ? 2 : 1));
    }

    private boolean blank(int from, int to) {
        for (int i = from; i < to; i++) {
            if (!blank(head[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean blank(byte b) {
        return b == ' ' || b == '\t';
    }

    private boolean startsWith(int at, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (at + i >= head.length || (head[at + i] & 0xff) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private String text(int from, int to) {
        return new String(head, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private static byte[] stripped(byte[] value) {
        int from = 0;
        int to = value.length;
        while (from < to && blank(value[from])) {
            from++;
        }
        while (to > from && blank(value[to - 1])) {
            to--;
        }
        return Arrays.copyOfRange(value, from, to);
    }
}
