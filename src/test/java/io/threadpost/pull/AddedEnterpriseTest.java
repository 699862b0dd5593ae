package io.threadpost.pull;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.threadpost.connector.ThreadPage;
import io.threadpost.ledger.WithLedger;
import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.sandbox.SandboxPlatform;

/** An enterprise that is added to a connection: pulled from then on, and before that when somebody asks for it. */
class AddedEnterpriseTest extends WithLedger {
    private static final List<UUID> HOTELS =
            IntStream.range(0, 4).mapToObj(i -> new UUID(7, i)).toList();

    private final List<String> delivered = new ArrayList<>();
    private SandboxPlatform platform;
    private PullNode node;

    @BeforeEach
    void pullTheFirstOne() throws Exception {
        platform = SandboxPlatform.start(new SandboxOptions()
                .noLimit()
                .accessTokens(Map.of(SandboxOptions.ACCESS_TOKEN, new LinkedHashSet<>(HOTELS))));
        for (int i = 0; i < 80; i++) {
            platform.addThread(Instant.now().minus(Duration.ofHours(1 + i)), "Jo", "Towels", HOTELS.get(i % 4));
        }
        pull(1);
        await().untilAsserted(() -> assertThat(node.versions()).hasSize(20));
    }

    @AfterEach
    void stop() {
        node.close();
        platform.close();
    }

    /** Goes on with another process that has so many hotels, until time is covered up to its start. */
    private void pull(int hotels) throws Exception {
        if (node != null) {
            node.close();
            delivered.addAll(node.versions());
        }
        Instant start = platform.now();
        node = new PullNode(
                        ledger.ledger(),
                        platform.address(),
                        Map.of(
                                "threadpost.connections.main.enterprise-ids",
                                HOTELS.stream()
                                        .limit(hotels)
                                        .map(UUID::toString)
                                        .collect(Collectors.joining(",")),
                                "threadpost.pull.lookback",
                                "0s",
                                "threadpost.pull.page-size",
                                "7"))
                .startToFiles();
        await("covered").until(() -> node.get(Coverage.class)
                .pulledUntil("main")
                .filter(until -> until.isAfter(start))
                .isPresent());
        node.dedupeKeyPurge.run();
    }

    private AuditResult audit() {
        return node.get(CoverageAudit.class).audit("main", platform.now().minus(Duration.ofDays(5)), platform.now());
    }

    private Backfill history(UUID... hotels) {
        List<String> ids = Stream.of(hotels).map(UUID::toString).toList();
        long begun = node.get(Backfills.class)
                .request("main", platform.now().minus(Duration.ofDays(6)), platform.now(), ids)
                .orElseThrow()
                .id();
        await("pulled").until(() -> backfill(begun).state().equals("finished"));
        return backfill(begun);
    }

    private Backfill backfill(long id) {
        return node.get(Backfills.class).one(id).orElseThrow();
    }

    private void assertDelivered(int hotels) {
        await().untilAsserted(() -> {
            List<String> all =
                    Stream.concat(delivered.stream(), node.versions().stream()).toList();
            assertThat(all)
                    .doesNotHaveDuplicates()
                    .containsExactlyInAnyOrderElementsOf(platform.versions().stream()
                            .filter(version -> HOTELS.indexOf(platform.enterprise(version.split(" ")[0])) < hotels)
                            .toList());
        });
    }

    @Test
    void itsOldThreadsAreNoLossAndComeByOneBackfill() throws Exception {
        pull(2);
        assertThat(audit().missing()).isZero();
        assertDelivered(1);

        assertThat(history(HOTELS.get(1)).threads()).isEqualTo(20);
        assertDelivered(2);
        node.dedupeKeyPurge.run();
        assertThat(history(HOTELS.get(1)).covered()).isTrue();
        assertThat(audit().missing()).isZero();
        assertThat(audit().listed()).isEqualTo(40);
        // Its time has whole seconds, and this second may be pulled already.
        platform.addThread(platform.now().plusSeconds(1), "Jo", "New", HOTELS.get(1));
        assertDelivered(2);
    }

    @Test
    void anAuditStillFindsWhatIsMissingOfTheOthers() throws Exception {
        pull(3);
        platform.addThread(Instant.now().minus(Duration.ofHours(30)), "Jo", "Stored late", HOTELS.get(0));

        assertThat(audit().missing()).isEqualTo(1);
        assertDelivered(1);
        assertThat(history(HOTELS.get(1), HOTELS.get(2)).threads()).isEqualTo(40);
        assertDelivered(3);
    }

    @Test
    void itsOldThreadsAreNotAmongThoseThatWerePulled() throws Exception {
        pull(2);
        List<String> read = new ArrayList<>();
        Consumer<ThreadPage> pages = page -> page.threads().forEach(thread -> read.add(thread.id()));
        long start = UtcNanos.nanos(platform.now().minus(Duration.ofDays(6)));
        long end = UtcNanos.nanos(platform.now());

        assertThat(node.get(IntervalPages.class).readPulled("main", start, end, pages))
                .isTrue();
        assertThat(read).hasSize(20).allMatch(id -> platform.enterprise(id).equals(HOTELS.get(0)));
    }

    @Test
    void thoseThatWereAddedAtDifferentTimesAreAskedForOneByOne() throws Exception {
        pull(2);
        pull(3);
        assertThatThrownBy(() -> history(HOTELS.get(1), HOTELS.get(2))).hasMessageContaining("at different times");
        history(HOTELS.get(1));
        history(HOTELS.get(2));
        assertDelivered(3);
    }

    @Test
    void oneThatWasAwayForAWhileComesBackWithoutWhatWasPulledBefore() throws Exception {
        pull(2);
        pull(1);
        platform.addThread(platform.now(), "Jo", "Meanwhile", HOTELS.get(1));
        pull(1);
        pull(2);
        assertThat(audit().missing()).isZero();
        assertThat(history(HOTELS.get(1)).threads()).isEqualTo(21);
        assertDelivered(2);
    }
}
