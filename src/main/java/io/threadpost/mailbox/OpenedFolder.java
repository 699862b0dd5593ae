package io.threadpost.mailbox;

import java.util.Locale;
import java.util.Set;

/**
 * A folder that the server opened.
 *
 * @param validity its UIDVALIDITY; 0 when the server reports none
 * @param next the lowest UID that the next mail can get
 * @param tellsNext whether the server reports UIDNEXT; otherwise {@code next} is the one after the highest
 * @param mails how many there are
 * @param keywords the keywords that it keeps, in lower case; {@code *} for any
 */
record OpenedFolder(long validity, long next, boolean tellsNext, long mails, Set<String> keywords) {
    boolean keeps(String keyword) {
        return keywords.contains("*") || keywords.contains(keyword.toLowerCase(Locale.ROOT));
    }
}
