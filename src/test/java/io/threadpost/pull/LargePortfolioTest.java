package io.threadpost.pull;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.threadpost.Promise;
import io.threadpost.Proves;
import io.threadpost.ledger.Dialect;
import io.threadpost.ledger.LedgerFixture;
import io.threadpost.ledger.WithLedger;
import io.threadpost.redelivery.Redeliveries;
import io.threadpost.redelivery.RedeliveryWorker;
import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.sandbox.SandboxPlatform;
import io.threadpost.spool.SpoolConstants;
import io.threadpost.spool.SpoolItem;
import io.threadpost.spool.StoredItems;

/** More enterprises than the platform takes in two requests, by whatever way their threads are asked for. */
@Proves(Promise.EVERY_VERSION_IS_DELIVERED)
class LargePortfolioTest extends WithLedger {
    private static final List<UUID> HOTELS =
            IntStream.range(0, 2100).mapToObj(i -> new UUID(7, i)).toList();

    private final Map<String, UUID> owners = new HashMap<>();
    private SandboxPlatform platform;
    private PullNode node;

    @BeforeEach
    void startWithThreadsOfTheLastTenDays() throws Exception {
        platform = SandboxPlatform.start(new SandboxOptions()
                .noLimit()
                .accessTokens(Map.of(SandboxOptions.ACCESS_TOKEN, new LinkedHashSet<>(HOTELS))));
        Instant now = Instant.now();
        for (int i = 0; i < 40; i++) {
            UUID hotel = HOTELS.get(List.of(0, 999, 1000, 1001, 2000, 2099).get(i % 6));
            owners.put(platform.addThread(now.minus(Duration.ofHours(1 + 6 * i)), "Jo", "Towels", hotel), hotel);
        }
        node = new PullNode(ledger.ledger(), platform.address(), settings(HOTELS.stream()));
        node.addAll("redelivery");
        node.startToFiles();
        await("the live part").until(() -> node.get(Coverage.class)
                .all("main")
                .map(Coverage.Answer::complete)
                .orElse(false));
    }

    private static Map<String, String> settings(Stream<UUID> hotels) {
        return Map.of(
                "threadpost.connections.main.enterprise-ids",
                hotels.map(UUID::toString).collect(Collectors.joining(",")),
                "threadpost.pull.start",
                "P2D",
                "threadpost.pull.page-size",
                "4");
    }

    @AfterEach
    void stop() {
        node.close();
        platform.close();
    }

    @Test
    void anAuditClaimsOnlyTimeInWhichAllPartsWereCompared() {
        Instant end = Instant.now();
        for (int i = 0; i < 210; i++) {
            platform.addThread(end.minus(Duration.ofMinutes(13 * i)), "Jo", "Towels", HOTELS.get(0));
        }
        String late = platform.addThread(end.minus(Duration.ofHours(30)), "Jo", "Stored late", HOTELS.get(2050));

        AuditResult result = node.get(CoverageAudit.class).audit("main", end.minus(Duration.ofDays(2)), end);

        assertThat(result.whole()).isFalse();
        assertThat(result.compared()).isPositive().isLessThan(Duration.ofHours(30));
        assertThat(node.versions()).noneMatch(version -> version.startsWith(late));
    }

    @Test
    void aRejectedEnterpriseIsReportedAsSuchWhereverItIs() throws Exception {
        UUID unknown = new UUID(8, 1);
        try (LedgerFixture other =
                        LedgerFixture.create(Dialect.SQLITE, Files.createDirectory(folder.resolve("other")));
                PullNode rejected = new PullNode(
                                other.ledger(),
                                platform.address(),
                                settings(Stream.concat(HOTELS.stream(), Stream.of(unknown))))
                        .startToFiles()) {
            await("an error").until(() -> rejected.status.connections().get(0).error() != null);
            assertThat(rejected.status.connections().get(0).error())
                    .contains("EnterpriseIds are not in the scope of the access token");
        }
    }

    @Test
    void everyThreadOfALargePortfolioIsDeliveredOnceWithItsEnterprise() throws Exception {
        Instant from = Instant.now().minus(Duration.ofDays(11));
        node.get(Backfills.class).request("main", from, Instant.now(), List.of());
        await().untilAsserted(() -> assertThat(node.versions()).containsAll(platform.versions()));
        assertThat(node.versions()).doesNotHaveDuplicates();
        assertThat(node.delivered()).allSatisfy(item -> assertThat(item.headers())
                .containsEntry(
                        SpoolConstants.ENTERPRISE,
                        owners.get(item.key().split("@")[0]).toString()));
        await("backfilled")
                .until(() -> node.get(Coverage.class).all("main").orElseThrow().complete());

        platform.addThread(Instant.now().minus(Duration.ofDays(1)), "Jo", "Stored late", HOTELS.get(2050));
        AuditResult audited = node.get(CoverageAudit.class).audit("main", from, Instant.now());
        assertThat(audited.listed()).isEqualTo(41);
        assertThat(audited.missing()).isEqualTo(1);
        await().untilAsserted(() -> assertThat(node.versions()).containsAll(platform.versions()));
        assertThat(node.versions()).doesNotHaveDuplicates();

        node.get(Redeliveries.class).begin("main", "new", null, from, Instant.now());
        node.get(Redeliveries.class).begin("main", "ids", null, List.copyOf(owners.keySet()));
        // What a spool has delivered is not in the ledger any more.
        ledger.change("DELETE FROM spool_content");
        ledger.change("DELETE FROM spool_parcel");
        node.get(RedeliveryWorker.class).run();
        for (String spool : List.of("new", "ids")) {
            List<SpoolItem> again = node.get(StoredItems.class).waiting(spool, 0, Long.MAX_VALUE, 1000).stream()
                    .flatMap(parcel -> parcel.items().stream())
                    .toList();
            assertThat(again.stream().map(item -> item.key().split("@")[0]))
                    .containsAll(owners.keySet())
                    .doesNotHaveDuplicates();
            assertThat(again).allSatisfy(item -> assertThat(item.headers()).containsKey(SpoolConstants.ENTERPRISE));
        }
        assertThat(platform.refusals()).isEmpty();
    }
}
