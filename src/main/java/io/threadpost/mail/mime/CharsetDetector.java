package io.threadpost.mail.mime;

import java.lang.Character.UnicodeScript;
import java.nio.charset.Charset;

import org.mozilla.universalchardet.UniversalDetector;

/** Detects the charset of bytes that are not UTF-8. */
final class CharsetDetector {
    /** One in so many non-Latin letters may touch a Latin one. */
    private static final int APART = 4;

    /** Fewer bytes are not enough. */
    private static final int SHORT = 4;

    private static final Charset WINDOWS = Charset.forName("windows-1252");

    private CharsetDetector() {}

    /** @return windows-1252 when nothing else is likely */
    static Charset detect(byte[] bytes) {
        if (bytes.length < SHORT) {
            return WINDOWS;
        }
        UniversalDetector detector = new UniversalDetector();
        detector.handleData(bytes);
        detector.dataEnd();
        return CharsetNames.charset(detector.getDetectedCharset())
                .filter(charset -> wholeWords(new String(bytes, charset)))
                .orElse(WINDOWS);
    }

    /**
     * @return whether no word mixes scripts, as Latin words do whose umlauts are taken for letters of another script
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
