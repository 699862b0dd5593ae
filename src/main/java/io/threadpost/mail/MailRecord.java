package io.threadpost.mail;

import java.time.Instant;
import java.util.Locale;

/**
 * The record of a mail.
 *
 * @param number its number, never another's
 * @param mailbox the mailbox that it came from
 * @param connection the connection (hotel) that its thread belongs to
 * @param key identifies its thread: of its item in {@code spool:mail} and of its add
 * @param state what has become of it
 * @param reason a short word, such as {@code bounce}; null for one that waits or is a thread
 * @param why one line for people
 * @param thread the Id of its thread; null when it has none
 * @param sender as a person reads it; null until it was read, and when it was purged
 * @param subject null until it was read, and when it was purged
 * @param received when the mailbox got it
 * @param changed when its state did
 * @param bytes how large it was
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
    /** What can become of a mail. */
    public enum State {
        /** On its way. */
        WAITING,
        /** A thread. */
        THREAD,
        /** Waits for a person. */
        PARKED,
        /** All attempts are used up; waits for a person. */
        FAILED,
        /** A person said that nothing shall become of it. */
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
