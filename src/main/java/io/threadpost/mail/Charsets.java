package io.threadpost.mail;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Bytes as text, whatever is said of them: an unknown, missing or wrong charset is made up for by what the bytes look like. */
final class Charsets {
    private static final Charset WINDOWS = Charset.forName("windows-1252");

    /** Names that are common in mails, with what is meant by them: supersets in whose favour mail programs err, too. */
    private static final Map<String, String> MEANT = Map.ofEntries(
            Map.entry("iso-8859-1", "windows-1252"),
            Map.entry("latin1", "windows-1252"),
            Map.entry("latin-1", "windows-1252"),
            Map.entry("iso-8859-9", "windows-1254"),
            Map.entry("iso-8859-8-i", "iso-8859-8"),
            Map.entry("iso-8859-8-e", "iso-8859-8"),
            Map.entry("ks_c_5601-1987", "x-windows-949"),
            Map.entry("ks_c_5601", "x-windows-949"),
            Map.entry("euc-kr", "x-windows-949"),
            Map.entry("gb2312", "gb18030"),
            Map.entry("gbk", "gb18030"),
            Map.entry("x-gbk", "gb18030"),
            Map.entry("shift_jis", "windows-31j"),
            Map.entry("shift-jis", "windows-31j"),
            Map.entry("x-sjis", "windows-31j"),
            Map.entry("sjis", "windows-31j"),
            Map.entry("cp932", "windows-31j"),
            Map.entry("x-big5", "big5"),
            Map.entry("utf8", "utf-8"));

    private Charsets() {}

    /**
     * @param name as it was written in the mail; null when it was not
     * @return the text; what cannot be read in it is U+FFFD
     */
    static String decode(byte[] bytes, String name) {
        Charset charset = named(name).orElse(null);
        if (charset == null || charset.equals(StandardCharsets.US_ASCII)) {
            return decode(bytes);
        }
        if (!charset.equals(StandardCharsets.UTF_8)) {
            return new String(bytes, charset);
        }
        String text = new String(bytes, charset);
        boolean wrong = text.indexOf('\ufffd') >= 0 && text.chars().noneMatch(c -> c > 127 && c != '\ufffd');
        return wrong ? new String(bytes, WINDOWS) : text;
    }

    /** @return the text, by what the bytes look like */
    static String decode(byte[] bytes) {
        if (escapes(bytes)) {
            return new String(bytes, Charset.forName("ISO-2022-JP"));
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, CharsetGuess.of(bytes));
        }
    }

    /** @return empty when nobody knows a charset of that name, or what it means */
    static Optional<Charset> named(String name) {
        String plain =
                name == null ? "" : name.strip().replaceAll("^[\"']|[\"']$", "").toLowerCase(Locale.ROOT);
        try {
            Charset charset = Charset.forName(MEANT.getOrDefault(plain, plain));
            return Optional.of(charset);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return Optional.empty();
        }
    }

    /** @return whether there is an escape sequence that leads to Japanese characters */
    private static boolean escapes(byte[] bytes) {
        for (int i = 0; i + 2 < bytes.length; i++) {
            if (bytes[i] == 0x1b && bytes[i + 1] == '$' && (bytes[i + 2] == 'B' || bytes[i + 2] == '@')) {
                return true;
            }
        }
        return false;
    }
}
