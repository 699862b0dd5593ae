package io.threadpost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.threadpost.ledger.PostgresServer;
import io.threadpost.sandbox.LimitReading;
import io.threadpost.sandbox.SandboxPlatform;
import io.threadpost.testing.ClockAgent;
import io.threadpost.testing.CrashTrial;
import io.threadpost.testing.Installation;
import io.threadpost.testing.Program;

/**
 * Three nodes on one PostgreSQL whose clocks differ by five minutes each; the database has the middle one. Nodes are
 * killed, stopped and started at random. The trial asked for: {@code -Dthreadpost.test.threads=100000
 * -Dthreadpost.test.kills=60}.
 */
@Tag("nightly")
class NodesIT {
    private static final List<Duration> CLOCKS = List.of(Duration.ofMinutes(-5), Duration.ZERO, Duration.ofMinutes(5));

    /** Kept when the trial fails, with what {@link #keep} adds. */
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path temporary;

    @ParameterizedTest
    @EnumSource
    void everyVersionIsDeliveredOnceWithinTheLimitThoughClocksDiffer(LimitReading reading) throws Exception {
        assumeFalse(Program.isExecutable(), "a native executable takes no agent");
        CrashTrial trial = new CrashTrial(12);
        List<Installation> nodes = new ArrayList<>();
        String ledger = PostgresServer.newDatabase();
        try (SandboxPlatform platform = SandboxPlatform.start(trial.platform().limitReading(reading))) {
            for (int i = 0; i < CLOCKS.size(); i++) {
                nodes.add(node(i, platform, ledger));
                nodes.get(i).start();
            }
            for (int end = 0; end < trial.kills(); end++) {
                end(nodes.get(trial.random().nextInt(nodes.size())), trial);
                for (Installation node : nodes) {
                    if (!node.runs() && trial.random().nextInt(2) == 0) {
                        node.start();
                    }
                }
            }
            for (Installation node : nodes) {
                if (!node.runs()) {
                    node.start();
                }
            }
            for (Installation node : nodes) {
                node.awaitUp();
            }
            trial.awaitDelivery(platform, nodes.get(0)::ndjsonLines);
            assertThat(PostgresServer.list(
                            ledger, "SELECT ROUND(clock_ms / 60000.0) FROM node WHERE stopped IS NULL ORDER BY 1"))
                    .contains("-5", "0", "5");
            for (Installation node : nodes) {
                assertThat(node.stop()).isIn(0, 143);
            }
            assertThat(nodes.get(0).doubled(".ndjson")).isEmpty();
            trial.assertOnce(platform, nodes.get(0).ndjsonLines());
            assertThat(platform.requests())
                    .filteredOn(request -> request.fault() == null)
                    .noneMatch(request -> request.status() == 429);
        } catch (Exception | AssertionError e) {
            keep(nodes.get(0), ledger);
            throw e;
        } finally {
            for (Installation node : nodes) {
                node.close();
            }
        }
    }

    /** Kills a node, or stops it gracefully, at a moment drawn at random; one that does not run stays so. */
    private static void end(Installation node, CrashTrial trial) throws Exception {
        if (!node.runs()) {
            TimeUnit.MILLISECONDS.sleep(trial.random().nextInt(3000));
        } else if (trial.random().nextInt(4) == 0) {
            node.awaitUp();
            assertThat(node.stop()).isIn(0, 143);
        } else {
            trial.kill(node);
        }
    }

    /** Adds to the folders and logs which files a doubled version is in, and the ledger's windows and parcels. */
    private void keep(Installation writing, String ledger) throws IOException {
        List<String> doubled = new ArrayList<>();
        writing.doubled(".ndjson").forEach((version, files) -> doubled.add(version + " " + files));
        Files.write(temporary.resolve("doubled.txt"), doubled);
        for (String table : List.of("pull_window", "spool_parcel", "spool_batch")) {
            Files.write(
                    temporary.resolve(table + ".txt"),
                    PostgresServer.list(ledger, "SELECT CAST(kept AS TEXT) FROM " + table + " kept ORDER BY 1"));
        }
        System.out.printf("%d doubled versions; everything is kept in %s%n", doubled.size(), temporary);
    }

    /** All nodes write to the first one's folder. Pages are small, so that the limit holds requests back. */
    private Installation node(int number, SandboxPlatform platform, String ledger) throws Exception {
        Installation node = new Installation(
                        Files.createDirectory(temporary.resolve("node-" + number)),
                        Map.of(
                                "threadpost.connector.address",
                                platform.address().toString(),
                                "threadpost.ledger.url",
                                ledger,
                                "threadpost.ledger.username",
                                "postgres",
                                "threadpost.ledger.password",
                                "postgres",
                                "threadpost.files.directory",
                                temporary.resolve("node-0/out/threads").toString(),
                                "threadpost.spool.lease",
                                "5s",
                                "threadpost.pull.start",
                                "P30D",
                                "threadpost.pull.page-size",
                                "100",
                                // More often, the newest threads would use most of the limit, and the rest would take
                                // long.
                                "threadpost.pull.period",
                                "5s",
                                "threadpost.pull.settle",
                                "2s"))
                .edit("to-files.camel.yaml", "threadsAsJson\n", "threadsAsNdjson\n");
        for (String option : ClockAgent.options(temporary.resolve("clock.jar"), CLOCKS.get(number))) {
            node.jvm(option);
        }
        return node;
    }
}
