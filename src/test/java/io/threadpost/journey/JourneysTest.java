package io.threadpost.journey;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

import io.threadpost.journey.Journey.Hit;
import io.threadpost.journey.Journey.Stay;
import io.threadpost.journey.Journey.Version;
import io.threadpost.ledger.Dialect;
import io.threadpost.ledger.LedgerFixture;
import io.threadpost.ledger.OnBothDatabases;
import io.threadpost.spool.DeadItems;
import io.threadpost.spool.DeadItems.Selection;
import io.threadpost.spool.ParcelPurge;
import io.threadpost.testing.CannedPlatform;
import io.threadpost.testing.CannedPlatform.Answer;
import io.threadpost.testing.DeliveringNode;
import io.threadpost.testing.TestNode;

/** A journey tells what really happened to a thread: in which window, by which steps, and what each target has. */
@OnBothDatabases
class JourneysTest {
    private static final String ROUTES =
            """
            - route:
                id: route-thread
                errorHandler:
                  noErrorHandler: {}
                from:
                  uri: direct:route-thread
                  steps:
                    - to:
                        uri: spool:files
                    - filter:
                        description: Group bookings
                        expression:
                          simple:
                            expression: ${body[Subject]} ~~ 'group'
                        steps:
                          - to:
                              uri: spool:queue
                          - to:
                              uri: spool:later
                    - filter:
                        expression:
                          simple:
                            expression: ${body[Subject]} ~~ 'poison'
                        steps:
                          - throwException:
                              exceptionType: java.lang.IllegalStateException
                              message: cannot route it
            - route:
                id: retry-unrouted
                errorHandler:
                  noErrorHandler: {}
                from:
                  uri: spool:unrouted
                  steps:
                    - to:
                        uri: direct:route-thread
            """;

    private static final Instant SOME = Instant.parse("2026-11-01T00:00:00Z");

    @Parameter
    Dialect dialect;

    @TempDir
    Path folder;

    private LedgerFixture database;

