package io.threadpost.journey;

import java.time.Instant;
import java.util.List;

/**
 * What is known about an id: the versions of a thread or an item of a spool, the mails, and the replies that belong to
 * it. All lists may be empty.
 */
public record Journey(String id, List<Version> versions, List<Mail> mails, List<Reply> replies) {
    /** @return whether nothing is known */
    public boolean isEmpty() {
        return versions.isEmpty() && mails.isEmpty() && replies.isEmpty();
    }

    /**
     * A version of a thread, or an item that came from outside.
     *
     * @param id of the thread, or the key of the item
     * @param updatedUtc of the version; null for an item
     * @param connection the connection (hotel) that it was pulled from; null if none
     * @param subject its beginning; null if unknown
     * @param sender its beginning; null if unknown
     * @param seen when it was committed
     * @param window the id of the window that it was pulled in; null for an item and a re-delivery
     * @param page the number of the page in that window, from 1; null for an item and a re-delivery
     * @param redelivery the number of the re-delivery that delivered the version again; null for others
     * @param failure why it could not be routed when it came in; null when it could
     * @param failedAt the step that failed then; null if none did, or it is unknown
     * @param steps that it passed when it came in
     * @param spools what became of it in each spool
     */
    public record Version(
            String id,
            Instant updatedUtc,
            String connection,
            String subject,
            String sender,
            Instant seen,
            Long window,
            Long page,
            Long redelivery,
            String failure,
            String failedAt,
            List<JourneyStep> steps,
            List<Stay> spools) {}

    /**
     * What became of an item in a spool.
     *
     * @param key of the item; null for that of the thread itself
     * @param state waiting, in-flight, delivered, dead, discarded, dropped or unknown
     * @param at when it came to that; null if unknown
     * @param batch the number of the batch that delivered it; null without one
     * @param attempts failed tries
     * @param due when a waiting item is tried next; null for others
     * @param receipt as what the target has it; null when the target does not say
     * @param reason the last error, or why it was dropped, one line for people; null without one
     * @param failedAt the step that failed; null if none did, or it is unknown
     * @param steps of the exchange that delivered it, or that failed last
     * @param sent items that were sent to other spools on the way
     */
    public record Stay(
            String spool,
            String key,
            String state,
            Instant at,
            Long batch,
            int attempts,
            Instant due,
            String receipt,
            String reason,
            String failedAt,
            List<JourneyStep> steps,
            List<Stay> sent) {}

    /**
     * A mail from a mailbox.
     *
     * @param state waiting, thread, parked, failed or discarded
     * @param reason a short word for that; null without one
     * @param why one line for people
     * @param messageId null when it has none
     * @param received when the mailbox got it
     * @param staged when it was stored
     * @param changed when its state changed
     * @param places where it is, or was, in its mailbox
     * @param verdict the judge's, as JSON; null until it was judged
     * @param thread that it became or continues; null if none
     * @param add the call that adds it as a thread; null before there is one
     * @param messages that it became in a thread
     * @param item what became of its item in {@code spool:mail}; null when that is no longer known
     */
    public record Mail(
            long number,
            String mailbox,
            String connection,
            String state,
            String reason,
            String why,
            String sender,
            String subject,
            String messageId,
            Instant received,
            Instant staged,
            Instant changed,
            List<Place> places,
            String verdict,
            String thread,
            Add add,
            List<Message> messages,
            Version item) {}

    /**
     * A place of a mail in its mailbox.
     *
     * @param source user, host and folder
     * @param note why it stays out, or could not be fetched; null otherwise
     * @param shown the state that the mailbox shows; null for none yet
     * @param movedTo the folder that it was moved to; null when it was not
     */
    public record Place(String source, long uid, String note, String shown, String movedTo) {}

    /**
     * The intent of an add.
     *
     * @param state adding, added or refused
     * @param since the platform's time before the first request
     * @param attempts requests that were, or may have been, sent
     * @param code why it was refused; null when it was not
     */
    public record Add(String state, Instant since, int attempts, String thread, String code, String words) {}

    /** A message of a mail in a thread: staged, adding, added, refused or discarded. */
    public record Message(int part, String thread, String state, String message, String code, String reason) {}

    /**
     * A reply of the hotel to a guest.
     *
     * @param message its Id on the platform
     * @param state waiting, sent, withheld or bounced
     * @param messageId of its mail; null before there is one
     */
    public record Reply(
            String message,
            String connection,
            String thread,
            Instant seen,
            Instant changed,
            String state,
            String why,
            String messageId,
            Version item) {}

    /**
     * One result of a search.
     *
     * @param kind thread, mail or reply
     * @param id what to ask for its journey by
     * @param at when it was committed, staged or seen
     */
    public record Hit(String kind, String id, Instant at, String connection, String subject, String sender) {}
}
