package io.threadpost.pull;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.threadpost.Promise;
import io.threadpost.Proves;
import io.threadpost.ledger.WithLedger;
import io.threadpost.sandbox.LimitReading;
import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.sandbox.SandboxPlatform;
import io.threadpost.sandbox.SandboxRequest;
import io.threadpost.spool.SpoolItem;

/**
 * Five minutes of a backfill at the platform's limit: it uses the budget, never exceeds it, and delays no live thread.
 */
@Tag("nightly")
@Proves(Promise.THE_BUDGET_HOLDS)
class BackfillRateTest extends WithLedger {
    private static final int LIMIT = 200;
    private static final Duration WINDOW = Duration.ofSeconds(30);
    private static final Duration TRIAL = Duration.ofMinutes(5);
    private static final Duration PERIOD = Duration.ofSeconds(5);
    private static final Duration SETTLE = Duration.ofSeconds(2);
    private static final int PAGE = 10;

    @ParameterizedTest
    @ValueSource(ints = {50, 500})
    void usesTheBudgetWithoutA429AndDelaysNoLiveThread(int latency) throws Exception {
        SandboxOptions options = new SandboxOptions()
                .threads(30_000)
                .over(Duration.ofDays(300))
                .limit(LIMIT, WINDOW)
                .limitReading(LimitReading.BOTH)
                .latency(Duration.ofMillis(latency));
        Map<String, String> settings = Map.of(
                "threadpost.connector.limit.requests",
                String.valueOf(LIMIT),
                "threadpost.pull.start",
                "PT1H",
                "threadpost.pull.page-size",
                String.valueOf(PAGE),
                "threadpost.pull.period",
                PERIOD.toSeconds() + "s",
                "threadpost.pull.settle",
                SETTLE.toSeconds() + "s");
        try (SandboxPlatform platform = SandboxPlatform.start(options);
                PullNode node = new PullNode(ledger.ledger(), platform.address(), settings).startToFiles()) {
            // Until the slots of the first pull are free again.
            Thread.sleep(WINDOW.plusSeconds(5).toMillis());
            node.get(Backfills.class)
                    .request("main", Instant.now().minus(Duration.ofDays(300)), Instant.now(), List.of());
            long begin = System.nanoTime();
            List<Duration> delays = delays(platform, node, begin);

            List<SandboxRequest> requests = platform.requests().stream()
                    .filter(request ->
                            request.receivedNanos() >= begin && request.receivedNanos() < begin + TRIAL.toNanos())
                    .toList();
            double use = requests.size() / (LIMIT * (double) TRIAL.toMillis() / WINDOW.toMillis());
            Duration slowest = delays.stream().max(Duration::compareTo).orElseThrow();
            System.out.printf(
                    "latency %d ms: %d requests, %.2f %% of the budget; %d live threads, delay at most %d ms, mean"
                            + " %.0f ms%n",
                    latency,
                    requests.size(),
                    100 * use,
                    delays.size(),
                    slowest.toMillis(),
                    delays.stream().mapToLong(Duration::toMillis).average().orElse(0));
            assertThat(platform.requests()).extracting(SandboxRequest::status).containsOnly(200);
            assertThat(use).isGreaterThanOrEqualTo(0.98);
            assertThat(slowest).isLessThanOrEqualTo(PERIOD.multipliedBy(2).plus(SETTLE));
        }
    }

    /** @return for a thread every 1.7 seconds, the time from its update to its spool's consumer */
    private static List<Duration> delays(SandboxPlatform platform, PullNode node, long begin) throws Exception {
        Map<String, Long> added = new LinkedHashMap<>();
        List<Duration> delays = new ArrayList<>();
        long next = begin;
        int seen = 0;
        while (System.nanoTime() - begin < TRIAL.toNanos() || !added.isEmpty()) {
            if (System.nanoTime() >= next && System.nanoTime() - begin < TRIAL.toNanos()) {
                added.put(platform.addThread(platform.now(), "Jo", "Live"), System.nanoTime());
                next += Duration.ofMillis(1700).toNanos();
            }
            List<SpoolItem> delivered = node.delivered();
            for (SpoolItem item : delivered.subList(seen, delivered.size())) {
                Long at = added.remove(item.key().split("@")[0]);
                if (at != null) {
                    delays.add(Duration.ofNanos(System.nanoTime() - at));
                }
            }
            seen = delivered.size();
            Thread.sleep(100);
            if (System.nanoTime() - begin > 2 * TRIAL.toNanos()) {
                throw new AssertionError("not delivered: " + added);
            }
        }
        return delays;
    }
}
