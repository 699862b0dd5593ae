package io.threadpost.pull;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import io.threadpost.ledger.Dialect;
import io.threadpost.ledger.LedgerFixture;
import io.threadpost.ledger.WithLedger;
import io.threadpost.pull.CursorHistory.Cursor;
import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.sandbox.SandboxPlatform;
import io.threadpost.testing.CannedPlatform;
import io.threadpost.testing.CannedPlatform.Answer;
import io.threadpost.testing.TestNode;

/** How time is cut, whose time it is, and who holds a window. */
class WindowPlanningTest extends WithLedger {
    @Test
    void asksForTheServersTimeFirstAndEndsWindowsByIt() throws Exception {
        Duration behind = Duration.ofHours(-5);
        try (SandboxPlatform platform = SandboxPlatform.start(
                        new SandboxOptions().noLimit().threads(20).clockOffset(behind));
                PullNode node = new PullNode(ledger.ledger(), platform.address(), Map.of()).startToFiles()) {
            await().untilAsserted(() -> assertThat(node.versions()).hasSize(20));
            Instant end = UtcNanos.instant(Long.parseLong(
                    ledger.rows("SELECT MAX(end_ns) FROM pull_window").get(0)));
            assertThat(end).isBefore(Instant.now().plus(behind).plusSeconds(1));
            // A thread of now, by the server's clock, is not in covered time.
            String id = platform.addThread(platform.now(), "Jo", "New");
            await().untilAsserted(() -> assertThat(node.versions()).anyMatch(version -> version.startsWith(id)));
        }
    }

    @Test
    void aStoppedServerClockGivesNoEmptyWindow() throws Exception {
        Map<String, String> date = Map.of("Date", "Sat, 21 Nov 2026 10:00:00 GMT");
        try (CannedPlatform platform = new CannedPlatform(
                        request -> new Answer(200, date, Answer.page(null).body()));
                PullNode node = new PullNode(
                                ledger.ledger(), platform.address(), Map.of("threadpost.pull.settle", "10m"))
                        .startToFiles()) {
            await("several ticks").until(() -> platform.requests().size() > 2);
            assertThat(platform.requests()).allSatisfy(request -> assertThat(
                            request.path("UpdatedUtc").path("StartUtc").asText())
                    .isLessThan(request.path("UpdatedUtc").path("EndUtc").asText()));
        }
    }

