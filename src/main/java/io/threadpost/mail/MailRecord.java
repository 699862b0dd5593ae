package io.threadpost.mail;

import java.time.Instant;
import java.util.Locale;

/**
 * The record of a mail.
 *
 * @param number its number, never reused
 * @param mailbox the mailbox that it came from
 * @param connection the connection (hotel) that its thread belongs to
 * @param key the key of its item in {@code spool:mail} and of its add
 * @param state what became of it
 * @param reason a short word, such as {@code bounce}; null while it waits, and for a thread
 * @param why one line for people
 * @param thread the Id of its thread; null without one
 * @param sender for people; null until it was read, and when it was purged
 * @param subject null until it was read, and when it was purged
 * @param received when the mailbox received it
 * @param changed when its state changed
 * @param bytes its size
 * @param releases how often a person released it
 * @param purged whether only its identity is left
 */
public record MailRecord(
        long number,
        String mailbox,
        String connection,
        String key,
        State state,
        String reason,
        String why,
        String thread,
        String sender,
        String subject,
        Instant received,
        Instant changed,
        long bytes,
        int releases,
        boolean purged) {
    /** The state of a mail. */
    public enum State {
        /** In progress: it waits to be read, to be judged, or to become a thread. */
        WAITING,
        /** A thread. */
        THREAD,
        /** Waits for a person. */
        PARKED,
        /** All attempts failed; waits for a person. */
        FAILED,
        /** A person discarded it. */
        DISCARDED;

        /** @return its name in the ledger and for people, such as {@code parked} */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }
}
