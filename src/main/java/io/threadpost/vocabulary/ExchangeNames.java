package io.threadpost.vocabulary;

import java.util.List;

import io.threadpost.routecheck.RouteVocabulary.ExchangeName;
import io.threadpost.routecheck.RouteVocabulary.ExchangeName.Kind;

/**
 * The headers and exchange properties of Threadpost's routes and steps. A spool keeps headers that are not its own. A
 * list, since {@code check} runs without the code that sets them; a test compares it with the code.
 */
final class ExchangeNames {
    private static final List<ExchangeName> ALL = List.of(
            new ExchangeName(
                    "ThreadpostKey",
                    Kind.HEADER,
                    true,
                    "Names the version of a thread, as `Id@UpdatedUtc`. The same key twice is the same effect. Not set for a batch."),
            new ExchangeName(
                    "ThreadpostConnection",
                    Kind.HEADER,
                    true,
                    "The connection that the thread came from. Of a batch, only if all of its items have the same."),
            new ExchangeName(
                    "ThreadpostBatch",
                    Kind.HEADER,
                    true,
                    "The number of what a spool hands out. The same batch comes again under the same number; no other ever has it."),
            new ExchangeName(
                    "ThreadpostTick",
                    Kind.HEADER,
                    true,
                    "When the spool was opened that the batch comes from, as an instant. Set when its route has a `cron`."),
            new ExchangeName(
                    "ThreadpostPart",
                    Kind.HEADER,
                    true,
                    "Which batch of that time it is, from 1. The same batch comes again as the same part."),
            new ExchangeName(
                    "ThreadpostParts",
                    Kind.HEADER,
                    true,
                    "How many batches that time has, as far as it could be told when this one was formed."),
            new ExchangeName(
                    "ThreadpostMailFrom",
                    Kind.HEADER,
                    true,
                    "The address that a mail is returned to when it cannot be delivered."),
            new ExchangeName("ThreadpostMailTo", Kind.HEADER, true, "The one address that a mail is sent to."),
            new ExchangeName("ThreadpostMailbox", Kind.HEADER, true, "The name of the mailbox that a mail came into."),
            new ExchangeName("ThreadpostThread", Kind.HEADER, true, "The `Id` of the thread that `addThread` made."),
            new ExchangeName("ThreadpostRefusal", Kind.HEADER, true, "The code for which `addThread` made none."),
            new ExchangeName("ThreadpostRefused", Kind.HEADER, true, "The reason for that, one line for people."),
            new ExchangeName(
                    "ThreadpostWalking",
                    Kind.PROPERTY,
                    true,
                    "True while there is more to pull in the window; the loop in `pull-threads` asks for it."),
            new ExchangeName(
                    "ThreadpostPriority",
                    Kind.PROPERTY,
                    false,
                    "Who goes first when calls to the platform wait; without it, a call counts as live."),
            new ExchangeName(
                    "ThreadpostBeforeSending",
                    Kind.PROPERTY,
                    false,
                    "What is done when a call to the platform has its slot and is about to be sent."),
            new ExchangeName(
                    "ThreadpostServerTime", Kind.PROPERTY, false, "The platform's time, as its answer to a call said."),
            new ExchangeName("ThreadpostWalk", Kind.PROPERTY, false, "The window on its way through `walk-windows`."),
            new ExchangeName(
                    "ThreadpostOutbox", Kind.PROPERTY, false, "What was sent to spools and is not committed yet."),
            new ExchangeName(
                    "ThreadpostItems", Kind.PROPERTY, false, "The items of a batch, with their keys and connections."),
            new ExchangeName(
                    "ThreadpostRejections",
                    Kind.PROPERTY,
                    false,
                    "Items of a batch that can never succeed; each is dead by itself when the batch is done."),
            new ExchangeName(
                    "ThreadpostMail", Kind.PROPERTY, false, "The mail that `readMail` has read, as it was then."),
            new ExchangeName(
                    "ThreadpostOffer", Kind.PROPERTY, false, "A mail from a mailbox, on its way to be staged."),
            new ExchangeName("ThreadpostCall", Kind.PROPERTY, false, "The call to the platform that is being made."));

    private ExchangeNames() {}

    /** @return all of them, those that routes may read first */
    static List<ExchangeName> all() {
        return ALL;
    }
}
