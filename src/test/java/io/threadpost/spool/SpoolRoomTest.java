package io.threadpost.spool;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;

import io.threadpost.ledger.OnBothDatabases;

/** How much more a spool takes from a source that can wait. */
@OnBothDatabases
class SpoolRoomTest extends SpoolBehaviour {
    @Test
    void itemsThatWaitOrAreInFlightUseItUp() throws Exception {
        SpoolNode node = node();
        assertThat(node.spools.room("adds", 4)).isEqualTo(4);
        node.put("adds", "a", "b", "c");
        node.put("other", "x");
        assertThat(node.spools.room("adds", 4)).isEqualTo(1);

        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch first = new CountDownLatch(1);
        node.run(drain("spool:adds", exchange -> {
            first.countDown();
            release.await();
        }));
        first.await();
        node.put("adds", "d", "e");
        assertThat(node.spools.room("adds", 4)).isZero();
        release.countDown();
        await().until(() -> node.spools.room("adds", 4) == 4);
    }

    @Test
    void itemsThatWaitForAnotherTryLeaveRoomForOthersButNotForEver() throws Exception {
        SpoolNode node = node();
        database.ledger().execute(tx -> {
            for (int i = 0; i < 150; i++) {
                node.spools.deliverFailed(tx, "adds", new SpoolItem("k" + i, "main", Map.of(), "body"), 1, "down");
            }
        });

        assertThat(node.spools.room("adds", 2)).isEqualTo(2);
        assertThat(node.spools.room("adds", 1)).isZero();
    }

    @Test
    void spoolWithACronCollectsWithoutALimit() throws Exception {
        SpoolNode node = node();
        new SpoolTicks(database.ledger(), node.spools, SpoolNode.with(SpoolNode.QUICK, Map.of()))
                .begin("times", new Timetable("0 0 0 1 1 ?", null));
        node.put("times", "a", "b", "c");

        assertThat(node.spools.room("times", 2)).isEqualTo(2);
    }
}
