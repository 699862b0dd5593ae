package io.threadpost.add;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;

import jakarta.inject.Singleton;

import io.threadpost.connector.ConnectorException;
import io.threadpost.connector.PlatformClient;
import io.threadpost.connector.Priority;
import io.threadpost.connector.ThreadPage;

/** The two calls that adding needs, ahead of all pulls, and the platform's time. */
@Singleton
final class AddPlatformClient {
    /** Threads in one answer at most. */
    static final int MOST = 1000;

    /** After so long the platform is asked for its time again: its clock may have been set. */
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
}
