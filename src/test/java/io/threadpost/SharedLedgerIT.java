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

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.threadpost.ledger.PostgresServer;
import io.threadpost.sandbox.Faults;
import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.sandbox.SandboxPlatform;
import io.threadpost.testing.Installation;

/**
 * The real program on PostgreSQL: one node, and two at once that share the ledger and the folder they write to. Nodes are killed again
 * and again. In the end every version that stands on the platform is there once, and the nodes together kept the platform's limit.
 */
class SharedLedgerIT {
    private static final int KILLS = Integer.getInteger("threadpost.test.kills", 4);
    private static final int THREADS = Integer.getInteger("threadpost.test.threads", 5000);
    private static final long SEED = Long.getLong("threadpost.test.seed", 20261122);

    @TempDir
    Path temporary;

    @ParameterizedTest(name = "nodes {0}, {1}")
    @CsvSource({"1, json", "2, ndjson"})
    void everyVersionIsDeliveredOnceWhicheverNodeIsKilledWhen(int number, String format) throws Exception {
        Random random = new Random(SEED);
        SandboxOptions options = new SandboxOptions()
                .threads(THREADS)
                .over(Duration.ofDays(20))
                .equalTimes(0.1)
                .seed(SEED)
                .growth(20, 20)
                .faults(Faults.storm(SEED));
        List<Installation> nodes = new ArrayList<>();
        try (SandboxPlatform platform = SandboxPlatform.start(options)) {
            String ledger = PostgresServer.newDatabase();
            for (int i = 0; i < number; i++) {
                nodes.add(node(i, platform, ledger, format));
                nodes.get(i).start();
            }
            for (int kill = 0; kill < KILLS; kill++) {
                Installation node = nodes.get(random.nextInt(number));
                // A moment drawn at random, from before the program is up to well into its work.
                node.killAfter(Duration.ofMillis(1000 + random.nextInt(7000)));
                node.start();
            }
            platform.quiet();
            // Windows that a killed node held are free when their lease is over.
            await("everything delivered")
                    .atMost(Duration.ofMinutes(5))
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(() ->
                            assertThat(new HashSet<>(delivered(nodes, format))).containsAll(platform.versions()));
            for (Installation node : nodes) {
                assertThat(node.stop()).isIn(0, 143);
            }

            List<String> delivered = delivered(nodes, format);
            assertThat(delivered).doesNotHaveDuplicates();
            assertThat(platform.everyVersion()).containsAll(delivered);
            assertThat(platform.refusals()).isEmpty();
            assertThat(platform.requests())
                    .filteredOn(request -> request.fault() == null)
                    .noneMatch(request -> request.status() == 429);
            for (Installation node : nodes) {
                assertThat(node.folder()).isDirectoryNotContaining("glob:**/state");
                assertThat(node.said()).doesNotContain("\tat ");
            }
        } finally {
            for (Installation node : nodes) {
                node.close();
            }
        }
    }

    private Installation node(int number, SandboxPlatform platform, String ledger, String format) throws Exception {
        Installation node = new Installation(
                Files.createDirectory(temporary.resolve("node-" + number)),
                Map.of(
                        "threadpost.connector.address", platform.address().toString(),
                        "threadpost.ledger.url", ledger,
                        "threadpost.ledger.username", "postgres",
                        "threadpost.ledger.password", "postgres",
                        "threadpost.files.directory",
                                temporary.resolve("node-0/out/threads").toString(),
                        "threadpost.spool.lease", "5s",
                        "threadpost.pull.start", "P30D",
                        "threadpost.pull.period", "1s",
                        "threadpost.pull.settle", "2s"));
        return format.equals("ndjson")
                ? node.edit("to-files.camel.yaml", "threadsAsJson\n", "threadsAsNdjson\n")
                : node;
    }

    /** All nodes write to the first one's folder. */
    private static List<String> delivered(List<Installation> nodes, String format) {
        Installation first = nodes.get(0);
        return format.equals("json") ? first.jsonFiles() : first.ndjsonLines();
    }
}
