package io.threadpost;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.threadpost.ledger.PostgresServer;
import io.threadpost.sandbox.SandboxPlatform;
import io.threadpost.testing.CrashTrial;
import io.threadpost.testing.Installation;

/**
 * The real program on PostgreSQL: one node, and two at once that share the ledger and the folder they write to. Nodes
 * are killed again and again. In the end every version that stands on the platform is there once, and the nodes
 * together kept the platform's limit.
 */
class SharedLedgerIT {
    @TempDir
    Path temporary;

    @Test
    void everyVersionIsDeliveredOnceWhicheverNodeIsKilledWhen() throws Exception {
        everyVersionIsDeliveredOnce(2, "ndjson");
    }

    @Test
    @Tag("nightly")
    void everyVersionIsDeliveredOnceByASingleNodeThatIsKilled() throws Exception {
        everyVersionIsDeliveredOnce(1, "json");
    }

    private void everyVersionIsDeliveredOnce(int number, String format) throws Exception {
        CrashTrial trial = new CrashTrial(2);
        List<Installation> nodes = new ArrayList<>();
        try (SandboxPlatform platform = SandboxPlatform.start(trial.platform())) {
            String ledger = PostgresServer.newDatabase();
            for (int i = 0; i < number; i++) {
                nodes.add(node(i, platform, ledger, format));
                nodes.get(i).start();
            }
            for (int kill = 0; kill < trial.kills(); kill++) {
                Installation node = nodes.get(trial.random().nextInt(number));
                trial.kill(node);
                node.start();
            }
            for (Installation node : nodes) {
                node.awaitUp();
            }
            trial.awaitDelivery(platform, () -> nodes.get(0).versions(format));
            for (Installation node : nodes) {
                assertThat(node.stop()).isIn(0, 143);
            }
            trial.assertOnce(platform, nodes.get(0).versions(format));
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

    /** All nodes write to the first one's folder. */
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
}
