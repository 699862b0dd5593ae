package io.threadpost.mail;

import java.lang.Character.UnicodeScript;
import java.nio.charset.Charset;

import org.mozilla.universalchardet.UniversalDetector;

/** The charset of bytes that do not say theirs, and are not UTF-8. */
final class CharsetDetector {
    /** Of so many letters that are not Latin, one may touch a Latin one. */
    private static final int APART = 4;

    /** Nobody can tell from fewer bytes. */
    private static final int SHORT = 4;

    private static final Charset WINDOWS = Charset.forName("windows-1252");

    private CharsetDetector() {}

    /** @return windows-1252 when nothing else is likely */
    static Charset of(byte[] bytes) {
        if (bytes.length < SHORT) {
            return WINDOWS;
        }
        UniversalDetector detector = new UniversalDetector();
        detector.handleData(bytes);
        detector.dataEnd();
        return TextDecoder.named(detector.getDetectedCharset())
                .filter(charset -> wholeWords(new String(bytes, charset)))
                .orElse(WINDOWS);
    }

    /**
     * @return whether no word mixes alphabets: umlauts in the midst of Latin words look like letters of other
     *     alphabets, but those have words of their own.
     */
    static boolean wholeWords(String text) {
        int others = 0;
        int touching = 0;
        int before = ' ';
        for (int letter : text.codePoints().toArray()) {
            if (foreign(letter)) {
                others++;
                touching += latin(before) ? 1 : 0;
            } else if (latin(letter)) {
                touching += foreign(before) ? 1 : 0;
            }
            before = letter;
        }
        return touching * APART <= others;
    }

    private static boolean latin(int letter) {
        return Character.isLetter(letter) && UnicodeScript.of(letter) == UnicodeScript.LATIN;
    }

    private static boolean foreign(int letter) {
        return Character.isLetter(letter) && UnicodeScript.of(letter) != UnicodeScript.LATIN;
    }
}