    @BeforeEach
    void open() {
        database = LedgerFixture.create(dialect, folder);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private TestNode node(CannedPlatform platform, String keep) throws Exception {
        DeliveringNode node = new DeliveringNode(
                database.ledger(), platform, folder.resolve("out"), Map.of("threadpost.journeys.keep", keep));
        node.pull(ROUTES);
        return node;
    }

    private static String thread(String id, String subject, Instant updated) {
        return "{\"Id\":\"" + id + "\",\"Subject\":\"" + subject + "\",\"OriginalSender\":\"Guest " + id
                + "\",\"CreatedUtc\":\"" + updated + "\",\"UpdatedUtc\":\"" + updated + "\"}";
    }

    private static Stay in(Version version, String spool) {
        return version.spools().stream()
                .filter(stay -> stay.spool().equals(spool))
                .findFirst()
                .orElseThrow(() -> new AssertionError(spool + " is not in " + version));
    }

    private Version one(TestNode node, String id) {
        List<Version> versions = node.get(Journeys.class).of(id).versions();
        assertThat(versions).hasSize(1);
        return versions.get(0);
    }

    @Test
    void saysWhatHappenedToEachThreadAndForgetsItWhenToldTo() throws Exception {
        Instant updated = Instant.now().minusSeconds(3600).truncatedTo(ChronoUnit.MILLIS);
        String uuid = "0a1b2c3d-0000-4000-8000-0123456789ab";
        String[] threads = {
            thread(uuid, "A Group of ten", updated),
            thread("plain", "Breakfast", updated.minusSeconds(1)),
            thread("bad", "Poison", updated.minusSeconds(2))
        };
        try (CannedPlatform platform = new CannedPlatform(request -> Answer.page(null, threads));
                TestNode node = node(platform, "30d")) {
            await().untilAsserted(() -> {
                assertThat(database.rows("SELECT state FROM spool_parcel WHERE spool = 'unrouted'"))
                        .containsExactly("dead");
                assertThat(database.rows("SELECT state FROM spool_parcel WHERE spool = 'files'"))
                        .containsOnly("finished");
            });

            Version group = one(node, uuid);
            assertThat(group.updatedUtc()).isEqualTo(updated);
            assertThat(group.connection()).isEqualTo("main");
            assertThat(group.subject()).isEqualTo("A Group of ten");
            assertThat(group.sender()).isEqualTo("Guest " + uuid);
            assertThat(group.page()).isEqualTo(1);
            assertThat(database.rows("SELECT id FROM pull_window")).contains(String.valueOf(group.window()));
            assertThat(group.steps().stream().filter(JourneyStep::rejected))
                    .singleElement()
                    .satisfies(step -> {
                        assertThat(step.route()).isEqualTo("route-thread");
                        assertThat(step.file()).isEqualTo("more.camel.yaml");
                        assertThat(step.line()).isEqualTo(20);
                    });
            assertThat(in(group, "queue").state()).isEqualTo("dropped");
            assertThat(in(group, "later").state()).isEqualTo("waiting");
            Stay file = in(group, "files");
            assertThat(file.state()).isEqualTo("delivered");
            assertThat(Path.of(file.receipt())).content().isEqualTo(threads[0]);
            assertThat(file.steps()).extracting(JourneyStep::step).contains("process[ref:writeFiles]");

            Version plain = one(node, "plain");
            assertThat(Path.of(in(plain, "files").receipt())).content().isEqualTo(threads[1]);
            assertThat(plain.spools()).hasSize(1);
            assertThat(plain.steps().stream().filter(JourneyStep::rejected))
                    .extracting(JourneyStep::line)
                    .containsExactly(10, 20);

            Version bad = one(node, "bad");
            assertThat(bad.failure()).contains("cannot route it");
            assertThat(bad.failedAt()).contains("throwException").contains("more.camel.yaml:25");
            Stay dead = in(bad, "unrouted");
            assertThat(dead.state()).isEqualTo("dead");
            assertThat(dead.reason()).contains("cannot route it");
            assertThat(dead.attempts()).isEqualTo(2);

            Journeys journeys = node.get(Journeys.class);
            assertThat(journeys.of("plain@" + updated.minusSeconds(1)).versions())
                    .hasSize(1);
            assertThat(journeys.of("plain@" + updated).versions()).isEmpty();
            assertThat(journeys.find(search(null, "group")).hits())
                    .extracting(Hit::id)
                    .containsExactly(uuid);
            assertThat(journeys.find(search("GUEST pl", null)).hits())
                    .extracting(Hit::id)
                    .containsExactly("plain");
            assertThat(journeys.find(search(null, "nothing")).hits()).isEmpty();

            assertThat(node.get(DeadItems.class).discard(new Selection("unrouted", null, null)))
                    .isEqualTo(1);
            assertThat(in(one(node, "bad"), "unrouted").state()).isEqualTo("discarded");
            database.change("UPDATE spool_parcel SET finished = 1 WHERE finished IS NOT NULL");
            node.get(ParcelPurge.class).run();
            assertThat(in(one(node, "bad"), "unrouted").state()).isEqualTo("discarded");
            assertThat(in(one(node, "plain"), "files").state()).isEqualTo("delivered");

            int erased = database.ledger()
                    .write(tx -> node.get(JourneyErasure.class).erase(tx, Set.of(uuid), "Guest plain"::equals));
            assertThat(erased).isEqualTo(2);
            assertThat(journeys.of(uuid).isEmpty()).isTrue();
            assertThat(journeys.of("plain").isEmpty()).isTrue();
            assertThat(journeys.find(search(null, "breakfast")).hits()).isEmpty();
            assertThat(one(node, "bad").sender()).isEqualTo("Guest bad");
            assertThat(bytes()).doesNotContain(uuid).doesNotContain("Breakfast").doesNotContain("plain");

            database.change("UPDATE journey_arrival SET at = 1");
            database.change("UPDATE journey_settlement SET at = 1");
            node.get(JourneyPurge.class).run();
            assertThat(journeys.of("bad").isEmpty()).isTrue();
            for (String table : List.of("journey_arrival", "journey_content", "journey_settlement", "journey_parcel")) {
                assertThat(database.rows("SELECT 1 FROM " + table)).isEmpty();
            }
        }
    }

    @Test
    void findsAThreadOnAPageOfOneAndOfSeveral() throws Exception {
        try (TestNode node = new TestNode(database.ledger(), Map.of())) {
            for (List<String> page : List.of(List.of("alone"), List.of("one", "two"), List.of("alone"))) {
                Arrivals arrivals = new Arrivals("main", 1, 1);
                page.forEach(id -> arrivals.add(id, 1_000_000_000L, null, "Breakfast", "Guest"));
                database.ledger().execute(tx -> {
                    node.get(JourneyRecorder.class).record(tx, arrivals);
                });
            }
            Journeys journeys = node.get(Journeys.class);
            assertThat(journeys.of("alone").versions()).hasSize(2);
            assertThat(journeys.of("two").versions()).hasSize(1);
            assertThat(journeys.of("three").isEmpty()).isTrue();
        }
    }

    @Test
    void aSearchThatIsTooLongForOneReadGoesOnWhereItStopped() throws Exception {
        int mails = 50_010;
        database.change("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + mails
                + ") INSERT INTO mail (mailbox, identity, item_key, connection, received, staged, bytes, state,"
                + " changed, sender_text, subject) SELECT 'in', 'mail ' || i, 'key ' || i, 'main', i, i, 1, 'thread',"
                + " i, 'Guest', CASE i WHEN 1 THEN 'P\u00c1LINKA' ELSE 'Breakfast' END FROM n");
        try (TestNode node = new TestNode(database.ledger(), Map.of())) {
            Journeys journeys = node.get(Journeys.class);
            JourneySearch asked = new JourneySearch(null, "p\u00e1linka", null, Instant.EPOCH, SOME, 10);

            Journeys.SearchResult first = journeys.find(asked);
            assertThat(first.hits()).isEmpty();
            Journeys.SearchResult rest =
                    journeys.find(new JourneySearch(null, asked.subject(), null, asked.from(), first.before(), 10));
            assertThat(rest.hits()).extracting(Hit::subject).containsExactly("P\u00c1LINKA");
            assertThat(rest.before()).isNull();
        }
    }

    @Test
    void recordsNothingWhenJourneysAreOff() throws Exception {
        Instant updated = Instant.now().minusSeconds(3600);
        try (CannedPlatform platform =
                        new CannedPlatform(request -> Answer.page(null, thread("plain", "Breakfast", updated)));
                TestNode node = node(platform, "0s")) {
            await().untilAsserted(() ->
                    assertThat(database.rows("SELECT state FROM spool_parcel")).containsExactly("finished"));
            assertThat(node.get(Journeys.class).of("plain").isEmpty()).isTrue();
            assertThat(database.rows("SELECT 1 FROM journey_settlement")).isEmpty();
            assertThat(database.rows("SELECT 1 FROM journey_path")).isEmpty();
        }
    }

    private static JourneySearch search(String sender, String subject) {
        return new JourneySearch(sender, subject, null, SOME.minusSeconds(1L << 32), SOME.plusSeconds(1L << 32), 10);
    }

    /** @return all that journeys hold, as text */
    private String bytes() {
        StringBuilder all = new StringBuilder();
        database.ledger().read(tx -> {
            for (String column : List.of("items FROM journey_content", "texts FROM journey_content")) {
                tx.list("SELECT " + column, row -> all.append(new String(row.getBytes(1))));
            }
            return tx.list(
                    "SELECT content FROM journey_settlement",
                    row -> all.append(new String(JourneyBytes.unpacked(row.getBytes(1)))));
        });
        return all.toString();
    }
}
