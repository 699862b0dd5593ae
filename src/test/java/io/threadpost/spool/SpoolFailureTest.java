package io.threadpost.spool;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

import io.threadpost.Promise;
import io.threadpost.Proves;
import io.threadpost.json.RawJson;
import io.threadpost.ledger.OnBothDatabases;
import io.threadpost.settings.SpoolSettings;

/** An item's own failure stays with the item. */
@OnBothDatabases
@Proves(Promise.FAILURES_STAY_WHERE_THEY_HAPPEN)
class SpoolFailureTest extends SpoolBehaviour {
    private static final String ALONE = "SELECT state, attempts, error FROM spool_parcel WHERE alone ORDER BY id";

    @Test
    void aFailingItemBecomesARowOfItsOwnAndTheOthersGoOn() throws Exception {
        Target target = new Target("bad");
        SpoolNode node = node();
        node.put("files", "a", "bad", "b");
        node.run(drain("spool:files", target));

        awaitRows("SELECT state, size, mark FROM spool_parcel WHERE NOT alone", "finished|3|3");
        assertThat(target.taken()).containsExactly("a", "b");
        awaitRows(ALONE, "dead|3|cannot take bad");
        assertThat(target.offered).containsEntry("bad", 3).containsEntry("a", 1).containsEntry("b", 1);
    }

    @Test
    void itIsDueWithinTheBackoffOfItsFailuresAndNotAtOnce() throws Exception {
        SpoolSettings quick = SpoolNode.QUICK;
        SpoolNode node = node(new SpoolSettings(
                quick.keep(), quick.parcel(), 10, Duration.ofHours(1), Duration.ofHours(9), quick.lease()));
        node.put("files", "bad", "good");
        node.run(drain("spool:files", new Target("bad")));

        awaitRows("SELECT attempts FROM spool_parcel WHERE alone", "1");
        assertThat(Long.valueOf(rows("SELECT due - created FROM spool_parcel WHERE alone")
                        .get(0)))
                .isBetween(1L, Duration.ofHours(1).toMillis());
    }

    @Test
    void itSucceedsLaterWithTheSameBodyAndHeaders() throws Exception {
        String json = "{ \"Id\" : 1.0 }";
        List<Exchange> arrived = new CopyOnWriteArrayList<>();
        SpoolNode node = node();
        node.run(drain("spool:files", exchange -> {
            arrived.add(exchange.copy());
            if (arrived.size() < 3) {
                throw new IllegalStateException("not yet");
            }
        }));
        node.send("files", new RawJson(json.getBytes()), Map.of("ThreadpostKey", "k", "Priority", 7));

        awaitDrained("files");
        assertThat(arrived).hasSize(3).allSatisfy(exchange -> {
            assertThat(exchange.getMessage().getBody()).hasToString(json);
            assertThat(exchange.getMessage().getHeader("Priority")).isEqualTo(7);
            assertThat(exchange.getMessage().getHeader("ThreadpostKey")).isEqualTo("k");
        });
        assertThat(rows("SELECT state, attempts FROM spool_parcel WHERE alone")).containsExactly("finished|2");
    }

    @Test
    void aRejectedItemIsDeadAtOnce() throws Exception {
        Target target = new Target(body -> new RejectedItemException("no thread: " + body), "bad", "wrapped");
        SpoolNode node = node();
        node.put("files", "bad", "good");
        node.run(drain("spool:files", target));

        awaitDrained("files");
        assertThat(rows(ALONE)).containsExactly("dead|0|no thread: bad");
        assertThat(target.offered).containsEntry("bad", 1);
    }

    @Test
    void aRejectionIsSeenThroughWhatCamelWrapsItIn() throws Exception {
        Target target = new Target(body -> new IllegalStateException(new RejectedItemException("no")), "bad");
        SpoolNode node = node();
        node.put("files", "bad", "good");
        node.run(drain("spool:files", target));

        awaitDrained("files");
        assertThat(target.offered).containsEntry("bad", 1);
        assertThat(rows("SELECT state FROM spool_parcel WHERE alone")).containsExactly("dead");
    }

    @Test
    void aParcelThatCannotBeReadIsDeadAndKeepsNobodyBack() throws Exception {
        Target target = new Target();
        SpoolNode node = node();
        node.put("files", "damaged", "lost");
        node.put("files", "good");
        database.change("UPDATE spool_content SET items = ? WHERE parcel = 1", (Object) new byte[] {1, 0, 0, 1, 0});
        node.run(drain("spool:files", target));

        awaitDrained("files");
        assertThat(target.taken()).containsExactly("good");
        assertThat(rows("SELECT state, mark FROM spool_parcel ORDER BY id")).containsExactly("dead|0", "finished|1");
    }

    @Test
    void retriesComeThroughWhileAParcelOfSlowItemsIsWorked() throws Exception {
        SpoolNode node = node();
        List<String> effects = new CopyOnWriteArrayList<>();
        String[] keys = new String[40];
        Arrays.setAll(keys, i -> "i" + i);
        node.put("files", keys);
        node.run(drain("spool:files", exchange -> {
            String key = exchange.getMessage().getBody(String.class);
            effects.add(key);
            if (key.equals("i0") && effects.indexOf("i0") == effects.size() - 1) {
                throw new IllegalStateException("once");
            }
            // A slow target, not a wait for something.
            LockSupport.parkNanos(100_000_000);
        }));

        awaitDrained("files");
        assertThat(effects.lastIndexOf("i0")).isBetween(1, 39);
    }

    @Test
    void whatIsTooMuchForThisProcessIsDeadAlsoWhenNothingElsePasses() throws Exception {
        SpoolNode node = node();
        node.put("files", "a", "b", "c", "d");
        node.run(drain("spool:files?parallel=2", exchange -> {
            throw new OutOfMemoryError("Java heap space");
        }));

        await().untilAsserted(() -> assertThat(rows("SELECT error FROM spool_parcel WHERE state = 'dead'"))
                .hasSize(4)
                .containsOnly("OutOfMemoryError: Java heap space"));
    }
}