    @Test
    void aFirstPlanThatFailsDoesNotWaitForTheNextPeriod() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        try (CannedPlatform platform = new CannedPlatform(
                        request -> requests.incrementAndGet() <= 2 ? Answer.of(503, "") : Answer.page(null));
                PullNode node = new PullNode(
                                ledger.ledger(), platform.address(), Map.of("threadpost.pull.period", "24h"))
                        .startToFiles()) {
            await().untilAsserted(() ->
                    assertThat(ledger.rows("SELECT state FROM pull_window")).containsExactly("closed"));
            assertThat(node.versions()).isEmpty();
        }
    }

    @Test
    void whatWasPlannedWhileThePlatformWasAwayIsOneWindow() throws Exception {
        try (SandboxPlatform platform =
                        SandboxPlatform.start(new SandboxOptions().noLimit().threads(20));
                PullNode node = new PullNode(ledger.ledger(), platform.address(), Map.of()).startToFiles()) {
            await().untilAsserted(() -> assertThat(node.versions()).hasSize(20));
            platform.setAvailable(false);
            await("failures")
                    .until(() -> !ledger.rows("SELECT id FROM pull_window WHERE state = 'open' AND failures > 1")
                            .isEmpty());
            // While a walker tries a window, it is not extended.
            node.camel.getRouteController().stopRoute("walk-windows");
            awaitPlanned();
            List<String> open = ledger.rows("SELECT id FROM pull_window WHERE state = 'open' ORDER BY id");
            awaitPlanned();
            awaitPlanned();
            assertThat(ledger.rows("SELECT id FROM pull_window WHERE state = 'open' ORDER BY id"))
                    .isEqualTo(open);
            node.camel.getRouteController().startRoute("walk-windows");
            platform.setAvailable(true);
            String id = platform.addThread(Instant.now(), "Jo", "Back again");
            await().untilAsserted(() -> assertThat(node.versions()).anyMatch(version -> version.startsWith(id)));
        }
    }

    private void awaitPlanned() {
        String newest = "SELECT MAX(end_ns) FROM pull_window";
        List<String> before = ledger.rows(newest);
        await("planned").until(() -> !ledger.rows(newest).equals(before));
    }

    @Test
    void aPageWhoseLeaseWentToSomebodyElseWritesNothing() throws Exception {
        CountDownLatch routing = new CountDownLatch(1);
        CountDownLatch taken = new CountDownLatch(1);
        try (SandboxPlatform platform =
                        SandboxPlatform.start(new SandboxOptions().noLimit().threads(5));
                PullNode node = new PullNode(
                                ledger.ledger(), platform.address(), Map.of("threadpost.pull.period", "1h"))
                        .start(new org.apache.camel.builder.RouteBuilder() {
                            @Override
                            public void configure() {
                                from("direct:route-thread")
                                        .process(exchange -> {
                                            routing.countDown();
                                            taken.await();
                                        })
                                        .to("spool:files");
                            }
                        })) {
            routing.await();
            String thief = UUID.randomUUID().toString();
            ledger.change("UPDATE pull_window SET lease_owner = ?, lease_until = ?", thief, Long.MAX_VALUE);
            taken.countDown();
            await("the walker gave up").until(() -> platform.requests().size() >= 2);
            node.camel.getRouteController().stopRoute("walk-windows");
            assertThat(ledger.rows("SELECT COUNT(*) FROM spool_parcel")).containsExactly("0");
            assertThat(ledger.rows("SELECT COUNT(*) FROM thread_version_block")).containsExactly("0");
            assertThat(ledger.rows("SELECT DISTINCT lease_owner FROM pull_window"))
                    .containsExactly(thief);
        }
    }

    @Test
    void aPageRenewsTheLeaseOfItsWindow() {
        Windows windows = new TestNode(ledger.ledger(), Map.of()).get(Windows.class);
        ledger.ledger().write(tx -> windows.insert(tx, "main", true, 0, 1_000, null));
        Window window = windows.claim("main", "walker", true).orElseThrow();
        ledger.change("UPDATE pull_window SET lease_until = 0");

        ledger.ledger()
                .write(tx -> windows.advance(
                        tx,
                        window,
                        "walker",
                        new Windows.Progress(true, 1, new Cursor("the oldest thread", null), null, false)));

        assertThat(windows.claim("main", "another walker", true)).isEmpty();
    }

    @Test
    void ofTwoNodesWithOtherEnterprisesTheOneThatWasStartedLastPulls() throws Exception {
        UUID first = new UUID(7, 1);
        UUID second = new UUID(7, 2);
        SandboxOptions hotels =
                new SandboxOptions().noLimit().accessTokens(Map.of(SandboxOptions.ACCESS_TOKEN, Set.of(first, second)));
        String ids = "threadpost.connections.main.enterprise-ids";
        try (LedgerFixture shared = LedgerFixture.create(Dialect.POSTGRESQL, folder);
                SandboxPlatform platform = SandboxPlatform.start(hotels);
                PullNode one = new PullNode(shared.ledger(), platform.address(), Map.of(ids, first.toString()))
                        .startToFiles()) {
            String before = platform.addThread(platform.now(), "Jo", "One hotel", first);
            await().untilAsserted(() -> assertThat(one.versions()).anyMatch(version -> version.startsWith(before)));

            try (PullNode two = new PullNode(shared.ledger(), platform.address(), Map.of(ids, first + "," + second))
                    .startToFiles()) {
                await("the first one stops").until(() -> {
                    String error = one.status.connections().get(0).error();
                    return error != null && error.contains("other enterprises");
                });
                // The time of the first one may be pulled already.
                String after = platform.addThread(platform.now().plusSeconds(2), "Jo", "Two hotels", second);
                await().untilAsserted(() -> assertThat(two.versions()).anyMatch(version -> version.startsWith(after)));
                assertThat(two.versions()).noneMatch(version -> version.startsWith(before));
                assertThatThrownBy(() -> one.get(CoverageAudit.class).audit("main", Instant.EPOCH, Instant.now()))
                        .hasMessageContaining(ids);
            }
            try (PullNode three =
                    new PullNode(shared.ledger(), platform.address(), Map.of(ids, first.toString())).startToFiles()) {
                String last = platform.addThread(platform.now().plusSeconds(2), "Jo", "One again", first);
                await("both pull, and one of them gets it")
                        .until(() -> java.util.stream.Stream.of(one.versions(), three.versions())
                                .flatMap(List::stream)
                                .anyMatch(version -> version.startsWith(last)));
            }
        }
    }

    /** Such as a start in the future: 0 would be the time up to which nothing was planned. */
    @Test
    void enterprisesMayChangeBeforeTheFirstWindow() {
        String ids = "threadpost.connections.main.enterprise-ids";
        for (UUID hotel : List.of(new UUID(7, 1), new UUID(7, 2), new UUID(7, 1))) {
            try (TestNode node = new TestNode(ledger.ledger(), Map.of(ids, hotel.toString()))) {
                EnterpriseHistory history = node.get(EnterpriseHistory.class);
                boolean current = ledger.ledger().write(tx -> {
                    history.compare(tx, "main", 0, 0);
                    return history.isCurrent(tx, "main");
                });
                assertThat(current).isTrue();
            }
        }
    }

    @Test
    void twoNodesOnOneLedgerBringEveryThreadOnceTogether() throws Exception {
        try (LedgerFixture shared = LedgerFixture.create(Dialect.POSTGRESQL, folder);
                SandboxPlatform platform = SandboxPlatform.start(
                        new SandboxOptions().noLimit().threads(600).over(Duration.ofDays(200)));
                PullNode one = new PullNode(shared.ledger(), platform.address(), months()).startToFiles();
                PullNode two = new PullNode(shared.ledger(), platform.address(), months()).startToFiles()) {
            await().untilAsserted(() ->
                    assertThat(one.versions().size() + two.versions().size()).isGreaterThanOrEqualTo(600));
            assertThat(java.util.stream.Stream.of(one.versions(), two.versions())
                            .flatMap(List::stream)
                            .collect(Collectors.toList()))
                    .doesNotHaveDuplicates()
                    .containsExactlyInAnyOrderElementsOf(platform.versions());
        }
    }

    private static Map<String, String> months() {
        return Map.of(
                "threadpost.pull.start", "P250D", "threadpost.pull.page-size", "10", "threadpost.pull.walkers", "2");
    }
}
