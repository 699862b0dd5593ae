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
            new Step("planWindows", Kind.PROCESSOR, "Extends the time to be pulled up to now."),
            new Step(
                    "cursorLoop",
                    Kind.PROCESSOR,
                    "Fetches the page after the window's cursor; the body becomes its new threads."),
            new Step(
                    "routedThreads",
                    Kind.STRATEGY,
                    "Collects what the threads of a page sent to spools, and which of them failed."),
            new Step(
                    "openThread",
                    Kind.PROCESSOR,
                    "Opens one thread of a page, so that what is sent to spools counts for it."),
            new Step(
                    "commitPage",
                    Kind.PROCESSOR,
                    "Puts on disk what a page's threads sent to spools, together with how far the window came."),
            new Step("stageMail", Kind.PROCESSOR, "Puts a mail from mailbox:all down, as it is, and into spool:mail."),
            new Step(
                    "setFields",
                    Kind.PROCESSOR,
                    "Sets each variable that the route has set as a field of the thread; all else stays as it was written."),
            new Step(
                    "jsonBody",
                    Kind.PROCESSOR,
                    "Makes a JSON object of the variables that the route has set; contact.email goes one level deeper."),
            new Step(
                    "urlEncode",
                    Kind.PROCESSOR,
                    "Encodes each variable that the route has set, for the path or the query of an address."),
            new Step(
                    "threadsAsJson",
                    Kind.PROCESSOR,
                    "Turns threads into files: one for each version, as the platform wrote it."),
            new Step("threadsAsNdjson", Kind.PROCESSOR, "Turns threads into one file for each batch, a thread a line."),
            new Step("threadsAsCsv", Kind.PROCESSOR, "Turns threads into one file for each batch, with a header line."),
            new Step(
                    "fileAsBody",
                    Kind.PROCESSOR,
                    "Makes the one file of such a step the body, and its name the header CamelFileName, for sftp and ftps."),
            new Step(
                    "writeFiles",
                    Kind.PROCESSOR,
                    "Writes the files below threadpost.files.directory, complete or not at all."),
            new Step(
                    "queueMessage",
                    Kind.PROCESSOR,
                    "Turns a thread into a message for a broker, with a stable id and properties to filter by."),
            new Step(
                    "kafkaRecord",
                    Kind.PROCESSOR,
                    "Turns a thread into a record for Kafka, with the thread's id as its key and headers to filter by."),
            new Step(
                    "sendMail",
                    Kind.PROCESSOR,
                    "Gives a finished mail to the mail server, byte for byte, for one recipient."),
            new Step(
                    "readMail",
                    Kind.PROCESSOR,
                    "Reads a mail that came in: the body becomes a map of what it says. It never fails on a mail."),
            new Step(
                    "settleMail",
                    Kind.PROCESSOR,
                    "Notes the thread that a mail became; one that the platform refused is parked with its words."),
            new Step(
                    "jsonObject",
                    Kind.PROCESSOR,
                    "Turns a body of one JSON object into a map of its fields; what is none is dead at once."),
            new Step(
                    "messageWaits",
                    Kind.PROCESSOR,
                    "For onRedeliveryRef of a route that reads a queue: says why its message waits, in the log and in health."),
            new Step(
                    "addThread",
                    Kind.PROCESSOR,
                    "Makes one thread of a message, whatever is killed or lost on the way; or says why there is none."),
            new Step(
                    "reject",
                    Kind.PROCESSOR,
                    "Makes an item dead at once, with the reason in the header ThreadpostRefused."));

    private NamedSteps() {}

    /** @return all of them, in the order in which a thread meets them */
    static List<Step> all() {
        return ALL;
    }
}
