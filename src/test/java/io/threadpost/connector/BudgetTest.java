package io.threadpost.connector;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

import io.threadpost.ledger.Dialect;
import io.threadpost.ledger.LedgerFixture;
import io.threadpost.ledger.OnBothDatabases;
import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.sandbox.SandboxPlatform;
import io.threadpost.sandbox.SandboxRequest;
import io.threadpost.testing.CannedPlatform;
import io.threadpost.testing.CannedPlatform.Answer;

/** No 429 of our own making: the platform's limit is the connector's, and the platform counts strictly. */
@OnBothDatabases
class BudgetTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Parameter
    Dialect dialect;

    @TempDir
    Path folder;

    private LedgerFixture ledger;
    private final ExecutorService callers = Executors.newFixedThreadPool(24);

    @BeforeEach
    void open() {
        ledger = LedgerFixture.create(dialect, folder);
    }

    @AfterEach
    void close() {
        callers.shutdownNow();
        ledger.close();
    }

    private static ConnectorNode node(LedgerFixture ledger, URI platform, int limit, Duration window) throws Exception {
        return new ConnectorNode(
                ledger.ledger(),
                platform,
                Map.of(
                        "threadpost.connector.limit.requests",
                        String.valueOf(limit),
                        "threadpost.connector.limit.window",
                        window.toMillis() + "ms"));
    }

    private List<Future<Exchange>> calls(int count, ConnectorNode... nodes) {
        List<Future<Exchange>> calls = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ConnectorNode node = nodes[i % nodes.length];
            calls.add(callers.submit(() -> node.getAll()));
        }
        return calls;
    }

    private static void allServed(List<Future<Exchange>> calls) throws Exception {
        for (Future<Exchange> call : calls) {
            ConnectorNode.threads(call.get());
        }
    }

    private static SandboxPlatform platform(int limit, Duration window, Duration latency) {
        return SandboxPlatform.start(new SandboxOptions().limit(limit, window).latency(latency));
    }

    private static void withinLimit(SandboxPlatform platform, int limit, int requests) {
        assertThat(platform.requests())
                .hasSize(requests)
                .extracting(SandboxRequest::status)
                .containsOnly(200);
        assertThat(platform.maxInWindow()).isLessThanOrEqualTo(limit);
    }

    @Test
    void manyCallersAtOnceStayWithinTheLimit() throws Exception {
        try (SandboxPlatform platform = platform(5, SECOND, Duration.ZERO);
                ConnectorNode node = node(ledger, platform.address(), 5, SECOND)) {
            allServed(calls(17, node));

            withinLimit(platform, 5, 17);
        }
    }

    @Test
    void twoProcessesOnOneLedgerStayWithinTheLimitTogether() throws Exception {
        // On SQLite, where one process holds the ledger, the two are only stricter than needed.
        try (SandboxPlatform platform = platform(10, SECOND, Duration.ZERO);
                ConnectorNode one = node(ledger, platform.address(), 10, SECOND);
                ConnectorNode two = node(ledger, platform.address(), 10, SECOND)) {
            allServed(calls(44, one, two));

            withinLimit(platform, 10, 44);
        }
    }

    @Test
    void aRestartInTheMiddleStaysWithinTheLimit() throws Exception {
        Duration window = Duration.ofSeconds(2);
        try (SandboxPlatform platform = platform(5, window, Duration.ofMillis(300));
                ConnectorNode dead = node(ledger, platform.address(), 5, window)) {
            allServed(calls(2, dead));
            List<Future<Exchange>> cut = calls(3, dead);
            await().until(() -> ledger.rows("SELECT id FROM request_slot").size() == 5);
            try (LedgerFixture left = ledger.afterCrash(folder);
                    ConnectorNode next = node(left, platform.address(), 5, window)) {
                allServed(calls(6, next));
            }
            allServed(cut);

            withinLimit(platform, 5, 11);
        }
    }

    @Test
    void aSlotIsHeldUntilOneWindowAfterTheAnswer() throws Exception {
        try (SandboxPlatform platform = platform(100, SECOND, Duration.ofMillis(700));
                ConnectorNode node = node(ledger, platform.address(), 1, SECOND)) {
            allServed(calls(2, node));

            SandboxRequest first = platform.requests().get(0);
            SandboxRequest second = platform.requests().get(1);
            assertThat(Duration.ofNanos(second.receivedNanos() - first.answeredNanos()))
                    .isGreaterThanOrEqualTo(SECOND)
                    .isLessThan(SECOND.multipliedBy(20));
        }
    }

    @Test
    void addsGoBeforeLivePullsAndThoseBeforeBackfill() throws Exception {
        CompletableFuture<Void> allWait = new CompletableFuture<>();
        try (CannedPlatform platform = new CannedPlatform(request -> {
                    allWait.join();
                    return Answer.page(null);
                });
                ConnectorNode node = node(ledger, platform.address(), 1, SECOND)) {
            // The only slot is held until one window after this answer.
            Future<Exchange> first = callers.submit(() -> node.getAll());
            await().until(() -> !platform.requests().isEmpty());
            List<Waiting> waiting = new ArrayList<>();
            for (Priority priority : List.of(Priority.BACKFILL, Priority.LIVE, Priority.ADD)) {
                waiting.add(new Waiting(node, priority));
                waiting.get(waiting.size() - 1).awaitIt();
            }
            allWait.complete(null);
            ConnectorNode.threads(first.get());
            for (Waiting each : waiting) {
                each.join();
            }

            assertThat(waiting.stream()
                            .sorted((a, b) -> Long.compare(a.servedNanos, b.servedNanos))
                            .map(each -> each.priority))
                    .containsExactly(Priority.ADD, Priority.LIVE, Priority.BACKFILL);
        }
    }

    @Test
    void whoIsInterruptedWhileWaitingIsStoppedAndTakesNoSlot() throws Exception {
        try (SandboxPlatform platform = platform(1, Duration.ofMinutes(1), Duration.ZERO);
                ConnectorNode node = node(ledger, platform.address(), 1, Duration.ofMinutes(1))) {
            ConnectorNode.threads(node.getAll());
            Waiting waiting = new Waiting(node, Priority.LIVE);
            waiting.awaitIt();

            waiting.interrupt();
            waiting.join();

            stopped(waiting.exchange);
            assertThat(waiting.interrupted).isTrue();
            assertThat(ledger.rows("SELECT id FROM request_slot")).hasSize(1);
            withinLimit(platform, 1, 1);
        }
    }

    @Test
    void whoWasInterruptedBeforeIsStoppedAndTakesNoSlot() throws Exception {
        try (SandboxPlatform platform = platform(1, SECOND, Duration.ZERO);
                ConnectorNode node = node(ledger, platform.address(), 1, SECOND)) {
            Thread.currentThread().interrupt();
            Exchange exchange = node.getAll();

            assertThat(Thread.interrupted()).isTrue();
            stopped(exchange);
            assertThat(ledger.rows("SELECT id FROM request_slot")).isEmpty();
            assertThat(platform.requests()).isEmpty();
        }
    }

    private static void stopped(Exchange exchange) {
        assertThat(ConnectorNode.failure(exchange).failure()).isEqualTo(ConnectorFailure.STOPPED);
        assertThat(exchange.getMessage().getBody(String.class)).isNull();
        assertThat(exchange.getMessage().getHeaders()).isEmpty();
        assertThat(Stream.of(exchange.getProperty(ConnectorConstants.CALL))).containsOnlyNulls();
    }

    /** A caller whose waiting can be seen. */
    private static final class Waiting extends Thread {
        private final ConnectorNode node;
        private final Priority priority;
        private volatile Exchange exchange;
        private volatile long servedNanos;
        private volatile boolean interrupted;

        Waiting(ConnectorNode node, Priority priority) {
            this.node = node;
            this.priority = priority;
            start();
        }

        @Override
        public void run() {
            exchange = node.getAll(priority);
            servedNanos = System.nanoTime();
            interrupted = Thread.currentThread().isInterrupted();
        }

        void awaitIt() {
            await().pollInterval(Duration.ofMillis(5))
                    .until(() -> getState() == State.TIMED_WAITING
                            && Stream.of(getStackTrace())
                                    .anyMatch(frame -> frame.getClassName().equals(RequestQueue.class.getName())));
        }
    }
}
