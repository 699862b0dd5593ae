package io.threadpost.mail;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Bytes as the text that was meant, whatever is said of them: a name that is missing, unknown or contradicted by the
 * bytes is made up for by what they look like.
 */
final class TextDecoder {
    private static final Charset WINDOWS = Charset.forName("windows-1252");
    private static final Charset JAPANESE_MAIL = Charset.forName("x-windows-50221");
    private static final char UNREADABLE = '\ufffd';
    /** So many characters are UTF-8 by chance in no text of a double-byte charset. */
    private static final int BY_CHANCE = 3;

    /** Charsets of ISO whose control characters nobody writes, with what Windows programs write under their names. */
    private static final Map<String, String> WITH_CONTROLS = Map.of(
            "ISO-8859-2", "windows-1250",
            "ISO-8859-4", "windows-1257",
            "ISO-8859-5", "windows-1251",
            "ISO-8859-6", "windows-1256",
            "ISO-8859-7", "windows-1253",
            "ISO-8859-8", "windows-1255",
            "ISO-8859-13", "windows-1257",
            "ISO-8859-15", "windows-1252",
            "ISO-8859-16", "windows-1250");

    private TextDecoder() {}

    /**
     * @param name as it was written in the mail; null when it was not
     * @return the text; what cannot be read in it is U+FFFD
     */
    static String decode(byte[] bytes, String name) {
        List<String> tables = CharsetNames.tables(name);
        if (tables.isEmpty() || tables.get(0).equals("us-ascii")) {
            return decode(bytes);
        }
        if (escapesToJapanese(bytes)) {
            return new String(bytes, JAPANESE_MAIL);
        }
        String first = tables.get(0).toLowerCase(Locale.ROOT);
        if (first.equals(CharsetNames.UTF_7) || first.equals(CharsetNames.HZ)) {
            boolean seven = ascii(bytes);
            return !seven ? decode(bytes) : first.equals(CharsetNames.HZ) ? SevenBit.hz(bytes) : SevenBit.utf7(bytes);
        }
        Charset charset = Charset.forName(first);
        if (first.startsWith("utf-16") || first.startsWith("utf-32")) {
            return wide(bytes, charset);
        }
        if (charset.equals(StandardCharsets.UTF_8)) {
            return utf8(bytes);
        }
        if (first.contains("2022") || first.contains("5022")) {
            return ascii(bytes) || first.contains("2022-kr") || first.contains("2022-cn")
                    ? new String(bytes, charset)
                    : decode(bytes);
        }
        return asNamed(bytes, tables, charset);
    }

    /** @return the text, by what the bytes look like */
    static String decode(byte[] bytes) {
        if (escapesToJapanese(bytes)) {
            return new String(bytes, JAPANESE_MAIL);
        }
        if (marked(bytes)) {
            return new String(bytes, StandardCharsets.UTF_16);
        }
        return strictly(bytes, StandardCharsets.UTF_8).orElseGet(() -> new String(bytes, CharsetDetector.of(bytes)));
    }

    /** @return empty when nobody knows a charset of that name, or what it means */
    static Optional<Charset> named(String name) {
        return CharsetNames.tables(name).stream()
                .findFirst()
                .filter(table -> !table.equals(CharsetNames.UTF_7) && !table.equals(CharsetNames.HZ))
                .map(Charset::forName);
    }

