package io.threadpost.sandbox;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Sends {@code MessageAdded} events to a client's address: some in one call, again until the answer is 2xx within five
 * seconds, and discards them in the end. An event names the message only.
 */
final class MessageWebhook implements AutoCloseable {
    private static final UUID INTEGRATION = UUID.fromString("9d1b3f52-6a0e-4f0c-8d6f-2f6c0a5f1e11");
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int MOST_TRIES = 10;
    private static final int MOST_EVENTS = 500;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    private final ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "sandbox-webhook");
        thread.setDaemon(true);
        return thread;
    });
    private final Deque<Event> waiting = new ArrayDeque<>();
    private final Duration delay;
    private final Duration retry;
    private volatile URI address;
    private int tries;
    private int delivered;
    private int discarded;

    /** A message of an enterprise. */
    record Event(UUID enterprise, UUID message) {}

    /** @param address null for none */
    MessageWebhook(URI address, Duration delay, Duration retry) {
        this.address = address;
        this.delay = delay;
        this.retry = retry;
    }

    void setAddress(URI value) {
        address = value;
    }

    void added(Event event) {
        if (address == null) {
            return;
        }
        boolean first;
        synchronized (this) {
            first = waiting.isEmpty();
            waiting.add(event);
        }
        if (first) {
            sendAfter(delay);
        }
    }

    /** Events that were answered with 2xx. */
    synchronized int delivered() {
        return delivered;
    }

    /** Events that were given up. */
    synchronized int discarded() {
        return discarded;
    }

    private void sendAfter(Duration pause) {
        try {
            sender.schedule(this::send, pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            // The platform ends.
        }
    }

    private void send() {
        List<Event> events = next();
        boolean accepted = post(events);
        boolean more;
        synchronized (this) {
            tries = accepted ? 0 : tries + 1;
            if (accepted || tries == MOST_TRIES) {
                tries = 0;
                waiting.removeAll(events);
                delivered += accepted ? events.size() : 0;
                discarded += accepted ? 0 : events.size();
            }
            more = !waiting.isEmpty();
        }
        if (more) {
            sendAfter(accepted ? Duration.ZERO : retry);
        }
    }

    /** One enterprise a call. */
    private synchronized List<Event> next() {
        List<Event> events = new ArrayList<>();
        for (Event event : waiting) {
            if (event.enterprise().equals(waiting.peek().enterprise()) && events.size() < MOST_EVENTS) {
                events.add(event);
            }
        }
        return events;
    }

    private boolean post(List<Event> events) {
        URI target = address;
        if (target == null) {
            return true;
        }
        StringBuilder body = new StringBuilder("{\"EnterpriseId\":\""
                + events.get(0).enterprise() + "\",\"IntegrationId\":\"" + INTEGRATION + "\",\"Events\":[");
        for (Event event : events) {
            body.append(body.charAt(body.length() - 1) == '[' ? "" : ",")
                    .append("{\"Discriminator\":\"MessageAdded\",\"Value\":{\"Id\":\"")
                    .append(event.message())
                    .append("\"}}");
        }
        HttpRequest request = HttpRequest.newBuilder(target)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body + "]}"))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() / 100 == 2;
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            return false;
        } catch (IOException unreachable) {
            return false;
        }
    }

    @Override
    public void close() {
        sender.shutdownNow();
    }
}
