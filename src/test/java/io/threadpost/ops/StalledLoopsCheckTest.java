package io.threadpost.ops;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.eclipse.microprofile.health.HealthCheckResponse.Status.DOWN;
import static org.eclipse.microprofile.health.HealthCheckResponse.Status.UP;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

import io.threadpost.heartbeat.Heartbeats;
import io.threadpost.heartbeat.Heartbeats.Heartbeat;
import io.threadpost.ledger.Dialect;
import io.threadpost.ledger.Ledger;

class StalledLoopsCheckTest {
    private static final Duration PATIENCE = Duration.ofMillis(200);

    @TempDir
    private Path folder;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Heartbeats heartbeats = new Heartbeats();
    private Ledger ledger;
    private LedgerProbe probe;
    private StalledLoopsCheck check;

    @BeforeEach
    void ledgerThatTakesWrites() {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + folder.resolve("ledger.db"));
        ledger = new Ledger(source, Dialect.SQLITE, UnaryOperator.identity());
        ledger.write(tx -> tx.update("CREATE TABLE ledger_probe (id INTEGER PRIMARY KEY, written BIGINT NOT NULL)"));
        probe = new LedgerProbe(() -> ledger);
        check = new StalledLoopsCheck(heartbeats, probe, PATIENCE, PATIENCE);
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void writeThatNeverEndsIsAWedgeUntilItEnds() throws Exception {
        CountDownLatch holding = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        threads.submit(() -> ledger.write(tx -> {
            holding.countDown();
            return waited(release);
        }));
        holding.await();

        threads.submit(probe::write);

        awaitStatus(DOWN);
        assertThat(check.call().getData().orElseThrow()).containsKey("ledger");
        release.countDown();
        awaitStatus(UP);
    }

    @Test
    void writeThatFailsIsNone() {
        ledger.write(tx -> tx.update("DROP TABLE ledger_probe"));

        probe.write();

        assertThat(probe.failure()).contains("ledger_probe");
        assertThat(check.call().getStatus()).isEqualTo(UP);
    }

    @Test
    void loopThatNoLongerTurnsIsAWedgeButNotOneThatWaitsForItsRouteOrWasTold() {
        Heartbeat waiting = heartbeats.begin("loop in its route");
        waiting.away();
        heartbeats.begin("loop that was told to end").end();
        heartbeats.begin("loop that died");

        awaitStatus(DOWN);

        assertThat(check.call().getData().orElseThrow()).containsOnlyKeys("loop that died");
    }

    private void awaitStatus(HealthCheckResponse.Status status) {
        await().untilAsserted(() -> assertThat(check.call().getStatus()).isEqualTo(status));
    }

    private static boolean waited(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
