package io.threadpost.mail.mime;

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
 * Decodes text. Where the charset's name is missing, unknown or contradicted by the bytes, the charset is detected from
 * the bytes.
 */
final class TextDecoder {
    private static final char UNREADABLE = '\ufffd';
    /** No text in a double-byte charset has so many characters that are valid UTF-8 by chance. */
    private static final int BY_CHANCE = 3;

    /** Two Korean characters in UTF-16 may be valid UTF-8 by chance. */
    private static final int SHORT = 4;

    /** Text in another charset has more sequences that are broken in UTF-8. */
    private static final int MOSTLY = 2;

    /**
     * ISO charsets with the Windows ones that programs write under their names: nobody writes the ISO control
     * characters.
     */
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
     * @param name the charset's name in the mail; null without one
     * @return the text, with U+FFFD for what cannot be decoded
     */
    static String decode(byte[] bytes, String name) {
        List<String> tables = CharsetNames.tables(name);
        if (CharsetNames.unspecific(name)) {
            return decode(bytes);
        }
        if (escapesToJapanese(bytes)) {
            return JapaneseText.iso2022(bytes);
        }
        String first = tables.get(0).toLowerCase(Locale.ROOT);
        if (first.equals(CharsetNames.UTF_7) || first.equals(CharsetNames.HZ)) {
            boolean seven = ascii(bytes);
            return !seven ? decode(bytes) : first.equals(CharsetNames.HZ) ? SevenBit.hz(bytes) : SevenBit.utf7(bytes);
        }
        Optional<SingleByteTable> table = SingleByteTable.named(first);
        if (table.isPresent()) {
            return strictly(bytes, StandardCharsets.UTF_8)
                    .orElseGet(() -> table.get().decode(bytes));
        }
        Charset charset = Charset.forName(first);
        if (first.startsWith("utf-16") || first.startsWith("utf-32")) {
            return wide(bytes, charset);
        }
        if (charset.equals(StandardCharsets.UTF_8)) {
            return utf8(bytes);
        }
        if (first.contains("2022") || first.contains("5022")) {
            return ascii(bytes) ? new String(bytes, charset) : decode(bytes);
        }
        return asNamed(bytes, tables, charset);
    }

    /** @return the text, its charset detected from the bytes */
    static String decode(byte[] bytes) {
        if (escapesToJapanese(bytes)) {
            return JapaneseText.iso2022(bytes);
        }
        if (marked(bytes)) {
            return new String(bytes, StandardCharsets.UTF_16);
        }
        return strictly(bytes, StandardCharsets.UTF_8)
                .or(() -> mostly(bytes))
                .orElseGet(() -> new String(bytes, CharsetDetector.detect(bytes)));
    }

    /** @return UTF-8 in which a few characters are broken or cut; empty if it is hardly UTF-8 */
    private static Optional<String> mostly(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        long broken = text.chars().filter(c -> c == UNREADABLE).count();
        long whole = text.codePoints().filter(c -> c > 127 && c != UNREADABLE).count();
        return whole > MOSTLY * broken ? Optional.of(text) : Optional.empty();
    }

    private static boolean unassigned(String text) {
        return text.chars().anyMatch(c -> Character.getType(c) == Character.PRIVATE_USE);
    }

    private static String utf8(byte[] bytes) {
        if (marked(bytes)) {
            return new String(bytes, StandardCharsets.UTF_16);
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        boolean wrong = text.indexOf(UNREADABLE) >= 0 && text.chars().noneMatch(c -> c > 127 && c != UNREADABLE);
        return wrong ? new String(bytes, CharsetDetector.detect(bytes)) : text;
    }

    /** UTF-16 or UTF-32: in Latin text every other byte is zero; without any the name is wrong. */
    private static String wide(byte[] bytes, Charset charset) {
        int[] zeros = new int[2];
        int odd = 0;
        for (int i = 0; i < bytes.length; i++) {
            zeros[i & 1] += bytes[i] == 0 ? 1 : 0;
            odd += bytes[i] < ' ' && bytes[i] != '\n' && bytes[i] != '\r' && bytes[i] != '\t' ? 1 : 0;
        }
        boolean zero = zeros[0] + zeros[1] > 0;
        if (!zero && !marked(bytes) && (odd * 4 < bytes.length || bytes.length > SHORT && utf8Beyond(bytes))) {
            return decode(bytes);
        }
        boolean little = charset.equals(StandardCharsets.UTF_16) && !marked(bytes) && zeros[1] > zeros[0];
        return new String(bytes, little ? StandardCharsets.UTF_16LE : charset);
    }

    private static String asNamed(byte[] bytes, List<String> tables, Charset charset) {
        if (ascii(bytes)) {
            // Text in EBCDIC is never ASCII.
            return new String(bytes, StandardCharsets.US_ASCII);
        }
        Optional<String> utf8 = strictly(bytes, StandardCharsets.UTF_8)
                .or(() -> impossible(bytes, charset) ? mostly(bytes) : Optional.empty());
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
        if (charset.name().equalsIgnoreCase("x-eucJP-Open")) {
            return JapaneseText.euc(bytes);
        }
        if (tables.size() == 1) {
            return new String(bytes, charset);
        }
        Charset second = Charset.forName(tables.get(1));
        String text = together(bytes, charset, second);
        return unassigned(text) ? together(bytes, second, charset) : text;
    }

    private static boolean impossible(byte[] bytes, Charset charset) {
        return new String(bytes, charset).indexOf(UNREADABLE) >= 0;
    }

    /** @return whether bytes that are valid in both UTF-8 and a double-byte charset are UTF-8 */
    private static boolean surely(byte[] bytes, String utf8, Charset named) {
        int beyond = 0;
        for (int i = 0; i < bytes.length; i++) {
            int b = bytes[i] & 0xff;
            // Characters of three or four bytes, and second bytes that common characters of those charsets do not have.
            if (b >= 0xe0 || b >= 0x80 && b <= 0xa0) {
                return true;
            }
            beyond += b >= 0xc0 ? 1 : 0;
        }
        return beyond >= BY_CHANCE
                || strictly(bytes, named).filter(CharsetDetector::wholeWords).isEmpty()
                        && CharsetDetector.wholeWords(utf8);
    }

    /** Decodes by the first charset, and by the second what the first lacks. */
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

    /** @return whether they are UTF-8, and not ASCII */
    private static boolean utf8Beyond(byte[] bytes) {
        return !ascii(bytes) && strictly(bytes, StandardCharsets.UTF_8).isPresent();
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

    /** @return whether it begins with a UTF-16 byte order mark */
    private static boolean marked(byte[] bytes) {
        return bytes.length > 1
                && (bytes[0] == (byte) 0xfe && bytes[1] == (byte) 0xff
                        || bytes[0] == (byte) 0xff && bytes[1] == (byte) 0xfe);
    }

    /** @return whether an escape sequence switches to Japanese characters */
    private static boolean escapesToJapanese(byte[] bytes) {
        for (int i = 0; i + 2 < bytes.length; i++) {
            if (bytes[i] == 0x1b
                    && (bytes[i + 1] == '$' && "B@(".indexOf(bytes[i + 2]) >= 0
                            || bytes[i + 1] == '(' && bytes[i + 2] == 'I')) {
                return true;
            }
        }
        return false;
    }
}
