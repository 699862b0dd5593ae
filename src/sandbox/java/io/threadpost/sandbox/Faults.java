package io.threadpost.sandbox;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * How a platform misbehaves: all off until switched on, and deterministic, since whether a fault strikes depends on the
 * seed, the action and the request's number alone. Immutable: each setting gives a new value.
 */
public final class Faults implements Cloneable {
    private Map<FaultKind, Chance> chances = Map.of();
    private Set<String> actions = Set.of("getAll", "add", "messages/getAll", "messages/add");
    private long seed = 1;
    private Duration latency = Duration.ofMillis(100);
    private Duration jitter = Duration.ZERO;
    private Duration slowBody = Duration.ofSeconds(1);
    private Duration addVisibleAfter = Duration.ZERO;
    private Duration retryAfter = Duration.ofSeconds(1);
    private RetryAfterForm retryAfterForm = RetryAfterForm.SECONDS;
    private int serverErrorBurst = 1;
    private int tooManyBurst = 1;
    private int updates = 4;
    private long heavyThreads = Long.MAX_VALUE;
    private List<Integer> errorStatuses = List.of(500);
    private Duration heavyInterval = Duration.ofDays(36_500);

    private Faults() {}

    /** A platform without faults. */
    public static Faults none() {
        return new Faults();
    }

    /** All faults at once, each rare enough that clients still make progress. */
    public static Faults storm(long seed) {
        return none().seed(seed)
                .latency(Duration.ofMillis(20), Duration.ofMillis(80))
                .with(FaultKind.LATENCY, Chance.of(0.2))
                .with(FaultKind.TOO_MANY_REQUESTS, Chance.of(0.01))
                .with(FaultKind.SERVER_ERROR, Chance.of(0.02))
                .serverErrorBurst(2)
                .with(FaultKind.HTML_PAGE, Chance.of(0.01))
                .with(FaultKind.RESET, Chance.of(0.02))
                .with(FaultKind.INVALID_CURSOR, Chance.of(0.01))
                .with(FaultKind.CURSOR_UPDATED, Chance.of(0.02))
                .with(FaultKind.UPDATES, Chance.of(0.1))
                .with(FaultKind.REPEATED_CURSOR, Chance.of(0.01))
                .with(FaultKind.NO_CONTENT, Chance.of(0.5))
                .with(FaultKind.WRONG_CONTENT_TYPE, Chance.of(0.01))
                .with(FaultKind.SLOW_BODY, Chance.of(0.02))
                .with(FaultKind.TRUNCATED_BODY, Chance.of(0.02))
                .with(FaultKind.LOST_ADD, Chance.of(0.1))
                .addVisibleAfter(Duration.ofMillis(500));
    }

    /** When a fault strikes; replaces the earlier setting of it. */
    public Faults with(FaultKind kind, Chance chance) {
        return change(f -> {
            Map<FaultKind, Chance> more = new EnumMap<>(FaultKind.class);
            more.putAll(f.chances);
            more.put(kind, chance);
            f.chances = more;
        });
    }

    /**
     * Faults strike these actions only: {@code getAll} and {@code add} of threads, {@code messages/getAll},
     * {@code messages/add}.
     */
    public Faults only(String... names) {
        return change(f -> f.actions = Set.of(names));
    }

    /** What decides when faults strike, and how. */
    public Faults seed(long value) {
        return change(f -> f.seed = value);
    }

    /** For {@link FaultKind#LATENCY}: a fixed part, and a random one of at most {@code most}. */
    public Faults latency(Duration fixed, Duration most) {
        return change(f -> {
            f.latency = fixed;
            f.jitter = most;
        });
    }

    /** For {@link FaultKind#SLOW_BODY}: how long the body takes. */
    public Faults slowBody(Duration value) {
        return change(f -> f.slowBody = value);
    }

    /**
     * For {@link FaultKind#LOST_ADD}: how long after its {@code CreatedUtc} what was added becomes visible, as when a
     * request goes on after its connection is gone. A pull sees it only if it looks back at least that far.
     */
    public Faults addVisibleAfter(Duration value) {
        return change(f -> f.addVisibleAfter = value);
    }

    /** For {@link FaultKind#FAILED_ADD} and {@link FaultKind#FALSE_ERROR}: the statuses that they are answered with. */
    public Faults errorStatus(Integer... statuses) {
        return change(f -> f.errorStatuses = List.of(statuses));
    }

    /** For injected 429 and 5xx answers: the pause asked for and its form. */
    public Faults retryAfter(Duration pause, RetryAfterForm form) {
        return change(f -> {
            f.retryAfter = pause;
            f.retryAfterForm = form;
        });
    }

    /** For {@link FaultKind#SERVER_ERROR}: how many requests in a row. */
    public Faults serverErrorBurst(int requests) {
        return change(f -> f.serverErrorBurst = requests);
    }

    /** For {@link FaultKind#TOO_MANY_REQUESTS}: how many requests in a row. */
    public Faults tooManyBurst(int requests) {
        return change(f -> f.tooManyBurst = requests);
    }

    /** For {@link FaultKind#UPDATES}: how many threads each time. */
    public Faults updates(int threads) {
        return change(f -> f.updates = threads);
    }

    /**
     * 408 for every getAll of threads whose interval holds more than this and is longer than one unit of time, and for
     * every page of more messages than this.
     */
    public Faults tooHeavyAbove(long threads) {
        return change(f -> f.heavyThreads = threads);
    }

    /** 408 for every getAll with an interval longer than this. */
    public Faults tooHeavyAbove(Duration interval) {
        return change(f -> f.heavyInterval = interval);
    }

    Chance chance(FaultKind kind) {
        return chances.getOrDefault(kind, Chance.NEVER);
    }

    Set<String> actions() {
        return actions;
    }

    long seed() {
        return seed;
    }

    Duration latency() {
        return latency;
    }

    Duration jitter() {
        return jitter;
    }

    Duration slowBody() {
        return slowBody;
    }

    Duration addVisibleAfter() {
        return addVisibleAfter;
    }

    Duration retryAfter() {
        return retryAfter;
    }

    RetryAfterForm retryAfterForm() {
        return retryAfterForm;
    }

    List<Integer> errorStatuses() {
        return errorStatuses;
    }

    int burst(FaultKind kind) {
        return switch (kind) {
            case SERVER_ERROR -> serverErrorBurst;
            case TOO_MANY_REQUESTS -> tooManyBurst;
            default -> 1;
        };
    }

    int updates() {
        return updates;
    }

    long heavyThreads() {
        return heavyThreads;
    }

    Duration heavyInterval() {
        return heavyInterval;
    }

    private Faults change(Consumer<Faults> change) {
        try {
            Faults copy = (Faults) clone();
            change.accept(copy);
            return copy;
        } catch (CloneNotSupportedException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
