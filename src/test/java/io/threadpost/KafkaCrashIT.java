package io.threadpost;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.threadpost.sandbox.SandboxPlatform;
import io.threadpost.testing.CrashTrial;
import io.threadpost.testing.Installation;
import io.threadpost.testing.KafkaServer;
import io.threadpost.testing.Outages;

/**
 * The real program is killed again and again while it sends to a real Kafka that is stopped and started at random. In
 * the end the topic has every version that stands on the platform; some are there again. The figures in
 * docs/decisions.md: {@code -Dthreadpost.test.kills=12 -Dthreadpost.test.threads=8000}.
 */
@Tag("nightly")
class KafkaCrashIT {
    private static final String TOPIC = "threads";
    /** Records on their way when the process is killed, or an answer does not come. */
    private static final int MOST_AT_ONCE = 1016;

    @TempDir
    Path temporary;

    @Test
    void everyVersionIsInTheTopicWhateverIsKilledWhen() throws Exception {
        CrashTrial trial = new CrashTrial(4);
        try (SandboxPlatform platform = SandboxPlatform.start(trial.platform().noLimit());
                KafkaServer kafka = KafkaServer.start(temporary.resolve("kafka"), null, null);
                Installation installation = installation(platform, kafka)) {
            kafka.topic(TOPIC);
            int count;
            try (Outages outages =
                    new Outages(trial.random(), List.of(new Outages.Server(kafka::stop, kafka::start)))) {
                for (int kill = 0; kill < trial.kills(); kill++) {
                    installation.start();
                    trial.kill(installation);
                }
                installation.start();
                installation.awaitUp();
                count = outages.count();
            }
            trial.awaitDelivery(platform, installation::jsonFiles);
            await("the spool is empty")
                    .atMost(Duration.ofMinutes(10))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> installation
                            .inLedger("SELECT COUNT(*) FROM spool_parcel WHERE spool = 'kafka' AND state = 'waiting'")
                            .equals("0"));
            assertThat(installation.stop()).isIn(0, 143);

            List<String> files = installation.jsonFiles();
            List<String> records = kafka.records(TOPIC, files.size()).stream()
                    .map(KafkaCrashIT::version)
                    .toList();
            int again = records.size() - new HashSet<>(records).size();
            System.out.printf(
                    "%d versions, %d kills, %d outages; %d records came again%n",
                    files.size(), trial.kills(), count, again);
            CrashTrial.assertSame(new HashSet<>(records), files);
            assertThat(again).isLessThanOrEqualTo((trial.kills() + count) * MOST_AT_ONCE);
            assertThat(installation.inLedger("SELECT COUNT(*) FROM spool_parcel WHERE state = 'dead'"))
                    .isEqualTo("0");
        }
    }

    private static String version(ConsumerRecord<String, byte[]> message) {
        return message.key() + " "
                + new String(message.headers().lastHeader("UpdatedUtc").value(), StandardCharsets.UTF_8);
    }

    private Installation installation(SandboxPlatform platform, KafkaServer kafka) throws Exception {
        Map<String, String> settings = Map.of(
                "threadpost.kafka.brokers",
                kafka.brokers(),
                "threadpost.kafka.topic",
                TOPIC,
                "threadpost.spool.backoff-max",
                "1s");
        return Installation.pulling(temporary.resolve("installation"), platform, settings)
                .edit("route-thread.camel.yaml", "${body[Subject]} ~~ 'group booking'", "${body[Id]} != null")
                .edit("route-thread.camel.yaml", "spool:queue", "spool:kafka");
    }
}
