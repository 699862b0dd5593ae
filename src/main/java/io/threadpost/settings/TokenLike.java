package io.threadpost.settings;

import java.util.regex.Pattern;

/**
 * What looks like a token, in a text that quotes what somebody wrote. A token that was pasted behind the wrong key is
 * no known secret, and yet must not be shown.
 */
final class TokenLike {
    /**
     * Hexadecimal digits, Base64 in both alphabets, and what joins their groups. An id of an enterprise looks like one,
     * and is none.
     */
    private static final Pattern RUN = Pattern.compile("(?!(?<id>\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12})"
            + "(?![\\w+/=-]))(?<![\\w+/=-])[\\w+/=-]{32,}");

    private TokenLike() {}

    /** @return the text with {@code ***} for whatever looks like a token */
    static String masked(String text) {
        return RUN.matcher(text).replaceAll("***");
    }
}
