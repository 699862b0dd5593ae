package io.threadpost.add;

import java.text.Normalizer;

/**
 * Text as it is sent, and as it is compared: composed, on one line, each run of white space a single space, none at its
 * ends.
 */
final class NormalizedText {
    /** What the platform holds for certain is not documented. */
    private static final int LONGEST = 255;

    private NormalizedText() {}

    /** @return never null; at most 255 characters (code points), the last one an ellipsis when there were more */
    static String capped(String raw) {
        String text = of(raw);
        if (text.codePointCount(0, text.length()) <= LONGEST) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, LONGEST - 1)).strip() + "…";
    }

    /** @return never null; halves of characters are replaced, since neither JSON nor the ledger can hold them */
    static String of(String raw) {
        if (raw == null) {
            return "";
        }
        StringBuilder text = new StringBuilder(raw.length());
        boolean gap = false;
        for (int i = 0; i < raw.length(); ) {
            int character = raw.codePointAt(i);
            i += Character.charCount(character);
            if (Character.isISOControl(character)
                    || Character.isWhitespace(character)
                    || Character.isSpaceChar(character)) {
                gap = text.length() > 0;
                continue;
            }
            if (gap) {
                text.append(' ');
                gap = false;
            }
            boolean half = character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
            text.appendCodePoint(half ? 0xFFFD : character);
        }
        return Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    /** @return the text with each character in its lower case: what differs from it by case only is the same */
    static String folded(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            folded.append(Character.toLowerCase(Character.toUpperCase(text.charAt(i))));
        }
        return folded.toString();
    }
}
