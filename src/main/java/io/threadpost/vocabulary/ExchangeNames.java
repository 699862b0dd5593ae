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
                    "The version of a thread, `Id@UpdatedUtc`; the same key, the same effect. Not set for a batch."),
            new ExchangeName(
                    "ThreadpostConnection",
                    Kind.HEADER,
                    true,
                    "The connection of the thread. Of a batch, only if all of its items have the same."),
            new ExchangeName(
                    "ThreadpostEnterprise",
                    Kind.HEADER,
                    true,
                    "The enterprise that a thread belongs to, where its connection lists several."),
            new ExchangeName(
                    "ThreadpostBatch",
                    Kind.HEADER,
                    true,
                    "The number of the batch: the same when the batch comes again, and never that of another one."),
            new ExchangeName(
                    "ThreadpostTick",
                    Kind.HEADER,
                    true,
                    "The tick of the batch, as an instant. Set when its route has a `cron`."),
            new ExchangeName(
                    "ThreadpostPart",
                    Kind.HEADER,
                    true,
                    "Which batch of that tick it is, from 1. The same batch comes again as the same part."),
            new ExchangeName(
                    "ThreadpostParts",
                    Kind.HEADER,
                    true,
                    "How many batches that tick has, as far as known when this one was formed."),
            new ExchangeName(
                    "ThreadpostMailFrom", Kind.HEADER, true, "The address that an undeliverable mail is returned to."),
            new ExchangeName("ThreadpostMailTo", Kind.HEADER, true, "The one address that a mail is sent to."),
            new ExchangeName("ThreadpostMailbox", Kind.HEADER, true, "The name of the mailbox of a mail."),
            new ExchangeName("ThreadpostThread", Kind.HEADER, true, "The `Id` of the thread that `addThread` made."),
            new ExchangeName("ThreadpostRefusal", Kind.HEADER, true, "The code if `addThread` made none."),
            new ExchangeName("ThreadpostRefused", Kind.HEADER, true, "The reason for that, one line for people."),
            new ExchangeName(
                    "ThreadpostWalking",
                    Kind.PROPERTY,
                    true,
                    "True while the window is not drained; the loop in `pull-threads` reads it."),
            new ExchangeName(
                    "ThreadpostPriority",
                    Kind.PROPERTY,
                    false,
                    "The priority of a call that waits for the budget; without it, live."),
            new ExchangeName(
                    "ThreadpostBeforeSending",
                    Kind.PROPERTY,
                    false,
                    "The hook that runs when a call to the platform has its slot, before it is sent."),
            new ExchangeName(
                    "ThreadpostServerTime", Kind.PROPERTY, false, "The platform's time, from its answer to a call."),
            new ExchangeName("ThreadpostWalk", Kind.PROPERTY, false, "The window that `walk-windows` walks."),
            new ExchangeName("ThreadpostOutbox", Kind.PROPERTY, false, "What was sent to spools and is not committed."),
            new ExchangeName(
                    "ThreadpostItems", Kind.PROPERTY, false, "The items of a batch, with their keys and connections."),
            new ExchangeName(
                    "ThreadpostRejections",
                    Kind.PROPERTY,
                    false,
                    "Items of a batch that can never succeed; each is dead alone when the batch is done."),
            new ExchangeName(
                    "ThreadpostReceipt",
                    Kind.PROPERTY,
                    true,
                    "As what the target has the item, for its journey; a step or your route sets it, for a batch as a"
                            + " list."),
            new ExchangeName(
                    "ThreadpostSteps",
                    Kind.PROPERTY,
                    false,
                    "The steps that the exchange has passed, with file and line."),
            new ExchangeName(
                    "ThreadpostRoutes",
                    Kind.PROPERTY,
                    false,
                    "The routes that the exchange is in, and when it came into each."),
            new ExchangeName("ThreadpostMail", Kind.PROPERTY, false, "The mail as `readMail` parsed it."),
            new ExchangeName(
                    "ThreadpostContinues",
                    Kind.PROPERTY,
                    false,
                    "The `Id` of the thread that a mail continues: `addThread` makes none."),
            new ExchangeName(
                    "ThreadpostReleaseSender",
                    Kind.PROPERTY,
                    false,
                    "The sender that a person wrote for the thread when releasing its mail; `addThread` takes it in"
                            + " place of `OriginalSender`."),
            new ExchangeName(
                    "ThreadpostReleaseSubject", Kind.PROPERTY, false, "The subject that a person wrote likewise."),
            new ExchangeName("ThreadpostOffer", Kind.PROPERTY, false, "A mail from a mailbox that is to be staged."),
            new ExchangeName("ThreadpostCall", Kind.PROPERTY, false, "The current call to the platform."));

    private ExchangeNames() {}

    /** @return all of them, those that routes may read first */
    static List<ExchangeName> all() {
        return ALL;
    }
}
