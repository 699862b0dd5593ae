package io.threadpost.routecheck;

import java.util.List;

/**
 * The headers and properties by which Threadpost's routes and steps pass things on. Kept here as a list; a test
 * compares it with the code.
 */
public final class ExchangeNames {
    /** Where it travels. */
    public enum Kind {
        /** A header of the message; a spool keeps the headers that are not its own. */
        HEADER,
        /** A property of the exchange: it ends with the exchange. */
        PROPERTY
    }

    /**
     * One of them.
     *
     * @param open whether a route may read it; others are for the steps alone
     * @param description what it holds and who sets it, in one or two sentences
     */
    public record Name(String name, Kind kind, boolean open, String description) {}

    private static final List<Name> ALL = List.of(
            new Name(
                    "ThreadpostKey",
                    Kind.HEADER,
                    true,
                    "Names the version of a thread, as `Id@UpdatedUtc`. The same key twice is the same effect. Not set for a batch."),
            new Name(
                    "ThreadpostConnection",
                    Kind.HEADER,
                    true,
                    "The connection that the thread came from. Of a batch, only if all of its items have the same."),
            new Name(
                    "ThreadpostBatch",
                    Kind.HEADER,
                    true,
                    "The number of what a spool hands out. The same batch comes again under the same number; no other ever has it."),
            new Name(
                    "ThreadpostTick",
                    Kind.HEADER,
                    true,
                    "When the spool was opened that the batch comes from, as an instant. Set when its route has a `cron`."),
            new Name(
                    "ThreadpostPart",
                    Kind.HEADER,
                    true,
                    "Which batch of that time it is, from 1. The same batch comes again as the same part."),
            new Name(
                    "ThreadpostParts",
                    Kind.HEADER,
                    true,
                    "How many batches that time has, as far as it could be told when this one was formed."),
            new Name(
                    "ThreadpostMailFrom",
                    Kind.HEADER,
                    true,
                    "The address that a mail is returned to when it cannot be delivered."),
            new Name("ThreadpostMailTo", Kind.HEADER, true, "The one address that a mail is sent to."),
            new Name("ThreadpostMailbox", Kind.HEADER, true, "The name of the mailbox that a mail came into."),
            new Name("ThreadpostThread", Kind.HEADER, true, "The `Id` of the thread that `addThread` made."),
            new Name("ThreadpostRefusal", Kind.HEADER, true, "The code for which `addThread` made none."),
            new Name("ThreadpostRefused", Kind.HEADER, true, "The reason for that, one line for people."),
            new Name(
                    "ThreadpostWalking",
                    Kind.PROPERTY,
                    true,
                    "True while there is more to pull in the window; the loop in `pull-threads` asks for it."),
            new Name(
                    "ThreadpostPriority",
                    Kind.PROPERTY,
                    false,
                    "Who goes first when calls to the platform wait; without it, a call counts as live."),
            new Name(
                    "ThreadpostBeforeSending",
                    Kind.PROPERTY,
                    false,
                    "What is done when a call to the platform has its slot and is about to be sent."),
            new Name(
                    "ThreadpostServerTime", Kind.PROPERTY, false, "The platform's time, as its answer to a call said."),
            new Name("ThreadpostWalk", Kind.PROPERTY, false, "The window on its way through `walk-windows`."),
            new Name("ThreadpostOutbox", Kind.PROPERTY, false, "What was sent to spools and is not committed yet."),
            new Name("ThreadpostItems", Kind.PROPERTY, false, "The items of a batch, with their keys and connections."),
            new Name(
                    "ThreadpostRejections",
                    Kind.PROPERTY,
                    false,
                    "Items of a batch that can never succeed; each is dead by itself when the batch is done."),
            new Name("ThreadpostMail", Kind.PROPERTY, false, "The mail that `readMail` has read, as it was then."),
            new Name("ThreadpostOffer", Kind.PROPERTY, false, "A mail from a mailbox, on its way to be staged."),
            new Name("ThreadpostCall", Kind.PROPERTY, false, "The call to the platform that is being made."));

    private ExchangeNames() {}

    /** @return all of them, those that a route may read first */
    public static List<Name> all() {
        return ALL;
    }
}
