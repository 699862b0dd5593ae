package io.threadpost.pull;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.threadpost.ledger.WithLedger;
import io.threadpost.pull.VersionBlock.Version;
import io.threadpost.testing.TestNode;

/** Keys go where time is covered, but for what windows that are not drained still need. */
class DedupeKeyPurgeTest extends WithLedger {
    private static final long HOUR = Duration.ofHours(1).toNanos();

    @ParameterizedTest
    @ValueSource(strings = {"open", "paused"})
    void aWindowWithinCoveredTimeKeepsTheKeysAroundItOnly(String state) throws Exception {
        List<Version> versions = IntStream.range(0, 100)
                .mapToObj(hour -> new Version(hour * HOUR, "thread-" + hour))
                .toList();
        window("closed", -1, 101);
        window(state, 50, 51);
        try (TestNode node = new TestNode(ledger.ledger(), Map.of("threadpost.pull.lookback", "60s"))) {
            node.addAll("pull");
            ThreadVersions known = node.get(ThreadVersions.class);
            for (Version version : versions) {
                ledger.ledger().write(tx -> known.commit(tx, "main", List.of(version)));
            }

            node.get(DedupeKeyPurge.class).run();

            assertThat(known.known("main", versions))
                    .extracting(Version::id)
                    .containsExactlyInAnyOrder("thread-50", "thread-51");
        }
    }

    private void window(String state, long from, long to) {
        ledger.change(
                "INSERT INTO pull_window (connection, kind, start_ns, end_ns, state, created)"
                        + " VALUES ('main', 'backfill', ?, ?, ?, 0)",
                from * HOUR,
                to * HOUR,
                state);
    }
}
