package io.threadpost;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.threadpost.sandbox.SandboxBroker;
import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.sandbox.SandboxPlatform;
import io.threadpost.testing.Arrivals;
import io.threadpost.testing.CrashTrial;
import io.threadpost.testing.Installation;
import io.threadpost.testing.MailServer;
import io.threadpost.testing.Outages;
import io.threadpost.testing.Patience;

/**
 * The real program carries every thread to files, to a queue and to a digest, while it is killed again and again, and
 * broker and mail server stop and start. In the end each of them has each version once.
 */
@Proves({Promise.DIGESTS_LIST_EVERY_VERSION_ONCE, Promise.A_QUEUE_HOLDS_EVERY_VERSION_ONCE})
class TargetsIT {
    private static final String QUEUE = "threads";
    private static final String EVERYTHING_TO_ALL =
            """
            - route:
                id: route-thread
                description: Every thread to every target.
                from:
                  uri: direct:route-thread
                  steps:
                    - to:
                        uri: spool:files
                    - to:
                        uri: spool:queue
                    - to:
                        uri: spool:digest
            """;

    @TempDir
    Path temporary;

    @Test
    void everyTargetHasEachVersionOnceWhateverIsKilledOrStoppedWhen() throws Exception {
        CrashTrial trial = new CrashTrial(4);
        SandboxOptions options = trial.platform().noLimit();
        try (SandboxPlatform platform = SandboxPlatform.start(options);
                SandboxBroker broker = SandboxBroker.start(temporary.resolve("broker"), null);
                MailServer mails = MailServer.started();
                Installation installation =
                        installation(temporary.resolve("installation"), platform, broker.url(), mails)) {
            try (Outages outages = new Outages(
                    trial.random(),
                    List.of(
                            new Outages.Server(broker::stop, broker::start),
                            new Outages.Server(mails::stop, mails::start)))) {
                for (int kill = 0; kill < trial.kills(); kill++) {
                    installation.start();
                    trial.kill(installation);
                }
                installation.start();
                trial.awaitDelivery(platform, installation::jsonFiles);
                assertThat(outages.count()).isPositive();
            }
            List<String> files = installation.jsonFiles();
            Map<String, Integer> versions =
                    counted(files.stream().map(version -> version.split(" ")[0]).toList());
            awaitDelivered(() -> {
                assertThat(broker.messages(QUEUE)).as("messages").isGreaterThanOrEqualTo(files.size());
                assertThat(Arrivals.inDigests(mails.arrived()))
                        .as("in digests")
                        .hasSizeGreaterThanOrEqualTo(files.size());
            });
            assertThat(installation.stop()).isIn(0, 143);

            trial.assertOnce(platform, installation.jsonFiles());
            CrashTrial.assertSame(Arrivals.onQueue(broker.url(), QUEUE), files);
            assertThat(counted(Arrivals.inDigests(mails.arrived()))).isEqualTo(versions);
        }
    }

    private static void awaitDelivered(ThrowingRunnable arrived) {
        Patience.await("queue and digests have everything")
                .atMost(Duration.ofMinutes(Integer.getInteger("threadpost.test.minutes", 10)))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(arrived);
    }

    private static Map<String, Integer> counted(List<String> words) {
        Map<String, Integer> counts = new HashMap<>();
        words.forEach(word -> counts.merge(word, 1, Integer::sum));
        return counts;
    }

    /** @param queue where the broker is; empty for a queue that is off */
    static Installation installation(Path folder, SandboxPlatform platform, String queue, MailServer mails)
            throws Exception {
        Map<String, String> settings = Map.of(
                "threadpost.spool.backoff", "100ms",
                "threadpost.spool.backoff-max", "2s",
                "threadpost.queue.url", queue,
                "threadpost.queue.destination", QUEUE,
                "threadpost.smtp.host", "127.0.0.1",
                "threadpost.smtp.port", String.valueOf(mails.port()),
                "threadpost.smtp.tls", "none",
                "threadpost.digest.from", "digest@hotel.example",
                "threadpost.digest.to", "reception@hotel.example",
                "threadpost.digest.cron", "0/2 * * * * ?");
        Installation installation = Installation.pulling(folder, platform, settings);
        installation.edit(
                "to-digest.camel.yaml",
                "                open: \"{{open}}\"\n",
                "                open: \"{{open}}\"\n                history: true\n");
        Files.writeString(installation.folder().resolve("routes/route-thread.camel.yaml"), EVERYTHING_TO_ALL);
        return installation;
    }
}
