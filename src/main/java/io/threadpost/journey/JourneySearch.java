package io.threadpost.journey;

import java.time.Instant;
import java.util.Locale;

/**
 * What is searched for among threads, mails and replies: all given criteria must match.
 *
 * @param sender a part of it, in any letter case; null for any
 * @param subject a part of it, in any letter case; null for any
 * @param messageId a Message-ID, with or without angle brackets; null for any
 * @param from the earliest time at which it was committed, staged or seen
 * @param to the first time that is too late
 * @param limit results at most
 */
public record JourneySearch(String sender, String subject, String messageId, Instant from, Instant to, int limit) {
    /** @return whether texts of a thread or mail, each of which may be null, have what is searched for */
    boolean matches(String ofSubject, String ofSender) {
        return has(ofSubject, subject) && has(ofSender, sender);
    }

    private static boolean has(String text, String part) {
        return part == null || text != null && text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }
}
