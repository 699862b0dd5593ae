package io.threadpost.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

import io.threadpost.add.AddStatus;
import io.threadpost.ledger.WithLedger;
import io.threadpost.settings.Settings;
import io.threadpost.settings.TestSettings;
import io.threadpost.testing.TestNode;

/** What health says about messages that wait to become threads. */
class AddsCheckTest extends WithLedger {
    private static final String TOKEN = "a-token-that-nobody-sees";
    private static final Settings SETTINGS = TestSettings.of(Map.of(
            "threadpost.connector.address", "http://localhost:1",
            "threadpost.connector.client-token", "client",
            "threadpost.connections.main.access-token", TOKEN));

    private HealthCheckResponse response() {
        return new AddsCheck(new TestNode(ledger.ledger(), SETTINGS).get(AddStatus.class), new RedactedText(SETTINGS))
                .call();
    }

    private String line() {
        return (String) response().getData().orElseThrow().get("main");
    }

    /** @param dueMillis when one tries next, from now on */
    private void paused(boolean refused, long dueMillis) {
        ledger.ledger()
                .write(tx -> tx.update(
                        "INSERT INTO add_pause (connection, refused, since, until, failures, reason)"
                                + " VALUES ('main', ?, 0, ?, 1, ?)",
                        refused,
                        tx.now() + dueMillis,
                        "answered 401 to " + TOKEN));
    }

    @Test
    void itIsUpWhileNothingIsWrong() {
        assertThat(response().getStatus()).isEqualTo(Status.UP);
        assertThat(line()).isEqualTo("adds threads");
    }

    @Test
    void itIsDownWithThePlatformsWordsWhileATokenIsRefused() {
        paused(true, 50_000);
        assertThat(response().getStatus()).isEqualTo(Status.DOWN);
        assertThat(line())
                .startsWith("refused since 1970-01-01T00:00:00Z, next try in 4")
                .contains("answered 401")
                .doesNotContain(TOKEN);
    }

    @Test
    void itIsUpAgainWhenNothingHasTriedForLong() {
        paused(false, -600_000);
        assertThat(response().getStatus()).isEqualTo(Status.UP);
        assertThat(line()).startsWith("no message is waiting");
    }
}
