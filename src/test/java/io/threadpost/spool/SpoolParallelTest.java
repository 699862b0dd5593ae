package io.threadpost.spool;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.threadpost.ledger.OnBothDatabases;

/** Items that are handed out side by side. */
@OnBothDatabases
class SpoolParallelTest extends SpoolBehaviour {
    private static final String[] ITEMS =
            IntStream.range(0, 100).mapToObj(i -> "i" + i).toArray(String[]::new);

    @Test
    void soManyAreOnTheirWayAtOnce() throws Exception {
        CyclicBarrier together = new CyclicBarrier(4);
        SpoolNode node = node();
        node.put("files", "a", "b", "c", "d");
        node.run(drain("spool:files?parallel=4", exchange -> together.await(20, TimeUnit.SECONDS)));

        awaitDrained("files");
        assertThat(rows("SELECT id FROM spool_parcel WHERE attempts > 0")).isEmpty();
    }

    @Test
    void poisonIsDeadAndEachOtherItemPassesOnce() throws Exception {
        Target target = new Target("i3", "i4", "i5", "i40");
        SpoolNode node = node();
        node.put("files", ITEMS);
        node.run(drain("spool:files?parallel=8", target));

        await().untilAsserted(() -> assertThat(rows("SELECT attempts FROM spool_parcel WHERE state = 'dead'"))
                .hasSize(4));
        awaitDrained("files");
        assertThat(target.taken()).hasSize(96).doesNotHaveDuplicates();
    }

    @Test
    void whatPassedBesideATargetThatWentDownIsNotSentAgain() throws Exception {
        Map<String, Integer> passed = new ConcurrentHashMap<>();
        List<String> refusedOnce = new CopyOnWriteArrayList<>(List.of("i2", "i5", "i11", "i30"));
        SpoolNode node = node();
        node.put("files", ITEMS);
        node.run(drain("spool:files?parallel=8", exchange -> {
            String item = exchange.getMessage().getBody(String.class);
            if (refusedOnce.remove(item)) {
                throw new ConnectException("connection refused");
            }
            passed.merge(item, 1, Integer::sum);
        }));

        awaitDrained("files");
        assertThat(passed)
                .hasSize(100)
                .allSatisfy((item, times) -> assertThat(times).as(item).isEqualTo(1));
        assertThat(rows("SELECT id FROM spool_parcel WHERE attempts > 0 OR state = 'dead'"))
                .isEmpty();
    }
}
