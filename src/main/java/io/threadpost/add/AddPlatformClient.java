package io.threadpost.add;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import jakarta.inject.Singleton;

import io.threadpost.connector.ConnectorException;
import io.threadpost.connector.ConnectorFailure;
import io.threadpost.connector.MessagePage;
import io.threadpost.connector.MessageQuery;
import io.threadpost.connector.NewMessage;
import io.threadpost.connector.PlatformClient;
import io.threadpost.connector.PlatformMessage;
import io.threadpost.connector.Priority;
import io.threadpost.connector.ThreadPage;
import io.threadpost.spool.PostponedException;

/** The calls that adding needs, ahead of all pulls, and the platform's time. */
@Singleton
final class AddPlatformClient {
    /** Threads in one answer at most. */
    static final int MOST = 1000;

    /** Requests for the messages of one thread at most. */
    private static final int MOST_REQUESTS = 50;

    /** After this time the platform is asked for its time again: its clock may have been set. */
    private static final Duration FRESH = Duration.ofMinutes(5);

    private final PlatformClient platform;

    AddPlatformClient(PlatformClient platform) {
        this.platform = platform;
    }

    /**
     * @return the platform's time, never ahead of it: what is added from now on is not created before
     * @throws ConnectorException when the platform does not answer
     */
    Instant now(String connection) {
        return platform.now(connection, Priority.ADD, FRESH);
    }

    /**
     * @return the platform's time as its last response says: what was added until now is not created later
     * @throws ConnectorException when the platform does not answer
     */
    Instant latest(String connection) {
        return platform.latest(connection, Priority.ADD, FRESH);
    }

    /**
     * Gets the threads created in an interval, in the whole scope of the token: the connection does not decide where
     * the token adds threads.
     *
     * @throws ConnectorException when there is no page
     */
    ThreadPage created(String connection, Instant from, Instant to, int count) {
        Map<String, Object> request = new HashMap<>();
        request.put(
                "CreatedUtc",
                Map.of(
                        "StartUtc",
                        from.truncatedTo(ChronoUnit.MILLIS).toString(),
                        "EndUtc",
                        to.truncatedTo(ChronoUnit.MILLIS).toString()));
        request.put("EnterpriseIds", null);
        request.put("Limitation", Map.of("Count", count));
        return platform.getThreads(connection, Priority.ADD, request);
    }

    /**
     * Adds a thread.
     *
     * @param before called when the request is about to be sent
     * @throws ConnectorException when there is no thread, or the outcome is unknown
     */
    CreatedThread add(InboundMessage message, Runnable before) {
        Map<String, Object> request = Map.of(
                "OriginalSender", message.texts().sender(),
                "Subject", message.texts().subject());
        return CreatedThread.of(platform.addThread(message.connection(), request, before));
    }

    /**
     * Gets the messages of a thread, newest first: all that were created since a time, and perhaps older ones.
     *
     * @return none when the platform does not know the thread
     * @throws ConnectorException when a page is missing
     */
    List<PlatformMessage> messages(String connection, String thread, Instant since) {
        MessageQuery head = MessageQuery.of(List.of(thread));
        MessageQuery query = head;
        List<PlatformMessage> messages = new ArrayList<>();
        for (int requests = 0; requests < MOST_REQUESTS; requests++) {
            try {
                MessagePage page = platform.getMessages(connection, Priority.ADD, query);
                messages.addAll(page.messages());
                if (page.cursor() == null || page.size() < query.count() || endsBefore(page, since)) {
                    return messages;
                }
                query = page.cursor().equals(query.cursor()) ? head : query.after(page.cursor());
            } catch (ConnectorException e) {
                if (e.failure() == ConnectorFailure.TOO_HEAVY && query.count() > 1) {
                    head = head.count(query.count() / 2);
                    query = query.count(head.count());
                } else if (e.failure() == ConnectorFailure.INVALID && query.cursor() != null) {
                    query = head;
                } else if (e.failure() == ConnectorFailure.INVALID) {
                    return List.of();
                } else {
                    throw e;
                }
            }
        }
        throw new PostponedException(
                Duration.ofMinutes(1), "the thread has more messages than can be read to find this one among them");
    }

    private static boolean endsBefore(MessagePage page, Instant since) {
        String oldest = page.messages().get(page.size() - 1).createdUtc();
        try {
            return oldest != null && Instant.parse(oldest).isBefore(since);
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    /**
     * Adds a message.
     *
     * @param before called when the request is about to be sent
     * @throws ConnectorException when nothing was added, or the outcome is unknown
     */
    PlatformMessage add(StagedMessage message, Runnable before) {
        String identifier = String.valueOf(message.id());
        NewMessage added = new NewMessage(message.thread(), message.text(), identifier);
        return platform.addMessages(message.connection(), List.of(added), before)
                .byIdentifier()
                .get(identifier);
    }
}
