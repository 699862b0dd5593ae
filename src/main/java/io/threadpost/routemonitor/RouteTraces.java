package io.threadpost.routemonitor;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.apache.camel.Exchange;

import io.threadpost.json.RawJson;
import io.threadpost.retry.FailureReason;
import io.threadpost.spool.SpoolConstants;
import io.threadpost.steptrace.Step;
import io.threadpost.steptrace.StepPath;
import io.threadpost.steptrace.StepTrace;

/** Traces the exchanges of a route for a minute, and keeps the last of them for ten more. */
@Singleton
public final class RouteTraces {
    /** How many exchanges of a route are kept at most. */
    public static final int MOST_EXCHANGES = 50;

    static final long SECONDS = 60;
    private static final long KEPT_SECONDS = 600;
    /** Routes that are traced, or whose traces are kept; the oldest trace goes first. */
    private static final int MOST_ROUTES = 20;

    /** Twice what is shown, so that a secret at the end of that is whole when it is redacted. */
    private static final int LONGEST_BODY = 8000;

    /** A longer body is not read for a trace. */
    private static final int LARGEST_BODY = 256 << 10;

    private final LongSupplier nanoTime;
    private final Map<String, Recording> recordings = new ConcurrentHashMap<>();

    @Inject
    RouteTraces() {
        this(System::nanoTime);
    }

    RouteTraces(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * An exchange that passed a traced route. Its texts may hold secrets, so redact them before they are cut.
     *
     * @param key of its thread or item; null without one
     * @param path the steps of this route and of those that it called; null for none
     * @param failed the step that failed; null for none
     * @param failure the reason; null when it did not fail
     * @param body as it came in, shortened; null unless bodies were asked for
     * @param size of the body in bytes or characters; negative when it is neither bytes nor text
     */
    public record Trace(
            Instant at,
            long nanos,
            String key,
            String connection,
            StepPath path,
            List<String> spools,
            Step failed,
            String failure,
            String body,
            long size) {}

    /**
     * The traces of a route.
     *
     * @param until when the trace ends, or ended
     * @param on whether it is on
     * @param traces the newest first
     */
    public record Traced(Instant until, boolean on, boolean bodies, List<Trace> traces) {}

    /** An exchange that is in a traced route. */
    record Open(
            Recording recording, Instant at, StepTrace trace, String key, String connection, String body, long size) {}

    private static final class Recording {
        private final long until;
        private final Instant untilTime;
        private final int exchanges;
        private final boolean bodies;
        private final Deque<Trace> last = new ArrayDeque<>();

        Recording(long until, int exchanges, boolean bodies) {
            this.until = until;
            this.untilTime = Instant.now().plusSeconds(SECONDS);
            this.exchanges = exchanges;
            this.bodies = bodies;
        }

        synchronized void add(Trace trace) {
            if (last.size() == exchanges) {
                last.removeFirst();
            }
            last.addLast(trace);
        }

        synchronized List<Trace> newestFirst() {
            List<Trace> traces = new ArrayList<>();
            last.descendingIterator().forEachRemaining(traces::add);
            return traces;
        }
    }

    /**
     * Traces a route for a minute. Earlier traces of it are dropped.
     *
     * @param exchanges how many of the last exchanges are kept, at most {@value #MOST_EXCHANGES}
     * @param bodies whether their bodies are kept, too
     */
    public void start(String route, int exchanges, boolean bodies) {
        purge();
        if (recordings.size() >= MOST_ROUTES && !recordings.containsKey(route)) {
            recordings.entrySet().stream()
                    .min((a, b) -> Long.compare(a.getValue().until - b.getValue().until, 0))
                    .ifPresent(oldest -> recordings.remove(oldest.getKey(), oldest.getValue()));
        }
        recordings.put(
                route,
                new Recording(
                        nanoTime.getAsLong() + TimeUnit.SECONDS.toNanos(SECONDS),
                        Math.min(exchanges, MOST_EXCHANGES),
                        bodies));
    }

    /** @return the traces of a route; empty when it was not traced lately */
    public Optional<Traced> of(String route) {
        purge();
        return Optional.ofNullable(recordings.get(route))
                .map(recording ->
                        new Traced(recording.untilTime, isOn(recording), recording.bodies, recording.newestFirst()));
    }

    private boolean isOn(Recording recording) {
        return nanoTime.getAsLong() - recording.until < 0;
    }

    private void purge() {
        long oldest = nanoTime.getAsLong() - TimeUnit.SECONDS.toNanos(KEPT_SECONDS);
        recordings.values().removeIf(recording -> recording.until - oldest < 0);
    }

    /** @return null when the route is not traced */
    Open begin(String route, Exchange exchange) {
        if (recordings.isEmpty()) {
            return null;
        }
        // Bodies are not kept until somebody looks.
        purge();
        Recording recording = recordings.get(route);
        if (recording == null || !isOn(recording)) {
            return null;
        }
        Object body = exchange.getMessage().getBody();
        return new Open(
                recording,
                Instant.now(),
                StepTrace.nest(exchange),
                exchange.getMessage().getHeader(SpoolConstants.KEY, String.class),
                exchange.getMessage().getHeader(SpoolConstants.CONNECTION, String.class),
                recording.bodies ? text(body) : null,
                size(body));
    }

    void end(Open open, Exchange exchange, long nanos) {
        open.trace.end(exchange);
        Step failed = open.trace.failed();
        Exception failure = exchange.getException();
        String key = exchange.getMessage().getHeader(SpoolConstants.KEY, String.class);
        open.recording.add(new Trace(
                open.at,
                nanos,
                open.key == null ? key : open.key,
                open.connection,
                open.trace.path(),
                open.trace.spools(),
                failed,
                failure == null ? null : FailureReason.of(failure),
                open.body,
                open.size));
    }

    private static long size(Object body) {
        if (body instanceof RawJson json) {
            return json.length();
        }
        if (body instanceof byte[] bytes) {
            return bytes.length;
        }
        return body instanceof CharSequence text ? text.length() : -1;
    }

    /** A body that is read once, such as a stream, is left to the route. */
    private static String text(Object body) {
        if (size(body) > LARGEST_BODY) {
            return "(longer than " + LARGEST_BODY / 1024 + " kB)";
        }
        if (body instanceof byte[] bytes) {
            return shortened(new String(bytes, StandardCharsets.UTF_8));
        }
        if (body == null || size(body) >= 0 || body instanceof Number || body instanceof Boolean) {
            return shortened(String.valueOf(body));
        }
        return "(" + body.getClass().getSimpleName() + ")";
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_BODY ? text : text.substring(0, LONGEST_BODY);
    }
}
