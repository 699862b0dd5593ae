package io.threadpost.mail.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;

/**
 * Decodes the seven-bit encodings that Java lacks: UTF-7 (RFC 2152) and HZ (RFC 1843). Broken sequences stay as they
 * are.
 */
final class SevenBit {
    private static final Charset GB2312 = Charset.forName("gb18030");

    private SevenBit() {}

    static String utf7(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != '+') {
                text.append((char) (bytes[i] & 0xff));
            } else if (i + 1 < bytes.length && bytes[i + 1] == '-') {
                text.append('+');
                i++;
            } else {
                i = shifted(bytes, i + 1, text);
            }
        }
        return text.toString();
    }

    /** @return the index of the last byte that was read */
    private static int shifted(byte[] bytes, int from, StringBuilder text) {
        int bits = 0;
        int count = 0;
        int at = from;
        for (int digit = digit(bytes, at); digit >= 0; digit = digit(bytes, ++at)) {
            bits = bits << 6 | digit;
            count += 6;
            if (count >= 16) {
                count -= 16;
                text.append((char) (bits >> count));
                bits &= (1 << count) - 1;
            }
        }
        if (at == from) {
            text.append('+');
        }
        return at < bytes.length && bytes[at] == '-' && at > from ? at : at - 1;
    }

    private static int digit(byte[] bytes, int at) {
        boolean digit = at < bytes.length && bytes[at] != '-' && bytes[at] != '_';
        return digit ? Base64Decoder.digit(bytes[at]) : -1;
    }

    static String hz(byte[] bytes) {
        ByteArrayOutputStream gb = new ByteArrayOutputStream(bytes.length);
        boolean chinese = false;
        for (int i = 0; i < bytes.length; i++) {
            int next = i + 1 < bytes.length ? bytes[i + 1] : 0;
            if (bytes[i] == '~' && (next == '{' || next == '}')) {
                chinese = next == '{';
                i++;
            } else if (bytes[i] == '~' && next == '~' && !chinese) {
                gb.write('~');
                i++;
            } else if (bytes[i] == '~' && (next == '\n' || next == '\r') && !chinese) {
                i++;
            } else if (chinese && bytes[i] == '\n') {
                chinese = false;
                gb.write('\n');
            } else {
                gb.write(chinese ? bytes[i] | 0x80 : bytes[i]);
            }
        }
        return new String(gb.toByteArray(), GB2312);
    }
}
