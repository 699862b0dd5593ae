package io.threadpost;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.threadpost.sandbox.SandboxBroker;
import io.threadpost.sandbox.SandboxPlatform;
import io.threadpost.testing.Arrivals;
import io.threadpost.testing.CrashTrial;
import io.threadpost.testing.Installation;
import io.threadpost.testing.Outages;

/**
 * The real program is killed again and again while it sends to a real broker that is stopped and started at random. In the end the
 * queue has every version that stands on the platform, once. More threads than the broker remembers ids would not be fair.
 */
class QueueCrashIT {
    private static final String QUEUE = "threads";
    private static final String PASSWORD = "a-password";

    @TempDir
    Path temporary;

    @Test
    void everyVersionIsOnTheQueueOnceWhateverIsKilledWhen() throws Exception {
        CrashTrial trial = new CrashTrial(4);
        try (SandboxPlatform platform = SandboxPlatform.start(trial.platform().noLimit());
                SandboxBroker broker = SandboxBroker.start(temporary.resolve("broker"), PASSWORD);
                Installation installation = installation(platform, broker)) {
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
            assertThat(Arrivals.onQueue(
                            broker.url() + "?jms.username=" + SandboxBroker.USER + "&jms.password=" + PASSWORD, QUEUE))
                    .containsExactlyInAnyOrderElementsOf(files);
            assertThat(installation.said()).doesNotContain(PASSWORD);
        }
    }

    private Installation installation(SandboxPlatform platform, SandboxBroker broker) throws Exception {
        Map<String, String> settings = Map.of(
                "threadpost.spool.backoff-max",
                "1s",
                "threadpost.queue.url",
                broker.url(),
                "threadpost.queue.username",
                SandboxBroker.USER,
                "threadpost.queue.password",
                PASSWORD);
        return Installation.pulling(temporary.resolve("installation"), platform, settings)
                .edit("route-thread.camel.yaml", "${body[Subject]} ~~ 'group booking'", "${body[Id]} != null");
    }
}
