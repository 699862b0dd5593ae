package io.threadpost.pull;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.threadpost.sandbox.Chance;
import io.threadpost.sandbox.CursorPolicy;
import io.threadpost.sandbox.FaultKind;
import io.threadpost.sandbox.Faults;
import io.threadpost.sandbox.IntervalReading;
import io.threadpost.sandbox.RetryAfterForm;
import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.sandbox.SandboxPlatform;
import io.threadpost.sandbox.ThreadOrder;
import io.threadpost.sandbox.TimePrecision;

/** The platform of a simulation, and what its guests do: one hotel, or a small or large portfolio. */
final class SimulatedHotels implements AutoCloseable {
    private static final int ACTIVE = 7;
    private static final List<UUID> NONE = List.of();
    private static final List<UUID> SMALL = portfolio(ACTIVE);
    /** More than the platform takes in two requests. */
    private static final List<UUID> LARGE = portfolio(2100);

    private final Random random;
    private final List<UUID> portfolio;
    private final Duration lookback;
    private final SandboxPlatform platform;

    /** @param lookback how late threads may appear without an audit */
    SimulatedHotels(long seed, Random random, SimulatedTime time, Duration lookback) {
        this.random = random;
        this.lookback = lookback;
        this.portfolio = pick(NONE, NONE, NONE, SMALL, SMALL, LARGE);
        Set<UUID> hotels = portfolio() ? new LinkedHashSet<>(portfolio) : Set.of(SandboxOptions.ENTERPRISE);
        this.platform = SandboxPlatform.start(new SandboxOptions()
                .clock(time)
                .clockOffset(Duration.ofSeconds(pick(0, 0, 1, -1, 40, -3000, 86_000)))
                .accessTokens(Map.of(SandboxOptions.ACCESS_TOKEN, hotels))
                .threads(random.nextInt(80))
                .over(Duration.ofDays(pick(1, 20, 100)))
                .equalTimes(pick(0.0, 0.1, 0.5))
                .seed(seed)
                .interval(pick(IntervalReading.values()))
                .order(pick(ThreadOrder.values()))
                .precision(pick(TimePrecision.values()))
                .cursorPolicy(pick(CursorPolicy.values()))
                .noLimit()
                .faults(faults(seed)));
    }

    private static List<UUID> portfolio(int size) {
        return IntStream.range(0, size).mapToObj(i -> new UUID(7, i)).toList();
    }

    private Faults faults(long seed) {
        Faults faults = Faults.none().seed(seed).updates(1 + random.nextInt(4));
        for (FaultKind kind : List.of(
                FaultKind.TOO_MANY_REQUESTS,
                FaultKind.SERVER_ERROR,
                FaultKind.HTML_PAGE,
                FaultKind.RESET,
                FaultKind.INVALID_CURSOR,
                FaultKind.CURSOR_UPDATED,
                FaultKind.UPDATES,
                FaultKind.REPEATED_CURSOR,
                FaultKind.NO_CONTENT,
                FaultKind.WRONG_CONTENT_TYPE,
                FaultKind.TRUNCATED_BODY)) {
            if (random.nextInt(3) == 0) {
                faults = faults.with(kind, Chance.of(pick(0.01, 0.05, 0.2)));
            }
        }
        if (random.nextInt(4) == 0) {
            faults = random.nextBoolean()
                    ? faults.tooHeavyAbove(Duration.ofDays(pick(1, 3)))
                    : faults.tooHeavyAbove(10L);
        }
        return faults.retryAfter(
                Duration.ofSeconds(pick(1, 30)), pick(RetryAfterForm.SECONDS, RetryAfterForm.HTTP_DATE));
    }

    @SafeVarargs
    private <T> T pick(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    SandboxPlatform platform() {
        return platform;
    }

    boolean portfolio() {
        return !portfolio.isEmpty();
    }

    String configuredIds() {
        return portfolio.stream().map(UUID::toString).collect(Collectors.joining(","));
    }

    /** @return some enterprises of the portfolio */
    List<String> some() {
        return portfolio.stream()
                .filter(hotel -> random.nextInt(3) == 0)
                .map(UUID::toString)
                .toList();
    }

    /** @return a moment of the last hundred days */
    Instant moment() {
        return platform.now().minusSeconds(random.nextInt(9_000_000)).truncatedTo(ChronoUnit.MILLIS);
    }

    /** @return the ids of all threads, in a reproducible order */
    List<String> threads() {
        return platform.versions().stream()
                .map(version -> version.split(" ")[0])
                .sorted()
                .toList();
    }

    /** A thread is added, late or not, or updated, or the platform's clock is set. */
    void live() {
        List<String> threads = threads();
        int what = random.nextInt(48);
        if (what < 20 && !threads.isEmpty()) {
            platform.updateThread(threads.get(random.nextInt(threads.size())));
        } else if (what < 36) {
            add(platform.now());
        } else if (what < 46) {
            add(platform.now().minusMillis((long) (random.nextDouble() * lookback.toMillis())));
        } else if (what < 47) {
            add(platform.now().minusSeconds(random.nextInt(2_000_000)));
        } else {
            platform.setClockOffset(Duration.ofSeconds(pick(0, 30, 3000, -3000)));
        }
    }

    /** The first of each part among them. */
    private UUID active() {
        return portfolio.get(random.nextInt(ACTIVE) * (portfolio.size() / ACTIVE));
    }

    private void add(Instant created) {
        UUID hotel = portfolio() ? active() : SandboxOptions.ENTERPRISE;
        platform.addThread(created, "Jo", "Towels", hotel);
    }

    @Override
    public void close() {
        platform.close();
    }
}
