package io.threadpost.mailbox;

import java.util.Locale;
import java.util.Set;

/**
 * A folder as the server opened it.
 *
 * @param validity its UIDVALIDITY; 0 when the server says none
 * @param next the UID that the next mail gets at least
 * @param tellsNext whether the server itself says the next UID; otherwise it is the one after the highest
 * @param mails how many there are
 * @param keywords the keywords that it keeps, in small letters; {@code *} for any
 */
record OpenedFolder(long validity, long next, boolean tellsNext, long mails, Set<String> keywords) {
    boolean keeps(String keyword) {
        return keywords.contains("*") || keywords.contains(keyword.toLowerCase(Locale.ROOT));
    }
}
