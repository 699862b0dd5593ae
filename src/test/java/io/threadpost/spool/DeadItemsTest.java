package io.threadpost.spool;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.threadpost.ledger.OnBothDatabases;
import io.threadpost.spool.DeadItems.Dead;
import io.threadpost.spool.DeadItems.Selection;

/** What a person sees of items that were given up, and what becomes of them. */
@OnBothDatabases
class DeadItemsTest extends SpoolBehaviour {
    private static final Selection ALL = new Selection(null, null, null);
    private static final int MANY = 5;

    /** Lays items into spools that are dead at once. */
    private void bury(SpoolNode node, String spool, String... keys) {
        database.ledger().execute(tx -> {
            for (String key : keys) {
                node.spools.deliverDead(
                        tx, spool, new SpoolItem(key, "main", Map.of("Room", "12"), "body " + key), "refused");
            }
        });
    }

    private static List<String> keys(List<Dead> items) {
        return items.stream().map(Dead::key).toList();
    }

    @Test
    void anItemThatFailedTooOftenIsListedWithItsHistory() throws Exception {
        SpoolNode node = node();
        node.put("files", "bad", "good");
        node.run(drain("spool:files", new Target("bad")));
        awaitRows("SELECT state FROM spool_parcel WHERE alone", "dead");

        Dead dead = node.dead.list(ALL, 0, 10).get(0);

        assertThat(dead)
                .extracting(Dead::spool, Dead::key, Dead::connection, Dead::reason, Dead::attempts, Dead::items)
                .containsExactly("files", "bad", "main", "cannot take bad", 3, 1);
        assertThat(dead.first()).isBefore(dead.last());
        assertThat(dead.bytes()).isPositive();
    }

    /** What is told is without the password; whose item it is stays as it was. */
    @Test
    void aPasswordThatIsAWordChangesNoSpoolNorKey() throws Exception {
        SpoolNode node = new SpoolNode(
                database.ledger(text -> text == null ? null : text.replace("files", "***")), SpoolNode.QUICK);
        try (node) {
            node.put("files", "files-1", "good");
            node.run(drain("spool:files", new Target("files-1")));
            awaitRows("SELECT state FROM spool_parcel WHERE alone", "dead");

            Dead dead = node.dead.list(ALL, 0, 10).get(0);

            assertThat(dead)
                    .extracting(Dead::spool, Dead::key, Dead::reason)
                    .containsExactly("files", "files-1", "cannot take ***-1");
        }
    }

    @Test
    void aRejectedItemHasOneAttempt() throws Exception {
        SpoolNode node = node();
        node.put("files", "bad", "good");
        node.run(drain("spool:files", new Target(body -> new RejectedItemException("never"), "bad")));
        awaitRows("SELECT state FROM spool_parcel WHERE alone", "dead");

        assertThat(node.dead.list(ALL, 0, 10)).extracting(Dead::attempts).containsExactly(1);
    }

    /** On PostgreSQL, what lies in an index has an end. */
    @Test
    void anEndlessKeyIsShortenedAndStaysTheSame() throws Exception {
        String endless = new Random(1)
                .ints(1000, 0, Integer.MAX_VALUE)
                .mapToObj(i -> Integer.toString(i, 36))
                .collect(Collectors.joining());
        SpoolNode node = node();
        bury(node, "files", endless, endless);
        List<Dead> dead = node.dead.list(ALL, 0, 10);
        assertThat(dead).hasSize(2).extracting(Dead::key).allMatch(key -> key.length() < 100);
        assertThat(dead.get(0).key()).isEqualTo(dead.get(1).key());
    }

    @Test
    void listsArePagedOldestFirstForASpoolForAKeyOrForAll() throws Exception {
        SpoolNode node = node();
        bury(node, "files", "a", "b", "c");
        bury(node, "mail", "a");
        Selection files = new Selection("files", null, null);

        List<Dead> first = node.dead.list(files, 0, 2);

        assertThat(keys(first)).containsExactly("a", "b");
        assertThat(keys(node.dead.list(files, first.get(1).id(), 2))).containsExactly("c");
        assertThat(keys(node.dead.list(ALL, 0, 10))).containsExactly("a", "b", "c", "a");
        assertThat(node.dead.list(new Selection(null, null, "a"), 0, 10))
                .extracting(Dead::spool)
                .containsExactly("files", "mail");
    }

    @Test
    void itsContentCanBeLookedAt() throws Exception {
        SpoolNode node = node();
        bury(node, "files", "a");

        assertThat(node.dead.content(node.dead.list(ALL, 0, 1).get(0).id()))
                .contains(new SpoolItem("a", "main", Map.of("Room", "12"), "body a"));
    }

    @Test
    void aParcelThatCannotBeReadIsListedAndReplayed() throws Exception {
        SpoolNode node = node();
        node.put("files", "damaged", "lost");
        byte[] bytes = ItemCodec.encode(
                List.of(new SpoolItem("x", null, Map.of(), "x"), new SpoolItem("y", null, Map.of(), "y")));
        database.change("UPDATE spool_content SET items = ?", (Object) new byte[] {9, 0});
        node.run(drain("spool:files", new Target()));
        awaitRows("SELECT state FROM spool_parcel", "dead");
        Dead dead = node.dead.list(ALL, 0, 1).get(0);
        assertThat(dead).extracting(Dead::key, Dead::items).containsExactly(null, 2);
        assertThat(node.dead.content(dead.id())).isEmpty();

        database.change("UPDATE spool_content SET items = ?", (Object) bytes);
        node.dead.replay(ALL);

        awaitRows("SELECT state, mark FROM spool_parcel", "finished|2");
    }

