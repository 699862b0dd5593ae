package io.threadpost.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.threadpost.ledger.Dialect;
import io.threadpost.ledger.LedgerFixture;
import io.threadpost.retry.RetryAfter;
import io.threadpost.sandbox.Chance;
import io.threadpost.sandbox.FaultKind;
import io.threadpost.sandbox.Faults;
import io.threadpost.sandbox.RetryAfterForm;
import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.sandbox.SandboxPlatform;
import io.threadpost.sandbox.SandboxRequest;
import io.threadpost.testing.CannedPlatform;
import io.threadpost.testing.CannedPlatform.Answer;

/** After a 429 nobody on that token sends before its time. */
@Tag("alone")
class RetryAfterTest {
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final String OTHER = "other-token";

    @TempDir
    Path folder;

    private LedgerFixture ledger;
    private final ExecutorService callers = Executors.newFixedThreadPool(8);

    @BeforeEach
    void open() {
        ledger = LedgerFixture.create(Dialect.SQLITE, folder);
    }

    @AfterEach
    void close() {
        callers.shutdownNow();
        ledger.close();
    }

    /** Refuses the first request. */
    private static SandboxPlatform refusing(RetryAfterForm form, Duration offset) {
        return SandboxPlatform.start(new SandboxOptions()
                .accessTokens(Map.of(
                        SandboxOptions.ACCESS_TOKEN,
                        Set.of(SandboxOptions.ENTERPRISE),
                        OTHER,
                        Set.of(SandboxOptions.ENTERPRISE)))
                .clockOffset(offset)
                .faults(Faults.none().retryAfter(PAUSE, form).with(FaultKind.TOO_MANY_REQUESTS, Chance.at(1))));
    }

    private ConnectorNode node(LedgerFixture ledger, SandboxPlatform platform) throws Exception {
        return new ConnectorNode(
                ledger.ledger(), platform.address(), Map.of("threadpost.connections.other.access-token", OTHER));
    }

    private static Duration between(SandboxRequest refused, SandboxRequest next) {
        return Duration.ofNanos(next.receivedNanos() - refused.answeredNanos());
    }

