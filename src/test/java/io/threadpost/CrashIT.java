package io.threadpost;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.threadpost.sandbox.Chance;
import io.threadpost.sandbox.CursorPolicy;
import io.threadpost.sandbox.FaultKind;
import io.threadpost.sandbox.Faults;
import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.sandbox.SandboxPlatform;
import io.threadpost.testing.Installation;

/**
 * The real program is killed again and again while it pulls from a platform that fails in every way it can, and whose threads
 * change meanwhile. In the end every version that stands on the platform is a file, once. More kills:
 * {@code -Dthreadpost.test.kills=200 -Dthreadpost.test.threads=25347}.
 */
class CrashIT {
    private static final int KILLS = Integer.getInteger("threadpost.test.kills", 6);
    private static final int THREADS = Integer.getInteger("threadpost.test.threads", 5000);
    private static final long SEED = Long.getLong("threadpost.test.seed", 20261122);

    @TempDir
    Path temporary;

    @ParameterizedTest(name = "pages of {0}, cursor policy {1}, {2}")
    @CsvSource({"1000, INVALID, json", "97, EMPTY, json", "1000, EMPTY, ndjson"})
    void everyVersionIsDeliveredOnceWhateverIsKilledWhen(int pageSize, CursorPolicy policy, String format)
            throws Exception {
        Random random = new Random(SEED);
        SandboxOptions options = new SandboxOptions()
                .threads(THREADS)
                .over(Duration.ofDays(20))
                .equalTimes(0.1)
                .seed(SEED)
                .growth(20, 20)
                .cursorPolicy(policy)
                .noLimit()
                .faults(Faults.storm(SEED));
        Path folder = Files.createDirectory(temporary.resolve("installation"));
        try (SandboxPlatform platform = SandboxPlatform.start(options);
                Installation installation = new Installation(
                        folder,
                        Map.of(
                                "threadpost.connector.address",
                                        platform.address().toString(),
                                "threadpost.connector.limit.requests", "100000",
                                "threadpost.pull.start", "P30D",
                                "threadpost.pull.period", "1s",
                                "threadpost.pull.settle", "2s",
                                "threadpost.pull.page-size", String.valueOf(pageSize)))) {
            if (format.equals("ndjson")) {
                installation.edit("to-files.camel.yaml", "threadsAsJson\n", "threadsAsNdjson\n");
            }
            for (int kill = 0; kill < KILLS; kill++) {
                installation.start();
                // A moment drawn at random: now and then while the program starts, else somewhere in its work.
                if (random.nextInt(5) > 0) {
                    installation.awaitUp();
                }
                installation.killAfter(Duration.ofMillis(random.nextInt(5000)));
            }
            installation.start();
            // From now on no thread changes: what stands on the platform has to be there, in the face of all other
            // faults.
            platform.quiet();
            platform.setFaults(Faults.storm(SEED)
                    .with(FaultKind.UPDATES, Chance.of(0))
                    .with(FaultKind.CURSOR_UPDATED, Chance.of(0)));
            await("everything delivered")
                    .atMost(Duration.ofMinutes(10))
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(() -> assertThat(new HashSet<>(delivered(installation, format)))
                            .containsAll(platform.versions()));
            assertThat(installation.stop()).isIn(0, 143);

            List<String> delivered = delivered(installation, format);
            assertThat(delivered).doesNotHaveDuplicates();
            assertThat(platform.everyVersion()).containsAll(delivered);
            assertThat(platform.refusals()).isEmpty();
            try (var left = Files.list(folder)) {
                assertThat(left.map(file -> file.getFileName().toString()))
                        .containsExactlyInAnyOrder("application.properties", "routes", "out", "state");
            }
            assertThat(installation.files(".tmp")).isEmpty();
        }
    }

    private static List<String> delivered(Installation installation, String format) {
        return format.equals("json") ? installation.jsonFiles() : installation.ndjsonLines();
    }
}
