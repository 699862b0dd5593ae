package io.threadpost.secrets;

import java.util.regex.Pattern;

/**
 * Masks what looks like a token in a text that quotes people's input. A token that was pasted under the wrong key is
 * not a known secret, and yet must not be shown.
 */
public final class TokenMask {
    /** Hexadecimal digits, Base64 in both alphabets, and what joins their groups, but not an enterprise's UUID. */
    private static final Pattern TOKEN = Pattern.compile("(?!(?<id>\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12})"
            + "(?![\\w+/=-]))(?<![\\w+/=-])[\\w+/=-]{32,}");

    private TokenMask() {}

    /** The text with {@code ***} for whatever looks like a token. */
    public static String mask(String text) {
        return TOKEN.matcher(text).replaceAll("***");
    }
}
