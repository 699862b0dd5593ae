package io.threadpost.redelivery;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.threadpost.journey.Journey.Version;
import io.threadpost.journey.JourneyText;
import io.threadpost.journey.Journeys;
import io.threadpost.json.RawJson;
import io.threadpost.ledger.WithLedger;
import io.threadpost.pull.Coverage;
import io.threadpost.redelivery.Redeliveries.Redelivery;
import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.sandbox.SandboxPlatform;
import io.threadpost.spool.SpoolConstants;
import io.threadpost.spool.SpoolItem;
import io.threadpost.spool.Spools;
import io.threadpost.spool.StoredItems;
import io.threadpost.testing.TestNode;

/** Threads go to one spool again, each version once, from the ledger and the platform; no other spool gets anything. */
class RedeliveryTest extends WithLedger {
    private static final int THREADS = 150;

    /** Whether threads go to the new spool, too. */
    private final AtomicBoolean extended = new AtomicBoolean();

    private volatile Consumer<Exchange> slowly = exchange -> {};
    private SandboxPlatform platform;
    private TestNode node;
    private Redeliveries redeliveries;
    private RedeliveryWorker worker;

    @BeforeEach
    void pullEverythingToOld() throws Exception {
        platform = SandboxPlatform.start(
                new SandboxOptions().threads(THREADS).over(Duration.ofDays(20)).noLimit());
        node = node();
        redeliveries = node.get(Redeliveries.class);
        worker = node.get(RedeliveryWorker.class);
        await().until(() -> node.get(Coverage.class)
                .all("main")
                .map(Coverage.Answer::complete)
                .orElse(false));
        await().untilAsserted(() -> assertThat(finished("old")).hasSize(THREADS));
    }

