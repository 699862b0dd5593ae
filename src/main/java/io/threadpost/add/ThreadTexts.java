package io.threadpost.add;

import java.text.Normalizer;

/**
 * The texts that are sent to the platform, and that a thread is recognised by: composed characters on one line, single
 * spaces, none at the ends.
 *
 * @param sender normalised
 * @param subject normalised
 */
record ThreadTexts(String sender, String subject) {
    /** The platform's own limit is not documented. */
    private static final int LONGEST = 255;

    /** Normalises and caps. */
    static ThreadTexts of(String sender, String subject) {
        return new ThreadTexts(capped(sender), capped(subject));
    }

    boolean incomplete() {
        return sender.isEmpty() || subject.isEmpty();
    }

    /** @return never null; at most 255 code points, the last one an ellipsis when there were more */
    static String capped(String raw) {
        String text = normalized(raw);
        if (text.codePointCount(0, text.length()) <= LONGEST) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, LONGEST - 1)).strip() + "…";
    }

    /** @return never null; lone surrogates are replaced, since neither JSON nor the ledger can hold them */
    static String normalized(String raw) {
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
            boolean lone = character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
            text.appendCodePoint(lone ? 0xFFFD : character);
        }
        return Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    /** @return the text with its case folded: equal for texts that differ in case only */
    static String folded(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            folded.append(Character.toLowerCase(Character.toUpperCase(text.charAt(i))));
        }
        return folded.toString();
    }
}
