package io.threadpost.pull;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.threadpost.Promise;
import io.threadpost.Proves;
import io.threadpost.ledger.Dialect;
import io.threadpost.ledger.LedgerFixture;

/**
 * Whatever the platform, an operator and the clocks do, in the end every version was delivered, once. One seed alone:
 * {@code -Dthreadpost.test.seed=17 -Dthreadpost.test.seeds=1}.
 */
@Proves({Promise.EVERY_VERSION_IS_DELIVERED})
class FaultSeedsTest {
    private static final long FIRST = Long.getLong("threadpost.test.seed", 1);
    private static final int ACTIONS = 300;

    @TempDir
    Path temporary;

    @Test
    void everySeedEndsWithEveryVersionDeliveredOnce() {
        assertThat(failures(Integer.getInteger("threadpost.test.seeds", 50))).isEmpty();
    }

    /** A thread appeared beside one that an audit had found missing, and only its key was stored. */
    @Test
    void aSeedThatLostAVersionOnceDoesNot() {
        assertThat(failure(271)).isEmpty();
    }

    @Test
    @Tag("nightly")
    void everySeedOfAThousandEndsWithEveryVersionDeliveredOnce() {
        assertThat(failures(1000)).isEmpty();
    }

    private List<String> failures(int seeds) {
        return LongStream.range(FIRST, FIRST + seeds)
                .parallel()
                .mapToObj(this::failure)
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<String> failure(long seed) {
        try {
            Path folder = Files.createDirectory(temporary.resolve("seed-" + seed));
            try (LedgerFixture ledger = LedgerFixture.create(Dialect.SQLITE, folder);
                    PullSimulation simulation = new PullSimulation(seed, ledger)) {
                simulation.run(ACTIONS);
                return Optional.empty();
            }
        } catch (Exception | AssertionError e) {
            return Optional.of("seed " + seed + ": " + e);
        }
    }
}
