package io.threadpost.example;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The encodings of a mail's texts, there and back. What is not encoded as it should be is taken as it is. */
final class MailEncoding {
    /** A mail as a text of bytes. */
    static final Charset BYTES = StandardCharsets.ISO_8859_1;

    private static final String EOL = "\r\n";
    /** An encoded word has at most 75 bytes. */
    private static final int CHARACTERS_OF_WORD = 15;

    private MailEncoding() {}

    static Optional<Charset> charset(String name) {
        try {
            return Optional.of(Charset.forName(name)).filter(Charset::canEncode);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static Optional<String> decoded(byte[] bytes, Charset charset) {
        try {
            return Optional.of(
                    charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    static byte[] base64(String text) {
        try {
            return Base64.getMimeDecoder().decode(text.replaceAll("[^A-Za-z0-9+/=]", ""));
        } catch (IllegalArgumentException e) {
            return text.getBytes(BYTES);
        }
    }

    static String lines(byte[] bytes) {
        return Base64.getMimeEncoder().encodeToString(bytes) + EOL;
    }

    static byte[] quoted(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            String hex = text.charAt(i) == '=' && i + 2 < text.length() ? text.substring(i + 1, i + 3) : "";
            if (text.charAt(i) == '=' && i + 3 == text.length()) {
                hex = text.substring(i + 1);
            }
            if (hex.matches("[0-9A-Fa-f]{2}")) {
                bytes.write(Integer.parseInt(hex, 16));
                i += 2;
            } else {
                bytes.write(text.charAt(i));
            }
        }
        return bytes.toByteArray();
    }

    /**
     * Encodes a text for a header.
     *
     * @param kind {@code B} for Base64, {@code Q} for quoted
     * @return as many encoded words as it needs
     */
    static String words(String text, String charsetName, Charset charset, String kind) {
        List<String> words = new ArrayList<>();
        int from = 0;
        while (from < text.length()) {
            int to = Math.min(text.length(), from + CHARACTERS_OF_WORD);
            to += to < text.length() && Character.isHighSurrogate(text.charAt(to - 1)) ? 1 : 0;
            byte[] part = text.substring(from, to).getBytes(charset);
            String content = kind.equals("B") ? Base64.getEncoder().encodeToString(part) : quotedWord(part);
            words.add("=?" + charsetName + "?" + kind + "?" + content + "?=");
            from = to;
        }
        return String.join(EOL + " ", words);
    }

    private static String quotedWord(byte[] bytes) {
        StringBuilder out = new StringBuilder();
        for (byte b : bytes) {
            boolean plain = b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z';
            out.append(b == ' ' ? "_" : plain ? String.valueOf((char) b) : String.format(Locale.ROOT, "=%02X", b));
        }
        return out.toString();
    }

    static String quotedPrintable(byte[] bytes) {
        return new String(bytes, BYTES)
                .lines()
                .map(line -> {
                    StringBuilder out = new StringBuilder();
                    int column = 0;
                    for (int i = 0; i < line.length(); i++) {
                        char c = line.charAt(i);
                        boolean last = i == line.length() - 1;
                        String coded = c > ' ' && c < 127 && c != '=' || (c == ' ' || c == '\t') && !last
                                ? String.valueOf(c)
                                : String.format(Locale.ROOT, "=%02X", (int) c);
                        if (column + coded.length() > 75) {
                            out.append('=').append(EOL);
                            column = 0;
                        }
                        out.append(coded);
                        column += coded.length();
                    }
                    return out.append(EOL).toString();
                })
                .collect(Collectors.joining());
    }
}
