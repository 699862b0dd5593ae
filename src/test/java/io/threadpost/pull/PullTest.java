package io.threadpost.pull;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.threadpost.Promise;
import io.threadpost.Proves;
import io.threadpost.json.RawJson;
import io.threadpost.ledger.WithLedger;
import io.threadpost.sandbox.Chance;
import io.threadpost.sandbox.CursorPolicy;
import io.threadpost.sandbox.FaultKind;
import io.threadpost.sandbox.Faults;
import io.threadpost.sandbox.IntervalReading;
import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.sandbox.SandboxPlatform;
import io.threadpost.sandbox.ThreadOrder;
import io.threadpost.sandbox.TimePrecision;
import io.threadpost.testing.CannedPlatform;
import io.threadpost.testing.CannedPlatform.Answer;

/** What a pull brings home from the sandbox platform, whatever the platform does. */
@Proves({Promise.EVERY_VERSION_IS_DELIVERED, Promise.THE_BUDGET_HOLDS})
class PullTest extends WithLedger {
    private static final long SEED = 42;

    private static SandboxOptions platform(int threads) {
        return new SandboxOptions()
                .threads(threads)
                .over(Duration.ofDays(20))
                .equalTimes(0.2)
                .seed(SEED)
                .noLimit();
    }

    private void pullsEverythingOnce(SandboxOptions options, Map<String, String> settings) throws Exception {
        try (SandboxPlatform platform = SandboxPlatform.start(options);
                PullNode node = new PullNode(ledger.ledger(), platform.address(), settings).startToFiles()) {
            await().untilAsserted(() -> assertThat(openWindows()).isEqualTo("0"));
            // Once traffic stops; the faults that update threads are traffic, too.
            platform.setFaults(Faults.none());
            everythingArrivesOnce(platform, node);
        }
    }

    /** All that stands is there, what is there was served, nothing twice, no window left, no mistake of ours. */
    private void everythingArrivesOnce(SandboxPlatform platform, PullNode node) {
        await().untilAsserted(() -> assertThat(node.versions()).containsAll(platform.versions()));
        await().untilAsserted(() -> assertThat(openWindows()).isEqualTo("0"));
        assertThat(node.versions()).doesNotHaveDuplicates();
        assertThat(platform.everyVersion()).containsAll(node.versions());
        assertThat(platform.refusals()).isEmpty();
    }

    private String openWindows() {
        return ledger.rows(
                        "SELECT CASE WHEN COUNT(*) = 0 THEN 'none yet' ELSE CAST(SUM(CASE WHEN state = 'closed' THEN 0"
                                + " ELSE 1 END) AS TEXT) END FROM pull_window")
                .get(0);
    }

    @ParameterizedTest
    @CsvSource({
        "1, HALF_OPEN, NEWEST_CREATED, SECONDS",
        "7, INCLUSIVE, NEWEST_UPDATED, TICKS",
        "1000, HALF_OPEN, NEWEST_UPDATED, MILLIS",
        "50, INCLUSIVE, NEWEST_CREATED, SECONDS"
    })
    void bringsEveryThreadOnceUnderEachReadingOfThePlatform(
            int pageSize, IntervalReading interval, ThreadOrder order, TimePrecision precision) throws Exception {
        pullsEverythingOnce(
                platform(300).interval(interval).order(order).precision(precision),
                Map.of("threadpost.pull.page-size", String.valueOf(pageSize)));
    }

    @ParameterizedTest
    @CsvSource({"INVALID", "EMPTY", "RESTART", "POSITION"})
    void bringsEveryVersionOnceWhileThreadsChangeUnderTheCursor(CursorPolicy policy) throws Exception {
        Faults faults = Faults.none()
                .with(FaultKind.CURSOR_UPDATED, Chance.of(0.2))
                .with(FaultKind.UPDATES, Chance.of(0.3))
                .updates(3);
        pullsEverythingOnce(
                platform(300).cursorPolicy(policy).faults(faults), Map.of("threadpost.pull.page-size", "7"));
    }

    @Test
    void goesOnFromTheCursorBeforeWhenCursorsAreLostOrRepeated() throws Exception {
        Faults faults = Faults.none()
                .with(FaultKind.INVALID_CURSOR, Chance.of(0.2))
                .with(FaultKind.REPEATED_CURSOR, Chance.of(0.1));
        try (SandboxPlatform platform = SandboxPlatform.start(platform(400).faults(faults));
                PullNode node = new PullNode(
                                ledger.ledger(), platform.address(), Map.of("threadpost.pull.page-size", "1"))
                        .startToFiles()) {
            everythingArrivesOnce(platform, node);
            // Starting at the head each time would need thousands of pages.
            assertThat(platform.requests()).hasSizeLessThan(1000);
        }
    }

    @Test
    void healsByItselfAfterResetsTruncatedBodiesErrorsAnd429() throws Exception {
        Faults faults = Faults.none()
                .with(FaultKind.RESET, Chance.every(7))
                .with(FaultKind.TRUNCATED_BODY, Chance.every(11))
                .with(FaultKind.HTML_PAGE, Chance.every(13))
                .with(FaultKind.NO_CONTENT, Chance.ALWAYS);
        pullsEverythingOnce(platform(300).faults(faults), Map.of("threadpost.pull.page-size", "20"));
    }

