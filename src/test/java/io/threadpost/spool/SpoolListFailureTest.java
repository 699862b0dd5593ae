package io.threadpost.spool;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.Test;

import io.threadpost.Promise;
import io.threadpost.Proves;
import io.threadpost.ledger.OnBothDatabases;
import io.threadpost.settings.SpoolSettings;

/** A failing list is tried again as it is, and then item by item. */
@OnBothDatabases
@Proves(Promise.FAILURES_STAY_WHERE_THEY_HAPPEN)
class SpoolListFailureTest extends SpoolBehaviour {
    @Test
    void afterThreeFailuresItsItemsGoOneByOneAndOnlyTheBadOneIsDead() throws Exception {
        List<String> offers = new CopyOnWriteArrayList<>();
        Target target = new Target("bad");
        SpoolNode node = node();
        node.put("files", "a", "bad", "b");
        node.run(drain("spool:files?batch=10", exchange -> {
            offers.add(exchange.getMessage().getHeader("ThreadpostBatch") + " "
                    + exchange.getMessage().getBody());
            target.process(exchange);
        }));

        awaitDrained("files");
        assertThat(offers.subList(0, 3)).containsOnly(offers.get(0)).allMatch(offer -> offer.endsWith("[a, bad, b]"));
        assertThat(offers.subList(3, offers.size())).noneMatch(offer -> offer.contains(","));
        assertThat(target.taken()).containsExactlyInAnyOrder("a", "b");
        assertThat(rows("SELECT state, attempts, error FROM spool_parcel WHERE state <> 'finished'"))
                .containsExactly("dead|3|cannot take bad");
    }

    @Test
    void otherBatchesGoOnMeanwhile() throws Exception {
        Target target = new Target("bad");
        SpoolSettings quick = SpoolNode.QUICK;
        SpoolNode node = node(new SpoolSettings(
                quick.keep(),
                quick.parcel(),
                quick.attempts(),
                Duration.ofHours(9),
                Duration.ofHours(9),
                quick.lease()));
        node.put("files", "bad", "a");
        node.put("files", "b", "c", "d", "e");
        node.run(drain("spool:files?batch=2", target));

        await().until(() -> target.taken().size() == 4);
        assertThat(target.taken()).containsExactly("b", "c", "d", "e");
    }

    @Test
    void aRejectedItemBreaksItsBatchUpAtOnce() throws Exception {
        Target target = new Target(RejectedItemException::new, "bad");
        SpoolNode node = node();
        node.put("files", "a", "bad", "b");
        node.run(drain("spool:files?batch=3", target));

        awaitDrained("files");
        assertThat(target.offered).containsEntry("bad", 2);
        assertThat(target.taken()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void aBatchWhosePoisonLooksLikeATargetThatIsDownKeepsNobodyBack() throws Exception {
        Target target = new Target(body -> new SocketTimeoutException("read timed out"), "bad");
        SpoolNode node = node();
        node.put("files", "a", "bad", "b");
        node.run(drain("spool:files?batch=3", target));

        int[] number = {0};
        await().untilAsserted(() -> {
            node.put("files", "good " + number[0]++);
            assertThat(target.taken()).contains("a", "b", "good 0", "good 1");
            assertThat(rows("SELECT size FROM spool_parcel WHERE state = 'dead'"))
                    .containsExactly("1");
        });
        awaitDrained("files");
        assertThat(target.taken()).hasSize(number[0] + 2).doesNotHaveDuplicates();
    }

    @Test
    void whenEveryBatchHasPoisonTheGoodItemsOfEachPassInTheEnd() throws Exception {
        Target target = new Target("p1", "p2", "p3", "p4");
        SpoolNode node = node();
        node.put("files", "a", "p1", "b", "p2", "c", "p3", "d", "p4");
        node.run(drain("spool:files?batch=2", target));

        await().until(() -> target.taken().size() == 4);
        assertThat(target.taken()).containsExactlyInAnyOrder("a", "b", "c", "d");
    }
}
