package io.threadpost.add;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.inject.Singleton;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;

import io.threadpost.connector.ConnectorException;
import io.threadpost.connector.Priority;
import io.threadpost.connector.SendHook;
import io.threadpost.connector.ThreadPage;
import io.threadpost.spool.SpoolConstants;

/** The two calls that adding needs, ahead of all pulls, and the platform's clock, taken from their answers. */
@Singleton
final class AddPlatformClient {
    /** Threads in one answer at most. */
    static final int MOST = 1000;

    /** After so long the platform is asked for its time again: its clock may have been set. */
    private static final Duration FRESH = Duration.ofMinutes(5);

    private final ProducerTemplate template;
    private final Map<String, ServerTime> times = new ConcurrentHashMap<>();

    AddPlatformClient(CamelContext camel) {
        this.template = camel.createProducerTemplate();
    }

    /**
     * @return the platform's time, or up to a second less; asks for it when there is no recent answer
     * @throws ConnectorException when it does not answer
     */
    Instant now(String connection) {
        ServerTime known = times.get(connection);
        if (known == null || known.age().compareTo(FRESH) > 0) {
            Instant local = Instant.now();
            created(connection, local.minusSeconds(60), local, 1);
            known = times.getOrDefault(connection, new ServerTime(local, System.nanoTime()));
        }
        return known.date().plus(known.age());
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
        return call("get-threads", connection, request, null).getBody(ThreadPage.class);
    }

    /**
     * Adds a thread.
     *
     * @param before called when the request is about to be sent
     * @throws ConnectorException when there is no thread, or the outcome is unknown
     */
    CreatedThread add(InboundMessage message, SendHook before) {
        Map<String, Object> request = Map.of(
                "OriginalSender", message.texts().sender(),
                "Subject", message.texts().subject());
        Map<String, Object> answer =
                call("add-thread", message.connection(), request, before).getBody(Map.class);
        return CreatedThread.of(answer);
    }

    private Message call(String route, String connection, Map<String, Object> request, SendHook before) {
        Exchange exchange = template.send("direct:" + route, asked -> {
            asked.setProperty(Priority.PROPERTY, Priority.ADD);
            asked.setProperty(SendHook.PROPERTY, before);
            asked.getMessage().setHeader(SpoolConstants.CONNECTION, connection);
            asked.getMessage().setBody(request);
        });
        Instant date = exchange.getProperty(ThreadPage.SERVER_TIME, Instant.class);
        if (date != null) {
            times.put(connection, new ServerTime(date, System.nanoTime()));
        }
        Exception failure = exchange.getException();
        if (failure instanceof RuntimeException known) {
            throw known;
        }
        if (failure != null) {
            throw new IllegalStateException(failure);
        }
        return exchange.getMessage();
    }

    private record ServerTime(Instant date, long nanos) {
        Duration age() {
            return Duration.ofNanos(System.nanoTime() - nanos);
        }
    }
}
