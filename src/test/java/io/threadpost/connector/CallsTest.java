package io.threadpost.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.threadpost.ledger.Dialect;
import io.threadpost.ledger.LedgerFixture;
import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.testing.CannedPlatform;
import io.threadpost.testing.CannedPlatform.Answer;

/** What each answer of the platform becomes for the caller. */
class CallsTest {
    private static final String THREAD = "{\"Id\":\"a\",\"UpdatedUtc\":\"2026-01-01T00:00:00Z\"}";
    private static final String REFUSAL = "{\"Message\":\"Not like\\nthis.\",\"RequestId\":\"r-1\"}";

    @TempDir
    Path folder;

    private LedgerFixture ledger;
    private CannedPlatform platform;
    private ConnectorNode node;

    @BeforeEach
    void open() throws Exception {
        ledger = LedgerFixture.create(Dialect.SQLITE, folder);
        platform = new CannedPlatform(request -> Answer.page(null, THREAD));
        node = new ConnectorNode(ledger.ledger(), platform.address(), Map.of());
    }

    @AfterEach
    void close() {
        node.close();
        platform.close();
        ledger.close();
    }

    private ConnectorException failure() {
        Exchange exchange = node.getAll();
        assertKeepsNoRequest(exchange);
        return ConnectorNode.failure(exchange);
    }

    private static void assertKeepsNoRequest(Exchange exchange) {
        assertThat(String.valueOf(exchange.getMessage().getBody(String.class))
                        + exchange.getProperties()
                        + exchange.getMessage().getHeaders()
                        + exchange.getException())
                .doesNotContain(SandboxOptions.CLIENT_TOKEN, SandboxOptions.ACCESS_TOKEN);
    }

    @ParameterizedTest
    @CsvSource({
        "400, INVALID",
        "401, UNAUTHORIZED",
        "403, FORBIDDEN",
        "404, NOT_FOUND",
        "408, TOO_HEAVY",
        "409, CONFLICT",
        "413, TOO_LARGE",
        "429, RATE_LIMITED",
        "500, UNAVAILABLE",
        "502, UNAVAILABLE",
        "503, UNAVAILABLE",
        "202, UNEXPECTED",
        "418, UNEXPECTED"
    })
    void aStatusIsItsFailureInThePlatformsWordsAndIsNotRepeated(int status, ConnectorFailure expected) {
        platform.script(request -> new Answer(status, Map.of("Request-Id", "r-1", "Retry-After", "1"), REFUSAL));

        ConnectorException failure = failure();

        assertThat(failure.failure()).isEqualTo(expected);
        assertThat(failure.requestId()).isEqualTo("r-1");
        assertThat(failure)
                .hasMessage("messageThreads/getAll answered " + status + " (Request-Id r-1): Not like this.; "
                        + expected.advice());
        assertThat(failure.retryAfterMillis()).isEqualTo(status == 429 || status >= 500 ? 1000 : 0);
        assertThat(platform.requests()).hasSize(1);
    }

    @Test
    void anEmptyPageNeedsNoContent() {
        platform.script(request -> Answer.of(204, ""));

        assertThat(ConnectorNode.threads(node.getAll())).isEmpty();
    }

    @Test
    void aRedirectIsNotFollowed() throws Exception {
        try (CannedPlatform other = new CannedPlatform(request -> Answer.page(null))) {
            for (int status : new int[] {301, 302, 303, 307, 308}) {
                platform.script(request -> new Answer(
                        status, Map.of("Location", other.address() + "/api/connector/v1/messageThreads/getAll"), ""));

                assertThat(failure().failure()).isEqualTo(ConnectorFailure.UNEXPECTED);
            }
            assertThat(other.requests()).isEmpty();
            assertThat(platform.requests()).hasSize(5);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html><body>Bad gateway</body></html>",
                "",
                "[]",
                "{}",
                "null",
                "{\"MessageThreads\":null}",
                "{\"MessageThreads\":{}}",
                "{\"MessageThreads\":[]",
                "{\"MessageThreads\":[]} {}"
            })
    void whatIsNoPageIsNoAnswer(String body) {
        platform.script(request -> new Answer(200, Map.of("Request-Id", "r-2"), body));

        ConnectorException failure = failure();

        assertThat(failure.failure()).isEqualTo(ConnectorFailure.NO_ANSWER);
        assertThat(failure.getMessage())
                .startsWith("messageThreads/getAll (Request-Id r-2): an answer of ")
                .doesNotContain("html", "MessageThreads\"", "\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    200 | : an answer of an HTML page instead of the platform's JSON; if it stays so, check threadpost.connector.address and any proxy on the way; it will be tried again
                    502 |  answered 502: an HTML page instead of the platform's JSON; if it stays so, check threadpost.connector.address and any proxy on the way; it will be tried again
                    404 |  answered 404: an HTML page instead of the platform's JSON; check threadpost.connector.address
                    302 |  answered 302: an HTML page instead of the platform's JSON; check threadpost.connector.address
                    """)
    void anHtmlPageNamesTheSettingToLookAt(int status, String said) {
        platform.script(request -> Answer.of(status, "\ufeff\n<!DOCTYPE html><html><body>Who are you?</body></html>"));

        assertThat(failure().getMessage().replace("messageThreads/getAll", "").strip())
                .isEqualTo(said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[1]", "{\"Message\":5}", "null"})
    void anErrorWithoutThePlatformsWordsIsStillItsFailure(String body) {
        platform.script(request -> Answer.of(503, body));

        assertThat(failure())
                .hasMessage("messageThreads/getAll answered 503; it will be tried again")
                .hasNoCause();
    }

    @Test
    void anAnswerOfMoreThan24MegabytesIsTooHeavy() {
        platform.script(request -> Answer.page(null, "\"" + "x".repeat(25 * 1024 * 1024) + "\""));

        assertThat(failure().failure()).isEqualTo(ConnectorFailure.TOO_HEAVY);
    }

    @Test
    void aTokenInThePlatformsWordsIsNotRepeated() {
        platform.script(request -> new Answer(
                401,
                Map.of("Request-Id", SandboxOptions.CLIENT_TOKEN),
                "{\"Message\":\"Unknown token " + SandboxOptions.ACCESS_TOKEN + "!\"}"));

        assertThat(failure())
                .hasMessage("messageThreads/getAll answered 401 (Request-Id ***): Unknown token ***!; "
                        + ConnectorFailure.UNAUTHORIZED.advice());
    }
}
