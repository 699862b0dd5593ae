package io.threadpost.mail.mime;

import java.nio.charset.Charset;

/**
 * Japanese as Windows programs write it in EUC-JP and ISO-2022-JP: with NEC's row 13, and IBM's characters in rows 89
 * to 92, which Java takes for a user's own. Both are Shift_JIS in another order.
 */
final class JapaneseText {
    private static final Charset SHIFT_JIS = Charset.forName("windows-31j");
    /** For JIS X 0212, in three bytes. */
    private static final Charset EUC = Charset.forName("x-eucJP-Open");

    private static final int ESCAPE = 0x1b;

    private JapaneseText() {}

    static String euc(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length);
        for (int i = 0; i < bytes.length; ) {
            int length = length(bytes, i);
            text.append(
                    length == 2 && bytes[i] != (byte) 0x8e
                            ? character(bytes[i] & 0x7f, bytes[i + 1] & 0x7f)
                            : new String(bytes, i, length, EUC));
            i += length;
        }
        return text.toString();
    }

    /** @return the length of the character there; 1 for a byte that begins none */
    private static int length(byte[] bytes, int at) {
        int lead = bytes[at] & 0xff;
        int length = lead == 0x8f ? 3 : lead == 0x8e || lead >= 0xa1 ? 2 : 1;
        for (int i = 1; i < length; i++) {
            if (at + i >= bytes.length || (bytes[at + i] & 0xff) < 0xa1) {
                return 1;
            }
        }
        return length;
    }

    /** @param bytes with escape sequences, not in Latin letters at their end */
    static String iso2022(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length);
        String set = "(B";
        for (int i = 0; i < bytes.length; i++) {
            int c = bytes[i] & 0xff;
            boolean pair = set.startsWith("$") && c > ' ' && i + 1 < bytes.length && bytes[i + 1] > ' ';
            if (c == ESCAPE && i + 2 < bytes.length) {
                boolean long4 = bytes[i + 1] == '$' && bytes[i + 2] == '(' && i + 3 < bytes.length;
                set = "" + (char) bytes[i + 1] + (char) bytes[i + (long4 ? 3 : 2)];
                i += long4 ? 3 : 2;
            } else if (pair) {
                text.append(
                        set.equals("$D")
                                ? new String(
                                        new byte[] {(byte) 0x8f, (byte) (c | 0x80), (byte) (bytes[++i] | 0x80)}, EUC)
                                : character(c, bytes[++i]));
            } else if (set.equals("(I") && c > ' ' && c < 0x60) {
                text.append((char) (c - 0x21 + 0xff61));
            } else {
                text.append((char) c);
            }
        }
        return text.toString();
    }

    /** @return the character of that row and cell: Shift_JIS packs two rows into one */
    private static String character(int row, int cell) {
        int lead = (row - 0x21 >> 1) + 0x81;
        int trail = (row & 1) == 1 ? cell + (cell < 0x60 ? 0x1f : 0x20) : cell + 0x7e;
        return new String(new byte[] {(byte) (lead > 0x9f ? lead + 0x40 : lead), (byte) trail}, SHIFT_JIS);
    }
}