    @Test
    void replayingMeansThoseThatWereSelectedAndNoOthers() throws Exception {
        SpoolNode node = node();
        bury(node, "files", "a", "b", "c");
        bury(node, "mail", "a", "b");
        long id = node.dead.list(ALL, 0, 1).get(0).id();

        assertThat(node.dead.replay(new Selection("mail", id, null))).isZero();
        assertThat(node.dead.replay(new Selection("files", id, null))).isEqualTo(1);
        assertThat(keys(node.dead.list(ALL, 0, 10))).containsExactly("b", "c", "a", "b");
        assertThat(node.dead.replay(new Selection(null, null, "b"))).isEqualTo(2);
        assertThat(keys(node.dead.list(ALL, 0, 10))).containsExactly("c", "a");
        assertThat(node.dead.replay(new Selection("mail", null, null))).isEqualTo(1);
        assertThat(keys(node.dead.list(ALL, 0, 10))).containsExactly("c");
        assertThat(node.dead.replay(ALL)).isEqualTo(1);
        assertThat(node.dead.replay(ALL)).isZero();
    }

    @Test
    void aReplayedItemHasAllItsAttemptsAndDiesAgainWithTheNewReason() throws Exception {
        SpoolNode node = node();
        bury(node, "files", "bad");
        Dead before = node.dead.list(ALL, 0, 1).get(0);
        int[] tries = {0};
        node.run(drain("spool:files", exchange -> {
            if (exchange.getMessage().getBody(String.class).endsWith("bad")) {
                tries[0]++;
                throw new IllegalStateException("another reason");
            }
        }));

        node.dead.replay(ALL);

        await().untilAsserted(() -> {
            node.put("files", "good");
            assertThat(node.dead.list(ALL, 0, 10)).extracting(Dead::reason).containsExactly("another reason");
        });
        assertThat(tries[0]).isEqualTo(3);
        Dead after = node.dead.list(ALL, 0, 1).get(0);
        assertThat(after).extracting(Dead::id, Dead::first).containsExactly(before.id(), before.first());
        assertThat(after.last()).isAfter(before.last());
    }

    @Test
    void replayedItemsComeInTheOrderInWhichTheyFailed() throws Exception {
        SpoolNode node = node();
        String[] keys = IntStream.range(0, 30).mapToObj(i -> "i" + i).toArray(String[]::new);
        bury(node, "files", keys);
        node.dead.replay(ALL);
        Target target = new Target();
        node.run(drain("spool:files", target));

        awaitDrained("files");
        assertThat(target.taken())
                .containsExactlyElementsOf(
                        Arrays.stream(keys).map(key -> "body " + key).toList());
    }

    @Test
    void anItemThatIsReplayedAgainWhileItIsWorkedIsWorkedOnce() throws Exception {
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        List<String> effects = new ArrayList<>();
        SpoolNode node = node();
        bury(node, "files", "a");
        node.run(drain("spool:files", exchange -> {
            working.countDown();
            done.await();
            effects.add(exchange.getMessage().getBody(String.class));
        }));
        node.dead.replay(ALL);
        working.await();

        assertThat(node.dead.replay(ALL)).isZero();
        assertThat(node.dead.discard(ALL)).isZero();
        done.countDown();

        awaitDrained("files");
        assertThat(effects).containsExactly("body a");
        assertThat(node.dead.replay(ALL)).isZero();
    }

    @Test
    void aDiscardedItemIsWorkedNoMoreAndGoesWhenItWasKeptLongEnough() throws Exception {
        SpoolNode node = node();
        bury(node, "files", "a", "b");
        long id = node.dead.list(ALL, 0, 1).get(0).id();

        assertThat(node.dead.discard(new Selection("files", id, null))).isEqualTo(1);

        assertThat(node.dead.state("files", id)).isEqualTo(Optional.of("discarded"));
        assertThat(node.dead.discard(new Selection("files", id, null))).isZero();
        assertThat(node.dead.replay(new Selection("files", id, null))).isZero();
        node.parcelPurge.run();
        assertThat(rows("SELECT state FROM spool_parcel ORDER BY id")).containsExactly("discarded", "dead");
        database.change(
                "UPDATE spool_parcel SET finished = finished - ?",
                Duration.ofHours(25).toMillis());
        node.parcelPurge.run();
        assertThat(rows("SELECT state FROM spool_parcel")).containsExactly("dead");
        assertThat(rows("SELECT parcel FROM spool_content")).hasSize(1);
    }

    @Test
    void manyAreReplayedChunkByChunk() throws Exception {
        SpoolNode node = node();
        int many = 2 * 1000 + MANY;
        bury(node, "files", IntStream.range(0, many).mapToObj(i -> "i" + i).toArray(String[]::new));

        assertThat(node.dead.replay(new Selection("files", null, null))).isEqualTo(many);
        assertThat(rows("SELECT DISTINCT state, attempts FROM spool_parcel")).containsExactly("waiting|0");
    }
}
