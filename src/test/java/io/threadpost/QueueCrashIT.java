package io.threadpost;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.threadpost.sandbox.SandboxBroker;
import io.threadpost.sandbox.SandboxPlatform;
import io.threadpost.testing.Arrivals;
import io.threadpost.testing.CrashTrial;
import io.threadpost.testing.Installation;
import io.threadpost.testing.Outages;
import io.threadpost.testing.QpidBroker;

/**
 * The real program is killed again and again while it sends to a real broker that is stopped and started at random. In
 * the end the queue has every version that stands on the platform, once. More threads than the broker remembers ids
 * would not be fair.
 */
@Proves(Promise.A_QUEUE_HOLDS_EVERY_VERSION_ONCE)
class QueueCrashIT {
    private static final String QUEUE = "threads";
    /** What may come again after a kill: as much as lies between two notes in the ledger, and what was on its way. */
    private static final int MOST = 1016;

    private static final String PASSWORD = "a-password";

    @TempDir
    Path temporary;

    @Test
    @Tag("nightly")
    void everyVersionIsOnTheQueueOnceWhateverIsKilledWhen() throws Exception {
        CrashTrial trial = new CrashTrial(4);
        try (SandboxPlatform platform = SandboxPlatform.start(trial.platform().noLimit());
                SandboxBroker broker = SandboxBroker.start(temporary.resolve("broker"), PASSWORD);
                Installation installation = installation(
                        platform,
                        Map.of(
                                "threadpost.queue.url",
                                broker.url(),
                                "threadpost.queue.username",
                                SandboxBroker.USER,
                                "threadpost.queue.password",
                                PASSWORD))) {
            try (Outages outages =
                    new Outages(trial.random(), List.of(new Outages.Server(broker::stop, broker::start)))) {
                for (int kill = 0; kill < trial.kills(); kill++) {
                    installation.start();
                    trial.kill(installation);
                }
                installation.start();
                installation.awaitUp();
                assertThat(outages.count()).isPositive();
            }
            trial.awaitDelivery(platform, installation::jsonFiles);
            List<String> files = installation.jsonFiles();
            await("the queue has everything")
                    .atMost(Duration.ofMinutes(10))
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(() -> assertThat(broker.messages(QUEUE)).isGreaterThanOrEqualTo(files.size()));
            assertThat(installation.stop()).isIn(0, 143);

            trial.assertOnce(platform, files);
            CrashTrial.assertSame(
                    Arrivals.onQueue(
                            broker.url() + "?jms.username=" + SandboxBroker.USER + "&jms.password=" + PASSWORD, QUEUE),
                    files);
            assertThat(installation.said()).doesNotContain(PASSWORD);
        }
    }

    /** 2,000 threads: {@code -Dthreadpost.test.threads=2000}. */
    @Test
    @Tag("nightly")
    void brokerThatDetectsNoDuplicatesHasEachVersionOnceWhileNothingIsKilled() throws Exception {
        CrashTrial trial = new CrashTrial(0);
        try (SandboxPlatform platform = SandboxPlatform.start(trial.platform().noLimit());
                QpidBroker broker = QpidBroker.start(temporary.resolve("broker"), QUEUE);
                Installation installation = installation(platform, Map.of("threadpost.queue.url", broker.url()))) {
            for (int stop = 0; stop < 3; stop++) {
                installation.start();
                installation.awaitUp();
                assertThat(installation.stop()).isIn(0, 143);
            }
            installation.start();
            List<String> arrived = new ArrayList<>();
            awaitAll(trial, platform, installation, broker.url(), arrived);

            trial.assertOnce(platform, arrived);
            CrashTrial.assertSame(arrived, installation.jsonFiles());
        }
    }

    /** The figures in docs/decisions.md: {@code -Dthreadpost.test.kills=12 -Dthreadpost.test.threads=2000}. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Tag("nightly")
    void brokerThatDetectsNoDuplicatesMissesNothingAndSeesRepeatsAfterKillsAndOutagesOnly(boolean comesAndGoes)
            throws Exception {
        CrashTrial trial = new CrashTrial(4);
        List<String> arrived = new ArrayList<>();
        List<Integer> repeats = new ArrayList<>();
        try (SandboxPlatform platform = SandboxPlatform.start(trial.platform().noLimit());
                QpidBroker broker = QpidBroker.start(temporary.resolve("broker"), QUEUE);
                Installation installation = installation(platform, Map.of("threadpost.queue.url", broker.url()))) {
            int outages = 0;
            for (int kill = 0; kill < trial.kills(); kill++) {
                installation.start();
                try (Outages random = comesAndGoes ? outages(trial, broker) : null) {
                    trial.kill(installation);
                    outages += random == null ? 0 : random.count();
                }
                repeats.add(take(broker.url(), arrived));
            }
            installation.start();
            repeats.add(awaitAll(trial, platform, installation, broker.url(), arrived));

            System.out.printf(
                    "%d messages, %d kills, %d outages; came again in each run: %s%n",
                    arrived.size(), trial.kills(), outages, repeats);
            CrashTrial.assertSame(new HashSet<>(arrived), installation.jsonFiles());
            CrashTrial.assertNoneInvented(platform, arrived);
        }
        assertThat(comesAndGoes ? 0 : repeats.get(0)).isZero();
        assertThat(repeats).allMatch(count -> count <= MOST);
    }

    private static Outages outages(CrashTrial trial, QpidBroker broker) {
        return new Outages(trial.random(), List.of(new Outages.Server(broker::stop, broker::start)));
    }

    /**
     * Until the queue has all that stands on the platform, and the program was stopped in good order.
     *
     * @return how many came again
     */
    private static int awaitAll(
            CrashTrial trial, SandboxPlatform platform, Installation installation, String url, List<String> arrived)
            throws Exception {
        trial.awaitDelivery(platform, installation::jsonFiles);
        int[] again = {0};
        await("the queue has everything")
                .atMost(Duration.ofMinutes(10))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    again[0] += take(url, arrived);
                    return new HashSet<>(arrived).containsAll(installation.jsonFiles());
                });
        assertThat(installation.stop()).isIn(0, 143);
        return again[0] + take(url, arrived);
    }

    /**
     * Takes all off the queue.
     *
     * @return how many had arrived before
     */
    private static int take(String url, List<String> arrived) throws Exception {
        int known = new HashSet<>(arrived).size();
        List<String> taken = Arrivals.onQueue(url, QUEUE);
        arrived.addAll(taken);
        return taken.size() - (new HashSet<>(arrived).size() - known);
    }

    private Installation installation(SandboxPlatform platform, Map<String, String> queue) throws Exception {
        Map<String, String> settings = new HashMap<>(queue);
        settings.put("threadpost.spool.backoff-max", "1s");
        return Installation.pulling(temporary.resolve("installation"), platform, settings)
                .edit("route-thread.camel.yaml", "${body[Subject]} ~~ 'group booking'", "${body[Id]} != null");
    }
}
