package io.threadpost.testing;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

import io.threadpost.sandbox.Chance;
import io.threadpost.sandbox.FaultKind;
import io.threadpost.sandbox.Faults;
import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.sandbox.SandboxPlatform;

/**
 * What the trials share in which real programs are killed while they pull from a platform that fails in every way it
 * can, and whose threads change meanwhile. Larger ones: {@code -Dthreadpost.test.kills=200
 * -Dthreadpost.test.threads=25347}.
 */
public final class CrashTrial {
    private static final long SEED = Long.getLong("threadpost.test.seed", 20261122);
    private static final int THREADS = Integer.getInteger("threadpost.test.threads", 5000);

    private final Random random = new Random(SEED);
    private final int kills;

    /** @param kills how many there are unless told otherwise */
    public CrashTrial(int kills) {
        this.kills = Integer.getInteger("threadpost.test.kills", kills);
    }

    public int kills() {
        return kills;
    }

    public Random random() {
        return random;
    }

    /** @return a platform with threads of 20 days that fails and grows */
    public SandboxOptions platform() {
        return new SandboxOptions()
                .threads(THREADS)
                .over(Duration.ofDays(20))
                .equalTimes(0.1)
                .seed(SEED)
                .growth(20, 20)
                .faults(Faults.storm(SEED));
    }

    /** Kills a node at a moment drawn at random: now and then while the program starts, else somewhere in its work. */
    public void kill(Installation node) throws Exception {
        if (random.nextInt(5) > 0) {
            node.awaitUp();
        }
        node.killAfter(Duration.ofMillis(random.nextInt(5000)));
    }

    /**
     * Lets no thread change from now on, and waits until all that stands on the platform was delivered, in the face of
     * all other faults.
     *
     * @param delivered versions as "Id UpdatedUtc"
     */
    public void awaitDelivery(SandboxPlatform platform, Supplier<List<String>> delivered) {
        platform.quiet();
        platform.setFaults(
                Faults.storm(SEED).with(FaultKind.UPDATES, Chance.of(0)).with(FaultKind.CURSOR_UPDATED, Chance.of(0)));
        await("everything delivered")
                .atMost(Duration.ofMinutes(10).plusSeconds(THREADS / 100))
                // Each time, all that was delivered is read again.
                .pollInterval(Duration.ofSeconds(1).plusMillis(THREADS / 20))
                .untilAsserted(() -> {
                    Set<String> missing = new TreeSet<>(platform.versions());
                    delivered.get().forEach(missing::remove);
                    assertThat(missing).isEmpty();
                });
    }

    /** Nothing came twice, nothing was made up, and the platform was asked for nothing that it refuses. */
    public void assertOnce(SandboxPlatform platform, List<String> delivered) {
        assertThat(delivered).doesNotHaveDuplicates();
        assertNoneInvented(platform, delivered);
        assertThat(platform.refusals()).isEmpty();
    }

    /** Whatever was delivered was on the platform at some time. */
    public static void assertNoneInvented(SandboxPlatform platform, List<String> delivered) {
        // By sets: with 100,000 versions, comparing each with all takes longer than the trial.
        Set<String> invented = new HashSet<>(delivered);
        invented.removeAll(platform.everyVersion());
        assertThat(invented).isEmpty();
    }

    /** Both have the same versions as often, in whatever order. */
    public static void assertSame(Collection<String> delivered, Collection<String> expected) {
        // Sorted, for the same reason.
        assertThat(delivered.stream().sorted().toList())
                .isEqualTo(expected.stream().sorted().toList());
    }
}
