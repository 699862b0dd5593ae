package io.threadpost.vocabulary;

import java.util.List;

import io.threadpost.routecheck.RouteVocabulary.Step;
import io.threadpost.routecheck.RouteVocabulary.Step.Kind;

/**
 * The beans that routes refer to. A list, since {@code check} runs without the beans themselves; a test compares it
 * with them.
 */
final class NamedSteps {
    private static final List<Step> ALL = List.of(
            new Step("planWindows", Kind.PROCESSOR, "Extends the windows up to now."),
            new Step(
                    "cursorLoop",
                    Kind.PROCESSOR,
                    "Fetches the page at the window's cursor; the body becomes its new threads."),
            new Step(
                    "routedThreads",
                    Kind.STRATEGY,
                    "Collects what the threads of a page sent to spools, and which of them failed."),
            new Step(
                    "openThread",
                    Kind.PROCESSOR,
                    "Begins one thread of a page, so that what is sent to spools counts for it."),
            new Step(
                    "commitPage",
                    Kind.PROCESSOR,
                    "Commits what a page's threads sent to spools, together with the window's new cursor."),
            new Step("stageMail", Kind.PROCESSOR, "Stages a mail from mailbox:all in spool:mail, as it is."),
            new Step(
                    "setFields",
                    Kind.PROCESSOR,
                    "Sets each variable of the route as a field of the thread; the rest stays as it was written."),
            new Step(
                    "jsonBody",
                    Kind.PROCESSOR,
                    "Makes a JSON object of the route's variables; contact.email is one level deeper."),
            new Step(
                    "urlEncode",
                    Kind.PROCESSOR,
                    "Encodes each variable of the route for the path or the query of an address."),
            new Step(
                    "threadsAsJson",
                    Kind.PROCESSOR,
                    "Turns threads into files: one for each version, as the platform wrote it."),
            new Step("threadsAsNdjson", Kind.PROCESSOR, "Turns threads into one file per batch, one thread per line."),
            new Step("threadsAsCsv", Kind.PROCESSOR, "Turns threads into one file per batch, with a header line."),
            new Step(
                    "fileAsBody",
                    Kind.PROCESSOR,
                    "Makes the file of such a step the body and its name the header CamelFileName, for sftp and ftps."),
            new Step(
                    "writeFiles",
                    Kind.PROCESSOR,
                    "Writes the files below threadpost.files.directory, each complete or not at all."),
            new Step(
                    "queueMessage",
                    Kind.PROCESSOR,
                    "Turns a thread into a message for a broker, with a stable id and properties to filter by."),
            new Step(
                    "kafkaRecord",
                    Kind.PROCESSOR,
                    "Turns a thread into a record for Kafka, with the thread's id as its key and headers to "
                            + "filter by."),
            new Step(
                    "sendMail",
                    Kind.PROCESSOR,
                    "Sends a finished mail to the mail server, byte for byte, for one recipient."),
            new Step(
                    "pullReplies",
                    Kind.PROCESSOR,
                    "Stages each message of the hotel, in a thread that began with a mail, in spool:replies."),
            new Step(
                    "settleReply", Kind.PROCESSOR, "Records that the mail of a reply was accepted by the mail server."),
            new Step(
                    "readMail",
                    Kind.PROCESSOR,
                    "Parses an incoming mail: the body becomes a map of its fields. It never fails on a mail."),
            new Step(
                    "findConversation",
                    Kind.PROCESSOR,
                    "Finds the thread that a mail continues; the mails of one conversation come one after the other."),
            new Step(
                    "stageMessages",
                    Kind.PROCESSOR,
                    "Stages a mail's text in spool:messages, as messages of the thread that the mail became."),
            new Step(
                    "settleMail",
                    Kind.PROCESSOR,
                    "Records the thread that a mail became; a refused mail is parked with the platform's words."),
            new Step(
                    "jsonObject",
                    Kind.PROCESSOR,
                    "Turns a body of one JSON object into a map of its fields; any other body is dead at once."),
            new Step(
                    "messageWaits",
                    Kind.PROCESSOR,
                    "For onRedeliveryRef of a route that reads a queue: reports why its message waits."),
            new Step(
                    "addThread",
                    Kind.PROCESSOR,
                    "Makes exactly one thread of a message, even after a crash or a lost answer; or gives a reason."),
            new Step(
                    "addMessage",
                    Kind.PROCESSOR,
                    "Adds the messages of an item of spool:messages to their thread, each exactly once."),
            new Step(
                    "reject",
                    Kind.PROCESSOR,
                    "Makes an item dead at once, with the reason from the header ThreadpostRefused."));

    private NamedSteps() {}

    /** @return all of them, in the order in which a thread meets them */
    static List<Step> all() {
        return ALL;
    }
}
