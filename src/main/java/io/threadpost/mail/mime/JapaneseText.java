package io.threadpost.mail.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Japanese as Windows programs write it in EUC-JP and ISO-2022-JP: with NEC's row 13, and IBM's characters in rows 89
 * to 92, which Java takes for a user's own. Both are Shift_JIS in another order.
 */
final class JapaneseText {
    private static final Charset SHIFT_JIS = Charset.forName("windows-31j");
    /** With JIS X 0213. */
    private static final Charset SHIFT_JIS_2004 = Charset.forName("x-SJIS_0213");
    /** For JIS X 0212, in three bytes. */
    private static final Charset EUC = Charset.forName("x-eucJP-Open");
    /** For what Java writes in the place of JIS X 0212. */
    private static final Charset WINDOWS = Charset.forName("x-windows-50221");

    private static final Charset CHINESE = Charset.forName("gb18030");
    private static final Charset KOREAN = Charset.forName("x-windows-949");
    private static final Charset GREEK = Charset.forName("iso-8859-7");

    private static final byte ESCAPE = 0x1b;
    private static final byte SHIFT_OUT = 0x0e;
    private static final byte SHIFT_IN = 0x0f;
    private static final char UNREADABLE = '\ufffd';

    private final byte[] bytes;
    private final StringBuilder text;
    /** What is not decoded yet, in one charset. */
    private final ByteArrayOutputStream run = new ByteArrayOutputStream();

    private Charset charset = SHIFT_JIS;

    private JapaneseText(byte[] bytes) {
        this.bytes = bytes;
        this.text = new StringBuilder(bytes.length);
    }

    static String euc(byte[] bytes) {
        return new JapaneseText(bytes).euc();
    }

    /** @param bytes with escape sequences, also those to other languages (RFC 1554) and to JIS X 0213 */
    static String iso2022(byte[] bytes) {
        return new JapaneseText(bytes).iso2022();
    }

    private String euc() {
        for (int i = 0; i < bytes.length; ) {
            int length = length(i);
            if (length == 2 && bytes[i] != (byte) 0x8e) {
                shiftJis(SHIFT_JIS, bytes[i] & 0x7f, bytes[i + 1] & 0x7f);
            } else {
                in(EUC).write(bytes, i, length);
            }
            i += length;
        }
        return ended();
    }

    /** @return the length of the character there; 1 for a byte that begins none */
    private int length(int at) {
        int lead = bytes[at] & 0xff;
        int length = lead == 0x8f ? 3 : lead == 0x8e || lead >= 0xa1 ? 2 : 1;
        for (int i = 1; i < length; i++) {
            if (at + i >= bytes.length || (bytes[at + i] & 0xff) < 0xa1) {
                return 1;
            }
        }
        return length;
    }

    private String iso2022() {
        String set = "(B";
        boolean shifted = false;
        Charset upper = StandardCharsets.ISO_8859_1;
        for (int i = 0; i < bytes.length; i++) {
            int c = bytes[i] & 0xff;
            boolean escape = c == ESCAPE && i + 2 < bytes.length;
            if (escape && bytes[i + 1] == 'N') {
                in(upper).write(bytes[i + 2] | 0x80);
                i += 2;
            } else if (escape && bytes[i + 1] == '.') {
                upper = bytes[i + 2] == 'F' ? GREEK : StandardCharsets.ISO_8859_1;
                i += 2;
            } else if (escape) {
                boolean long4 = bytes[i + 1] == '$' && bytes[i + 2] == '(' && i + 3 < bytes.length;
                set = "" + (char) bytes[i + 1] + (char) bytes[i + (long4 ? 3 : 2)];
                i += long4 ? 3 : 2;
            } else if (c == SHIFT_OUT || c == SHIFT_IN) {
                shifted = c == SHIFT_OUT;
            } else if ((shifted || set.equals("(I")) && c > ' ' && c < 0x60) {
                in(SHIFT_JIS).write(c | 0x80);
            } else if (set.startsWith("$") && c > ' ' && i + 1 < bytes.length && bytes[i + 1] > ' ') {
                pair(set, c, bytes[++i]);
            } else if (set.equals("(J") && c == '\\') {
                // JIS X 0201: prices have it. Its overline is a tilde to programs, as in addresses of pages.
                end();
                text.append('¥');
            } else {
                in(StandardCharsets.ISO_8859_1).write(c);
            }
        }
        return ended();
    }

    private void pair(String set, int row, int cell) {
        switch (set) {
            case "$A" -> upper(CHINESE, row, cell);
            case "$C" -> upper(KOREAN, row, cell);
            case "$D" -> {
                in(EUC).write(0x8f);
                upper(EUC, row, cell);
            }
            case "$O", "$Q" -> shiftJis(SHIFT_JIS_2004, row, cell);
            default -> shiftJis(SHIFT_JIS, row, cell);
        }
    }

    private void upper(Charset charset, int row, int cell) {
        in(charset).write(row | 0x80);
        run.write(cell | 0x80);
    }

    /** Shift_JIS packs two rows into one. */
    private void shiftJis(Charset charset, int row, int cell) {
        int lead = (row - 0x21 >> 1) + 0x81;
        in(charset).write(lead > 0x9f ? lead + 0x40 : lead);
        run.write((row & 1) == 1 ? cell + (cell < 0x60 ? 0x1f : 0x20) : cell + 0x7e);
    }

    /** @return for the bytes that come next */
    private ByteArrayOutputStream in(Charset next) {
        if (next != charset) {
            end();
            charset = next;
        }
        return run;
    }

    private void end() {
        byte[] written = run.toByteArray();
        String decoded = charset == EUC ? supplementary(written) : new String(written, charset);
        text.append(decoded);
        run.reset();
    }

    private String ended() {
        end();
        return text.toString();
    }

    /** @return characters of JIS X 0212, or what Java writes there: those that only IBM's tables have */
    private static String supplementary(byte[] euc) {
        ByteArrayOutputStream escaped = new ByteArrayOutputStream(euc.length + 4);
        escaped.writeBytes(new byte[] {ESCAPE, '$', '(', 'D'});
        for (byte b : euc) {
            if (b != (byte) 0x8f) {
                escaped.write(b & 0x7f);
            }
        }
        String text = new String(euc, EUC);
        String windows = new String(escaped.toByteArray(), WINDOWS);
        return windows.length() * 3 == euc.length && windows.indexOf(UNREADABLE) < 0 ? windows : text;
    }
}
