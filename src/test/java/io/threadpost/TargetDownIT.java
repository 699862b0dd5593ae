package io.threadpost;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.sandbox.SandboxPlatform;
import io.threadpost.testing.Arrivals;
import io.threadpost.testing.ArrivedLines;
import io.threadpost.testing.Installation;
import io.threadpost.testing.MailServer;
import io.threadpost.testing.Patience;

/**
 * The broker is away for the whole run. Files and digests are finished as soon as without a queue, measured side by
 * side in one run; and the little memory that there is suffices, though what waits for the queue waits. So many
 * threads, since about a second is lost once, at the start: with 50,000, which take four, that is more than a tenth.
 */
@Tag("nightly")
@Proves(Promise.FAILURES_STAY_WHERE_THEY_HAPPEN)
class TargetDownIT {
    private static final int THREADS = Integer.getInteger("threadpost.test.threads", 300_000);
    private static final int ROUNDS = 3;
    private static final double SLOWER = 1.1;

    @TempDir
    Path temporary;

    /** Seconds from the program's being up until the last thread was a file, and until it was in a digest. */
    private record Times(double files, double digests) {}

    @Test
    void theOthersAreAsFastAsWithoutIt() throws Exception {
        List<Double> files = new ArrayList<>();
        List<Double> digests = new ArrayList<>();
        for (int round = 1; round <= ROUNDS; round++) {
            Times off = run("off-" + round, "");
            Times down = run("down-" + round, "amqp://127.0.0.1:" + Installation.freePort());
            System.out.printf("round %d: off %s, down %s%n", round, off, down);
            files.add(down.files() / off.files());
            digests.add(down.digests() / off.digests());
        }
        System.out.printf("down to off, median: files %.2f, digests %.2f%n", median(files), median(digests));
        assertThat(median(files)).isLessThan(SLOWER);
        assertThat(median(digests)).isLessThan(SLOWER);
    }

    private Times run(String name, String queue) throws Exception {
        SandboxOptions options =
                new SandboxOptions().threads(THREADS).over(Duration.ofDays(20)).noLimit();
        try (SandboxPlatform platform = SandboxPlatform.start(options);
                MailServer mails = MailServer.started();
                Installation installation = TargetsIT.installation(temporary.resolve(name), platform, queue, mails)) {
            installation.edit("to-files.camel.yaml", "threadsAsJson\n", "threadsAsNdjson\n");
            installation.jvm("-Xmx128m").jvm("-XX:+ExitOnOutOfMemoryError").start();
            installation.awaitUp();
            long begun = System.nanoTime();
            new ArrivedLines(installation).await(THREADS);
            double files = (System.nanoTime() - begun) / 1e9;
            Patience.await("digests")
                    .atMost(Duration.ofMinutes(5))
                    .until(() -> Arrivals.inDigests(mails.arrived()).size() >= THREADS);
            double digests = (System.nanoTime() - begun) / 1e9;
            assertThat(installation.stop()).isIn(0, 143);
            return new Times(files, digests);
        }
    }

    private static double median(List<Double> ratios) {
        return ratios.stream().sorted().toList().get(ratios.size() / 2);
    }
}
