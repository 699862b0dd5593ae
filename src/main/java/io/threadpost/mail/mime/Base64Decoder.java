package io.threadpost.mail.mime;

import java.io.ByteArrayOutputStream;

/**
 * Decodes base64 leniently: cut anywhere, with foreign characters in it, in both alphabets. After padding a new text
 * begins.
 */
final class Base64Decoder {
    private int bits;
    private int count;

    /** @return the digit's value, also in the URL alphabet; -1 for other characters */
    static int digit(int c) {
        if (c >= 'A' && c <= 'Z') {
            return c - 'A';
        } else if (c >= 'a' && c <= 'z') {
            return c - 'a' + 26;
        } else if (c >= '0' && c <= '9') {
            return c - '0' + 52;
        }
        return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
    }

    /** @return the next byte; -1 when more is needed for it */
    int next(int c) {
        int digit = digit(c);
        if (c == '=') {
            count = 0;
            bits = 0;
        }
        if (digit < 0) {
            return -1;
        }
        bits = bits << 6 | digit;
        count += 6;
        if (count < 8) {
            return -1;
        }
        count -= 8;
        int next = bits >> count & 0xff;
        bits &= (1 << count) - 1;
        return next;
    }

    /** Decodes a text as a whole. */
    static byte[] decode(CharSequence text) {
        Base64Decoder base64 = new Base64Decoder();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length() * 3 / 4 + 3);
        for (int i = 0; i < text.length(); i++) {
            int next = base64.next(text.charAt(i));
            if (next >= 0) {
                bytes.write(next);
            }
        }
        return bytes.toByteArray();
    }
}