    private TestNode node() throws Exception {
        TestNode begun = new TestNode(
                ledger.ledger(),
                Map.of(
                        "threadpost.connector.address", platform.address().toString(),
                        "threadpost.connector.client-token", SandboxOptions.CLIENT_TOKEN,
                        "threadpost.connections.main.access-token", SandboxOptions.ACCESS_TOKEN,
                        "threadpost.connector.limit.requests", "100000",
                        "threadpost.pull.page-size", "20",
                        "threadpost.pull.settle", "0s",
                        "threadpost.pull.start", "P30D"));
        begun.addAll("spool", "network", "connector", "pull", "redelivery");
        begun.camel.start();
        begun.camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("spool:old").to("mock:old");
                from("direct:route-thread")
                        .routeId("route-thread")
                        .filter(exchange -> extended.get())
                        .to("spool:new")
                        .end()
                        .to("spool:old")
                        .process(exchange -> slowly.accept(exchange));
                from("direct:some")
                        .to("spool:old")
                        .filter(simple("${header." + SpoolConstants.KEY + "} < '8'"))
                        .to("spool:new");
                from("direct:fresh").filter(simple("${header.Passed} == null")).to("spool:old");
                from("direct:later").to("direct:gone?block=false");
                from("direct:broken").throwException(new IllegalStateException("no such field"));
            }
        });
        begun.loadShipped("pull-threads.camel.yaml");
        return begun;
    }

    @AfterEach
    void stop() {
        node.close();
        platform.close();
    }

    private List<String> finished(String spool) {
        return keys(spool, "finished");
    }

    private List<String> keys(String spool, String state) {
        List<String> keys = new ArrayList<>();
        StoredItems stored = node.get(StoredItems.class);
        List<StoredItems.Parcel> parcels = state.equals("finished")
                ? stored.delivered(0, Long.MAX_VALUE, 100_000)
                : stored.waiting(spool, 0, Long.MAX_VALUE, 100_000);
        parcels.stream().filter(parcel -> parcel.spool().equals(spool)).forEach(parcel -> parcel.items()
                .forEach(item -> keys.add(item.key())));
        return keys;
    }

    private List<String> waiting(String spool) {
        return keys(spool, "waiting");
    }

    private Stream<String> everything() {
        return platform.versions().stream().map(version -> version.replace(' ', '@'));
    }

    private Redelivery run(Redelivery redelivery) {
        worker.run();
        return redeliveries.one(redelivery.id()).orElseThrow();
    }

    private Redelivery everythingToNew(String through) {
        return redeliveries.begin("main", "new", through, Instant.now().minus(Duration.ofDays(30)), Instant.now());
    }

    /** @return what the journey of a version says of a re-delivery; it was pulled before */
    private Version delivered(String key, Redelivery by) {
        List<Version> versions = node.get(Journeys.class).of(key).versions();
        assertThat(versions).extracting(Version::redelivery).containsExactly(null, by.id());
        assertThat(versions.get(1).updatedUtc()).isEqualTo(versions.get(0).updatedUtc());
        assertThat(JourneyText.of(node.get(Journeys.class).of(key)))
                .extracting(JourneyText.Line::text)
                .anyMatch(line -> line.endsWith("was delivered again of connection main by re-delivery " + by.id()));
        return versions.get(1);
    }

    @Test
    void anIntervalGoesFromTheLedgerAndNothingElseNotices() {
        Redelivery over = run(everythingToNew(null));

        assertThat(over.state()).isEqualTo("finished");
        assertThat(over.fromLedger()).isEqualTo(THREADS);
        assertThat(over.fromPlatform()).isZero();
        assertThat(waiting("new"))
                .containsExactlyInAnyOrderElementsOf(everything().toList());
        assertThat(finished("old")).hasSize(THREADS);
        assertThat(waiting("old")).isEmpty();
        assertThat(ledger.rows("SELECT COUNT(*) FROM redelivery_item")).containsExactly("0");
    }

    @Test
    void whatTheLedgerNoLongerHasComesFromThePlatform() {
        ledger.change("DELETE FROM spool_content WHERE parcel IN (SELECT MIN(id) FROM spool_parcel)");
        ledger.change("DELETE FROM spool_parcel WHERE id = (SELECT MIN(id) FROM spool_parcel)");

        Redelivery over = run(everythingToNew(null));

        assertThat(over.fromLedger()).isBetween(1L, THREADS - 1L);
        assertThat(over.fromLedger() + over.fromPlatform()).isEqualTo(THREADS);
        assertThat(waiting("new"))
                .containsExactlyInAnyOrderElementsOf(everything().toList());
        assertThat(platform.refusals()).isEmpty();
    }

    @Test
    void whatACancelledBackfillPulledGoesAlsoWhenItsPagesAreForgotten() {
        ledger.change("UPDATE pull_window SET state = 'cancelled' WHERE state = 'closed'");
        ledger.change("DELETE FROM page_digest");
        ledger.change("DELETE FROM spool_content");
        ledger.change("DELETE FROM spool_parcel");
        // The live pull goes on with what is newer.
        Instant end = Instant.now().minus(Duration.ofDays(1));

        Redelivery over = run(redeliveries.begin("main", "new", null, end.minus(Duration.ofDays(30)), end));

        assertThat(over.state()).isEqualTo("finished");
        assertThat(waiting("new"))
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(everything()
                        .filter(key -> Instant.parse(key.split("@")[1]).isBefore(end))
                        .toList());
    }

    @Test
    void threadsGoByTheirIdsAlsoWhenThePlatformDoesNotKnowSomeOfThem() {
        ledger.change("DELETE FROM spool_content");
        ledger.change("DELETE FROM spool_parcel");
        List<String> ids = new ArrayList<>(platform.versions().stream()
                .map(version -> version.split(" ")[0])
                .limit(50)
                .toList());
        ids.add(UUID.randomUUID().toString());

        Redelivery over = run(redeliveries.begin("main", "new", null, ids));

        assertThat(over.state()).isEqualTo("finished");
        assertThat(over.fromPlatform()).isEqualTo(50);
        assertThat(waiting("new"))
                .extracting(key -> key.split("@")[0])
                .containsExactlyInAnyOrderElementsOf(ids.subList(0, 50));
    }

    @Test
    void aRouteDecidesWhichThreadsGo() {
        List<String> some = everything().filter(key -> key.compareTo("8") < 0).toList();

        Redelivery over = run(everythingToNew("direct:some"));

        assertThat(waiting("new")).containsExactlyInAnyOrderElementsOf(some);
        assertThat(over.heldBack()).isEqualTo(THREADS - some.size());
        Version sent = delivered(some.get(0), over);
        assertThat(sent.spools())
                .extracting(stay -> stay.spool() + " " + stay.state())
                .containsExactly("new waiting");
        assertThat(sent.subject()).isNotBlank();
        assertThat(delivered(
                                everything()
                                        .filter(key -> !some.contains(key))
                                        .findFirst()
                                        .orElseThrow(),
                                over)
                        .spools())
                .isEmpty();
        assertThat(finished("old")).hasSize(THREADS);
        assertThat(waiting("old")).isEmpty();
    }

    @Test
    void aRouteMeetsAThreadWithoutTheHeadersOfItsDeliveryBefore() {
        String updated = Instant.now().minus(Duration.ofDays(1)).toString();
        RawJson thread =
                new RawJson(("{\"Id\":\"once\",\"UpdatedUtc\":\"" + updated + "\"}").getBytes(StandardCharsets.UTF_8));
        SpoolItem item = new SpoolItem("once@" + updated, "main", Map.of("Passed", "yes"), thread);
        node.get(Spools.class).deliver("old", List.of(item));
        await().untilAsserted(() -> assertThat(finished("old")).contains(item.key()));

        Redelivery over = run(redeliveries.begin(
                "main", "old", "direct:fresh", Instant.now().minus(Duration.ofDays(30)), Instant.now()));

        assertThat(over.fromLedger()).isEqualTo(THREADS + 1);
        assertThat(over.heldBack()).isZero();
    }

    @Test
    void whatTheRouteFailsOnIsDeadInThatSpool() {
        Redelivery over = run(everythingToNew("direct:broken"));

        assertThat(over.failed()).isEqualTo(THREADS);
        Version dead = delivered(everything().findFirst().orElseThrow(), over);
        assertThat(dead.failure()).contains("no such field");
        assertThat(dead.spools())
                .extracting(stay -> stay.spool() + " " + stay.state())
                .containsExactly("new dead");
        assertThat(ledger.rows("SELECT DISTINCT spool, error FROM spool_parcel WHERE state = 'dead'"))
                .singleElement()
                .asString()
                .startsWith("new|")
                .contains("no such field");
    }

    @Test
    void anItemThatIsNoThreadStopsNothing() {
        RawJson list = new RawJson("[1, 2]".getBytes(StandardCharsets.UTF_8));
        node.get(Spools.class).deliver("old", List.of(new SpoolItem("list", "main", Map.of(), list)));
        await().untilAsserted(() -> assertThat(finished("old")).contains("list"));

        Redelivery over = run(everythingToNew(null));

        assertThat(over.state()).isEqualTo("finished");
        assertThat(over.fromLedger()).isEqualTo(THREADS);
    }

    @Test
    void threadsWaitForARouteThatIsGone() throws Exception {
        Redelivery waiting = run(everythingToNew("direct:later"));
        assertThat(waiting.state()).isEqualTo("running");
        assertThat(waiting.error()).contains("direct:later");
        assertThat(waiting.failed()).isZero();

        node.camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:gone").to("spool:new");
            }
        });
        ledger.change("UPDATE redelivery SET due = 0");
        Redelivery over = run(waiting);
        assertThat(over.state()).isEqualTo("finished");
        assertThat(over.failed()).isZero();
        assertThat(waiting("new"))
                .containsExactlyInAnyOrderElementsOf(everything().toList());
    }

    @Test
    void aPageThatIsRoutedWhileItBeginsReachesTheSpoolByTheRoute() throws Exception {
        CountDownLatch routed = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        slowly = exchange -> {
            routed.countDown();
            try {
                begun.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        String id = platform.addThread(platform.now(), "Jo", "Towels");
        routed.await();
        extended.set(true);
        Redelivery redelivery = everythingToNew(null);
        begun.countDown();

        await().untilAsserted(() -> assertThat(finished("old")).anyMatch(key -> key.startsWith(id)));
        assertThat(run(redelivery).state()).isEqualTo("finished");
        assertThat(waiting("new")).hasSize(THREADS + 1).doesNotHaveDuplicates();
        assertThat(finished("old")).hasSize(THREADS + 1).doesNotHaveDuplicates();
    }

    @Test
    void whatWaitsInTheSpoolAlreadyDoesNotGoTwice() {
        run(everythingToNew(null));

        Redelivery again = run(everythingToNew(null));

        assertThat(again.fromLedger() + again.fromPlatform()).isZero();
        assertThat(waiting("new")).hasSize(THREADS).doesNotHaveDuplicates();
    }

    @Test
    void aPausedOneWaitsAndACancelledOneEnds() {
        Redelivery redelivery = everythingToNew(null);
        assertThat(redeliveries.pause(redelivery.id())).isTrue();
        assertThat(run(redelivery).fromLedger()).isZero();
        assertThat(redeliveries.resume(redelivery.id())).isTrue();
        assertThat(run(redelivery).state()).isEqualTo("finished");

        Redelivery other = everythingToNew(null);
        assertThat(redeliveries.cancel(other.id())).isTrue();
        assertThat(run(other).state()).isEqualTo("cancelled");
        assertThat(redeliveries.resume(other.id())).isFalse();
    }

    @Test
    void anOutageOfThePlatformIsRetried() {
        ledger.change("DELETE FROM spool_content");
        ledger.change("DELETE FROM spool_parcel");
        platform.setAvailable(false);
        Redelivery redelivery = everythingToNew(null);
        assertThat(run(redelivery).error()).isNotBlank();
        platform.setAvailable(true);
        ledger.change("UPDATE redelivery SET due = 0");

        Redelivery over = run(redelivery);
        assertThat(over.state()).isEqualTo("finished");
        assertThat(over.error()).isNull();
        assertThat(waiting("new"))
                .containsExactlyInAnyOrderElementsOf(everything().toList());
    }
}