    @Test
    void splitsAWindowThatIsTooHeavyUntilThePlatformCanServeIt() throws Exception {
        pullsEverythingOnce(
                platform(300).faults(Faults.none().tooHeavyAbove(Duration.ofDays(3))),
                Map.of("threadpost.pull.page-size", "20"));
    }

    @Test
    void cutsALongPastIntoMonthsAndBringsItAll() throws Exception {
        pullsEverythingOnce(platform(200).over(Duration.ofDays(400)), Map.of("threadpost.pull.start", "P500D"));
        // A window closes after its last thread was delivered.
        await("closed windows that touch are one")
                .untilAsserted(() -> assertThat(ledger.rows("SELECT COUNT(*) FROM pull_window"))
                        .containsExactly("1"));
    }

    @Test
    void bringsWhatIsAddedAndUpdatedWhileItRuns() throws Exception {
        try (SandboxPlatform platform = SandboxPlatform.start(platform(100).growth(30, 30));
                PullNode node = new PullNode(ledger.ledger(), platform.address(), Map.of()).startToFiles()) {
            await().untilAsserted(() -> assertThat(node.versions()).hasSizeGreaterThan(250));
            platform.quiet();
            everythingArrivesOnce(platform, node);
        }
    }

    @Test
    void handsThreadsOnExactlyAsThePlatformWroteThem() throws Exception {
        try (SandboxPlatform platform = SandboxPlatform.start(platform(50).extraFields(true));
                PullNode node = new PullNode(ledger.ledger(), platform.address(), Map.of()).startToFiles()) {
            everythingArrivesOnce(platform, node);
            for (var spoolItem : node.delivered()) {
                RawJson thread = (RawJson) spoolItem.body();
                assertThat(thread).hasToString(platform.threadJson((String) thread.get("Id")));
            }
        }
    }

    @Test
    void forgetsKeysOnlyWhereTimeIsCoveredAndStillDoublesNothing() throws Exception {
        try (SandboxPlatform platform = SandboxPlatform.start(platform(300));
                PullNode node = new PullNode(ledger.ledger(), platform.address(), Map.of()).startToFiles()) {
            everythingArrivesOnce(platform, node);
            node.dedupeKeyPurge.run();
            int left = Integer.parseInt(ledger.rows("SELECT COALESCE(SUM(size), 0) FROM thread_version_block")
                    .get(0));
            assertThat(left).isLessThan(20);
            String id = platform.versions().iterator().next().split(" ")[0];
            platform.updateThread(id);
            everythingArrivesOnce(platform, node);
            int requests = platform.requests().size();
            await("looked back over the end of covered time")
                    .until(() -> platform.requests().size() > requests + 2);
            everythingArrivesOnce(platform, node);
        }
    }

    /** Each page of one thread is held back on its way through the routes until the request for the next is there. */
    @Test
    void keepsTheWireBusyAskingForTheNextPageBeforeTheLastIsStored() throws Exception {
        int pages = 5;
        Instant updated = Instant.now().minus(Duration.ofDays(3));
        Set<String> requested = ConcurrentHashMap.newKeySet();
        RouteBuilder routeThread = new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:route-thread")
                        .process(exchange -> {
                            String id = (String)
                                    exchange.getMessage().getBody(Map.class).get("Id");
                            int next = Integer.parseInt(id) + 1;
                            await().until(() -> next == pages || requested.contains(String.valueOf(next)));
                        })
                        .to("spool:files");
            }
        };
        try (CannedPlatform platform = new CannedPlatform(request -> {
                    String page = request.path("Limitation").path("Cursor").asText("0");
                    requested.add(page);
                    int next = Integer.parseInt(page) + 1;
                    return Answer.page(
                            next == pages ? null : String.valueOf(next),
                            "{\"Id\":\"" + page + "\",\"UpdatedUtc\":\"" + updated + "\"}");
                });
                PullNode node = new PullNode(
                                ledger.ledger(),
                                platform.address(),
                                Map.of("threadpost.pull.page-size", "1", "threadpost.pull.period", "1h"))
                        .start(routeThread)) {
            await().untilAsserted(() -> assertThat(openWindows()).isEqualTo("0"));
            await().untilAsserted(() -> assertThat(node.versions()).hasSize(pages));
            assertThat(node.versions()).doesNotHaveDuplicates();
        }
    }

    @Test
    void goesOnWhereItWasAfterAnOrderlyStop() throws Exception {
        try (SandboxPlatform platform = SandboxPlatform.start(platform(500).latency(Duration.ofMillis(20)))) {
            Set<String> before;
            try (PullNode node = new PullNode(
                            ledger.ledger(), platform.address(), Map.of("threadpost.pull.page-size", "10"))
                    .startToFiles()) {
                await().untilAsserted(() -> assertThat(node.versions()).hasSizeGreaterThan(50));
                node.camel.stop();
                before = Set.copyOf(node.versions());
                assertThat(node.versions()).doesNotHaveDuplicates();
            }
            try (PullNode node = new PullNode(
                            ledger.ledger(), platform.address(), Map.of("threadpost.pull.page-size", "10"))
                    .startToFiles()) {
                await().untilAsserted(() ->
                        assertThat(node.versions().size() + before.size()).isGreaterThanOrEqualTo(500));
                assertThat(node.versions()).doesNotContainAnyElementsOf(before).doesNotHaveDuplicates();
            }
        }
    }
}
