package io.threadpost;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.threadpost.ledger.PostgresServer;
import io.threadpost.sandbox.SandboxPlatform;
import io.threadpost.testing.CrashTrial;
import io.threadpost.testing.Installation;

/**
 * The real program and its commands: a ledger is moved in the middle of the work, from a process that was killed and by
 * one that is killed; and one is restored from a backup that was taken meanwhile.
 */
class LedgerMoveIT {
    private static final String SQLITE = "jdbc:sqlite:state/ledger.db";

    @TempDir
    Path temporary;

    @Test
    @Tag("nightly")
    void everyVersionIsDeliveredOnceWhileTheLedgerMovesAndBack() throws Exception {
        CrashTrial trial = new CrashTrial(2);
        try (SandboxPlatform platform = SandboxPlatform.start(trial.platform())) {
            String postgresql = PostgresServer.newDatabase();
            Path password = Files.writeString(temporary.resolve("password"), "postgres\n");
            String[] back = {"move", postgresql, "--username", "postgres", "--password-file", password.toString()};
            String[] backReplacing =
                    Stream.concat(Stream.of(back), Stream.of("--replace")).toArray(String[]::new);
            try (Installation node =
                    node("node", platform).edit("to-files.camel.yaml", "threadsAsJson\n", "threadsAsNdjson\n")) {
                node.start();
                trial.kill(node);

                ledger(node, postgresql);
                for (int kill = 0; kill < trial.kills(); kill++) {
                    node.startCommand("move", SQLITE);
                    node.killAfterOrEnd(Duration.ofMillis(trial.random().nextInt(3000)));
                }
                moved(node, SQLITE);
                node.start();
                trial.kill(node);

                ledger(node, SQLITE);
                assertThat(node.command(back)).isOne();
                assertThat(node.said()).contains("is running on the ledger");
                PostgresServer.change(postgresql, "UPDATE node SET seen = 0");
                assertThat(node.command(back)).isOne();
                assertThat(node.said()).contains("is not empty; ");
                assertThat(node.command(backReplacing)).isZero();
                node.start();
                node.awaitUp();
                trial.awaitDelivery(platform, node::ndjsonLines);
                assertThat(node.stop()).isIn(0, 143);
                trial.assertOnce(platform, node.ndjsonLines());
                assertThat(node.said()).doesNotContain("\tat ");

                // No process starts on the one that was left.
                ledger(node, postgresql);
                node.start();
                assertThat(node.awaitEnd()).isOne();
                assertThat(node.said()).contains("this ledger was moved to " + SQLITE);
            }
        }
    }

    @Test
    @Tag("nightly")
    void ledgerOfABackupThatWasTakenUnderLoadDeliversEverything() throws Exception {
        CrashTrial trial = new CrashTrial(1);
        try (SandboxPlatform platform = SandboxPlatform.start(trial.platform());
                Installation node = node("node", platform)) {
            node.start();
            node.awaitUp();
            assertThat(node.command("backup", "../backup.db")).isZero();
            trial.kill(node);
            assertThat(node.command("restore", "../backup.db")).isOne();
            assertThat(node.said()).contains("is not empty; ");
            ledger(node, PostgresServer.newDatabase());
            assertThat(node.command("restore", "../backup.db")).isZero();
            node.start();
            node.awaitUp();
            trial.awaitDelivery(platform, node::jsonFiles);
            assertThat(node.stop()).isIn(0, 143);
            trial.assertOnce(platform, node.jsonFiles());
        }
    }

    private static void ledger(Installation node, String url) throws Exception {
        String login = url.equals(SQLITE) ? null : "postgres";
        node.set("threadpost.ledger.url", url);
        node.set("threadpost.ledger.username", login);
        node.set("threadpost.ledger.password", login);
    }

    /** A move that was killed between its two last steps, or after them, is complete or can be run again. */
    private static void moved(Installation node, String from) throws Exception {
        if (node.command("move", from) != 0) {
            assertThat(node.said()).contains("is not empty; ");
            assertThat(node.command("move", from, "--replace")).isZero();
        }
    }

    private Installation node(String name, SandboxPlatform platform) throws Exception {
        return new Installation(
                Files.createDirectory(temporary.resolve(name)),
                new HashMap<>(Map.of(
                        "threadpost.connector.address", platform.address().toString(),
                        "threadpost.ledger.url", SQLITE,
                        "threadpost.spool.lease", "5s",
                        "threadpost.pull.start", "P30D",
                        "threadpost.pull.period", "1s",
                        "threadpost.pull.settle", "2s")));
    }
}
