package io.threadpost;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import jakarta.jms.Connection;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;

import org.apache.qpid.jms.JmsConnectionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.threadpost.sandbox.SandboxBroker;
import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.sandbox.SandboxPlatform;
import io.threadpost.testing.Installation;

/**
 * The real program is killed again and again while it sends to a real broker that is stopped and started at random. In the end the queue has
 * every version that stands on the platform, once. More kills: {@code -Dthreadpost.test.kills=50 -Dthreadpost.test.threads=15000}; more
 * threads than the broker remembers ids would not be fair.
 */
class QueueCrashIT {
    private static final int KILLS = Integer.getInteger("threadpost.test.kills", 6);
    private static final int THREADS = Integer.getInteger("threadpost.test.threads", 4000);
    private static final long SEED = Long.getLong("threadpost.test.seed", 20261122);

    @TempDir
    Path temporary;

    @Test
    void everyVersionIsOnTheQueueOnceWhateverIsKilledWhen() throws Exception {
        Random random = new Random(SEED);
        SandboxOptions options = new SandboxOptions()
                .threads(THREADS)
                .over(Duration.ofDays(20))
                .seed(SEED)
                .growth(20, 20)
                .noLimit();
        Path folder = Files.createDirectory(temporary.resolve("installation"));
        try (SandboxPlatform platform = SandboxPlatform.start(options);
                SandboxBroker broker = SandboxBroker.start(temporary.resolve("broker"), "a-password");
                Installation installation = installation(folder, platform, broker)) {
            for (int kill = 0; kill < KILLS; kill++) {
                installation.start();
                if (random.nextInt(5) > 0) {
                    installation.awaitUp();
                }
                stopAndStart(broker, random);
                installation.killAfter(Duration.ofMillis(random.nextInt(1500)));
            }
            installation.start();
            installation.awaitUp();
            stopAndStart(broker, random);
            platform.quiet();
            Set<String> sent = new HashSet<>();
            List<String> all = new ArrayList<>();
            await("everything on the queue")
                    .atMost(Duration.ofMinutes(10))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> {
                        List<String> arrived = take(broker);
                        all.addAll(arrived);
                        sent.addAll(arrived);
                        return sent.containsAll(platform.versions());
                    });
            await("everything in files").until(() -> new HashSet<>(installation.jsonFiles()).containsAll(sent));
            assertThat(installation.stop()).isIn(0, 143);
            all.addAll(take(broker));

            assertThat(all).doesNotHaveDuplicates();
            assertThat(platform.everyVersion()).containsAll(all);
            assertThat(installation.jsonFiles()).containsExactlyInAnyOrderElementsOf(all);
            assertThat(installation.said()).doesNotContain("a-password");
        }
    }

    private static Installation installation(Path folder, SandboxPlatform platform, SandboxBroker broker)
            throws Exception {
        return new Installation(
                        folder,
                        Map.of(
                                "threadpost.connector.address",
                                        platform.address().toString(),
                                "threadpost.connector.limit.requests", "100000",
                                "threadpost.pull.start", "P30D",
                                "threadpost.pull.period", "1s",
                                "threadpost.pull.settle", "2s",
                                "threadpost.spool.backoff-max", "1s",
                                "threadpost.queue.url", broker.url(),
                                "threadpost.queue.username", SandboxBroker.USER,
                                "threadpost.queue.password", "a-password"))
                .edit("route-thread.camel.yaml", "${body[Subject]} ~~ 'group booking'", "${body[Id]} != null");
    }

    /** Sometimes; and not for long. */
    private static void stopAndStart(SandboxBroker broker, Random random) throws InterruptedException {
        if (random.nextBoolean()) {
            Thread.sleep(random.nextInt(1000));
            broker.stop();
            Thread.sleep(random.nextInt(1000));
            broker.start();
        }
    }

    /** @return "Id UpdatedUtc" of what lies on the queue, taken off it */
    private static List<String> take(SandboxBroker broker) throws Exception {
        List<String> versions = new ArrayList<>();
        try (Connection connection =
                new JmsConnectionFactory(SandboxBroker.USER, "a-password", broker.url()).createConnection()) {
            connection.start();
            Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
            MessageConsumer consumer = session.createConsumer(session.createQueue("threads"));
            for (Message message = consumer.receive(1000); message != null; message = consumer.receive(1000)) {
                versions.add(message.getStringProperty("Id") + " " + message.getStringProperty("UpdatedUtc"));
            }
        }
        return versions;
    }
}