    private static String utf8(byte[] bytes) {
        if (marked(bytes)) {
            return new String(bytes, StandardCharsets.UTF_16);
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        boolean wrong = text.indexOf(UNREADABLE) >= 0 && text.chars().noneMatch(c -> c > 127 && c != UNREADABLE);
        return wrong ? new String(bytes, CharsetDetector.of(bytes)) : text;
    }

    /**
     * Of two or four bytes a character: in Latin text every other one is zero, in one that is wrongly called so none
     * is.
     */
    private static String wide(byte[] bytes, Charset charset) {
        int[] zeros = new int[2];
        int odd = 0;
        for (int i = 0; i < bytes.length; i++) {
            zeros[i & 1] += bytes[i] == 0 ? 1 : 0;
            odd += bytes[i] < ' ' && bytes[i] != '\n' && bytes[i] != '\r' && bytes[i] != '\t' ? 1 : 0;
        }
        if (zeros[0] + zeros[1] == 0 && !marked(bytes) && odd * 4 < bytes.length) {
            return decode(bytes);
        }
        boolean little = charset.equals(StandardCharsets.UTF_16) && !marked(bytes) && zeros[1] > zeros[0];
        return new String(bytes, little ? StandardCharsets.UTF_16LE : charset);
    }

    private static String asNamed(byte[] bytes, List<String> tables, Charset charset) {
        if (ascii(bytes)) {
            return new String(bytes, charset);
        }
        Optional<String> utf8 = strictly(bytes, StandardCharsets.UTF_8);
        boolean dense =
                charset.newEncoder().maxBytesPerChar() > 1 || charset.name().contains("874");
        boolean mixed = utf8.isPresent()
                && !CharsetDetector.wholeWords(utf8.get())
                && CharsetDetector.wholeWords(new String(bytes, charset));
        if (utf8.isPresent() && !mixed && (!dense || surely(bytes, utf8.get(), charset))) {
            return utf8.get();
        }
        if (WITH_CONTROLS.containsKey(charset.name()) && controls(bytes)) {
            return new String(bytes, Charset.forName(WITH_CONTROLS.get(charset.name())));
        }
        if (tables.size() == 1) {
            return new String(bytes, charset);
        }
        Charset second = Charset.forName(tables.get(1));
        String text = together(bytes, charset, second);
        boolean unassigned = text.chars().anyMatch(c -> Character.getType(c) == Character.PRIVATE_USE);
        return unassigned ? together(bytes, second, charset) : text;
    }

    /** Whether bytes that are both UTF-8 and of a double-byte charset are UTF-8. */
    private static boolean surely(byte[] bytes, String utf8, Charset named) {
        int beyond = 0;
        for (int i = 0; i < bytes.length; i++) {
            int b = bytes[i] & 0xff;
            // A character of three or four bytes; and second bytes that the charsets' common characters do not have.
            if (b >= 0xe0 || b >= 0x80 && b <= 0xa0) {
                return true;
            }
            beyond += b >= 0xc0 ? 1 : 0;
        }
        return beyond >= BY_CHANCE
                || strictly(bytes, named).filter(CharsetDetector::wholeWords).isEmpty()
                        && CharsetDetector.wholeWords(utf8);
    }

    /** By the first table, and what that does not hold by the second. */
    private static String together(byte[] bytes, Charset first, Charset second) {
        CharsetDecoder decoder = first.newDecoder();
        CharsetDecoder other = second.newDecoder().onMalformedInput(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate((int) (bytes.length * (double) decoder.maxCharsPerByte()) + 16);
        for (CoderResult result = decoder.decode(in, out, true);
                result.isError();
                result = decoder.decode(in, out, true)) {
            int at = in.position();
            int length = Math.min(result.length(), in.remaining());
            boolean pair = length == 1 && in.remaining() > 1 && in.get(at) < 0;
            int taken = 0;
            for (int tried : pair ? new int[] {2, 1} : new int[] {length}) {
                CharBuffer one = CharBuffer.allocate(4);
                CoderResult tries = other.reset().decode(ByteBuffer.wrap(bytes, at, tried), one, true);
                if (tries.isUnderflow() && one.position() > 0) {
                    out.put(one.flip());
                    taken = tried;
                    break;
                }
            }
            if (taken == 0) {
                out.put(UNREADABLE);
                taken = Math.max(1, length);
            }
            in.position(at + taken);
            decoder.reset();
        }
        decoder.flush(out);
        return out.flip().toString();
    }

    private static Optional<String> strictly(byte[] bytes, Charset charset) {
        try {
            return Optional.of(
                    charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static boolean ascii(byte[] bytes) {
        for (byte b : bytes) {
            if (b < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean controls(byte[] bytes) {
        for (byte b : bytes) {
            if (b < (byte) 0xa0) {
                return true;
            }
        }
        return false;
    }

    /** @return whether it begins with the byte order mark of UTF-16 */
    private static boolean marked(byte[] bytes) {
        return bytes.length > 1
                && (bytes[0] == (byte) 0xfe && bytes[1] == (byte) 0xff
                        || bytes[0] == (byte) 0xff && bytes[1] == (byte) 0xfe);
    }

    /** @return whether there is an escape sequence that leads to Japanese characters */
    private static boolean escapesToJapanese(byte[] bytes) {
        for (int i = 0; i + 2 < bytes.length; i++) {
            if (bytes[i] == 0x1b
                    && (bytes[i + 1] == '$' && (bytes[i + 2] == 'B' || bytes[i + 2] == '@')
                            || bytes[i + 1] == '(' && bytes[i + 2] == 'I')) {
                return true;
            }
        }
        return false;
    }
}