    @ParameterizedTest
    @CsvSource({"SECONDS, PT0S", "HTTP_DATE, PT0S", "HTTP_DATE, PT5H", "HTTP_DATE, PT-5H", "SECONDS, PT5H"})
    void allOfTheTokenWaitAsLongAsThePlatformSaysByItsOwnClockAndOthersGoOn(RetryAfterForm form, Duration offset)
            throws Exception {
        try (SandboxPlatform platform = refusing(form, offset);
                ConnectorNode node = node(ledger, platform)) {
            ConnectorException refused = ConnectorNode.failure(node.getAll("main"));
            assertThat(refused.failure()).isEqualTo(ConnectorFailure.RATE_LIMITED);
            assertThat(refused.retryAfterMillis()).isBetween(1000L, 3000L);
            List<Future<Exchange>> waiting = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                waiting.add(callers.submit(() -> node.getAll("main")));
            }
            ConnectorNode.threads(node.getAll("other"));
            assertThat(waiting).noneMatch(Future::isDone);
            for (Future<Exchange> call : waiting) {
                ConnectorNode.threads(call.get());
            }

            List<SandboxRequest> requests = platform.requests();
            assertThat(requests.get(1).accessToken()).isEqualTo(OTHER);
            assertThat(between(requests.get(0), requests.get(1))).isLessThan(PAUSE);
            // An HTTP date has whole seconds: both it and the Date it is measured by.
            assertThat(between(requests.get(0), requests.get(2)))
                    .isBetween(Duration.ofMillis(refused.retryAfterMillis()), PAUSE.plusSeconds(5));
            assertThat(requests).hasSize(7);
            assertThat(platform.earlyAfter429()).isZero();
        }
    }

    @Test
    void theTimeHoldsOverARestart() throws Exception {
        try (SandboxPlatform platform = refusing(RetryAfterForm.SECONDS, Duration.ZERO)) {
            try (ConnectorNode node = node(ledger, platform)) {
                ConnectorNode.failure(node.getAll("main"));
            }
            try (LedgerFixture left = ledger.afterCrash(folder);
                    ConnectorNode node = node(left, platform)) {
                ConnectorNode.threads(node.getAll("main"));
            }

            assertThat(between(platform.requests().get(0), platform.requests().get(1)))
                    .isGreaterThanOrEqualTo(PAUSE);
            assertThat(platform.earlyAfter429()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-5", "1.5", "Sun, 06 Nov 1994"})
    void withoutAUsableTimeTheWaitGrowsWithEachRefusalAndBeginsAnewAfterASuccess(String said) throws Exception {
        Answer refusal = new Answer(429, said.isEmpty() ? Map.of() : Map.of("Retry-After", said), "");
        try (CannedPlatform platform = new CannedPlatform(request -> refusal);
                ConnectorNode node = new ConnectorNode(ledger.ledger(), platform.address(), Map.of())) {
            List<Long> waits = new ArrayList<>();
            for (int refusals = 1; refusals <= 12; refusals++) {
                waits.add(refusedWait(node));
                assertThat(waits.get(refusals - 1)).isBetween(1L, Math.min(300_000, 2000L << refusals - 1));
            }
            // One in a million runs draws four small waits in a row.
            assertThat(Collections.max(waits.subList(8, 12))).isGreaterThan(10_000);

            platform.script(request -> Answer.page(null));
            ConnectorNode.threads(node.getAll());
            platform.script(request -> refusal);
            assertThat(refusedWait(node)).isBetween(1L, 2000L);
        }
    }

    /** @return how long all wait, which is then forgotten */
    private long refusedWait(ConnectorNode node) {
        long began = System.currentTimeMillis();
        ConnectorException refused = ConnectorNode.failure(node.getAll());
        assertThat(refused.failure()).isEqualTo(ConnectorFailure.RATE_LIMITED);
        long until =
                Long.parseLong(ledger.rows("SELECT until FROM request_pause").get(0));
        assertThat(until).isGreaterThanOrEqualTo(began + refused.retryAfterMillis() - 50);
        ledger.change("UPDATE request_pause SET until = 1");
        return refused.retryAfterMillis();
    }

    @Test
    void aShorterTimeDoesNotEndALongerOne() throws Exception {
        try (CannedPlatform platform =
                        new CannedPlatform(request -> new Answer(429, Map.of("Retry-After", "1000"), ""));
                ConnectorNode node = new ConnectorNode(ledger.ledger(), platform.address(), Map.of())) {
            ConnectorNode.failure(node.getAll());
            String until = ledger.rows("SELECT until FROM request_pause").get(0);
            // Another process of the same token was on its way when the first one was refused.
            try (CannedPlatform shorter =
                            new CannedPlatform(request -> new Answer(429, Map.of("Retry-After", "1"), ""));
                    ConnectorNode other = new ConnectorNode(ledger.ledger(), shorter.address(), Map.of())) {
                ledger.change("UPDATE request_pause SET until = 1");
                shorter.script(request -> {
                    ledger.change("UPDATE request_pause SET until = ?", Long.parseLong(until));
                    return new Answer(429, Map.of("Retry-After", "1"), "");
                });
                ConnectorNode.failure(other.getAll());
            }

            assertThat(ledger.rows("SELECT until FROM request_pause")).containsExactly(until);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"3601", "999999999", "99999999999999999999", "Fri, 31 Dec 9999 23:59:59 GMT"})
    void anHourIsBelievedAtMost(String said) throws Exception {
        try (CannedPlatform platform = new CannedPlatform(request -> new Answer(429, Map.of("Retry-After", said), ""));
                ConnectorNode node = new ConnectorNode(ledger.ledger(), platform.address(), Map.of())) {
            assertThat(refusedWait(node)).isEqualTo(3_600_000);
            platform.script(request -> new Answer(503, Map.of("Retry-After", said), ""));
            assertThat(ConnectorNode.failure(node.getAll()).retryAfterMillis()).isEqualTo(3_600_000);
        }
    }

    @Test
    void aTimeThatIsOverIsNoWait() {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        String before = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.ofInstant(now.minusSeconds(5), ZoneOffset.UTC));

        assertThat(RetryAfter.millis(before, now)).isEqualTo(OptionalLong.of(0));
        assertThat(RetryAfter.millis("0", now)).isEqualTo(OptionalLong.of(0));
        assertThat(RetryAfter.millis(" 3 ", now)).isEqualTo(OptionalLong.of(3000));
    }
}
