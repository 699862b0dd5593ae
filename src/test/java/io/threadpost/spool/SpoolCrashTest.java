package io.threadpost.spool;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.threadpost.ledger.OnBothDatabases;

/** An item that ends the process each time is dead in the end, and what only was there is not. */
@OnBothDatabases
class SpoolCrashTest extends SpoolBehaviour {
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicInteger inHand = new AtomicInteger();
    private final List<String> passed = new CopyOnWriteArrayList<>();

    @AfterEach
    void letGo() {
        over.countDown();
    }

    /** Takes all but those, which stay in its hands until the process is gone. */
    private Processor deadly(String... poison) {
        Set<String> deadly = Set.of(poison);
        return exchange -> {
            String item = exchange.getMessage().getBody(String.class);
            if (deadly.contains(item)) {
                inHand.incrementAndGet();
                over.await();
                throw new IllegalStateException("of a process that is gone");
            }
            passed.add(item);
        };
    }

    private SpoolNode crashWith(int item, String uri, Processor work) throws Exception {
        await("it is in hand").until(() -> inHand.get() >= item);
        SpoolNode next = crash();
        next.run(drain(uri, work));
        return next;
    }

    @Test
    void whatEndsTheProcessEachTimeIsDeadInTheEndAndTheOthersPass() throws Exception {
        Processor work = deadly("poison");
        SpoolNode node = node();
        node.put("files", "a", "b", "poison", "c", "d");
        node.run(drain("spool:files?parallel=2", work));
        int crashes = 0;
        while (crashes < 5
                && rows("SELECT id FROM spool_parcel WHERE state = 'dead'").isEmpty()) {
            crashes++;
            crashWith(crashes, "spool:files?parallel=2", work);
            if (crashes == 5) {
                break;
            }
            int last = crashes;
            await("it is in hand again, or dead")
                    .until(() -> inHand.get() > last
                            || !rows("SELECT id FROM spool_parcel WHERE state = 'dead'")
                                    .isEmpty());
        }

        assertThat(rows("SELECT error FROM spool_parcel WHERE state = 'dead'"))
                .singleElement()
                .asString()
                .startsWith("the process ended while this item was in flight, 3 times");
        assertThat(inHand.get()).isLessThanOrEqualTo(4);
        await().untilAsserted(() -> assertThat(passed).contains("a", "b", "c", "d"));
        awaitDrained("files");
    }

    @Test
    void whatOnlyWasThereIsCountedNoMoreThanOnceAndPasses() throws Exception {
        SpoolNode node = node();
        node.put("files", "a", "b", "c");
        assertThat(node.claimAndDie("files", 10)).isPresent();
        SpoolNode next = crash();
        next.run(drain("spool:files", deadly()));

        awaitDrained("files");
        assertThat(passed).containsExactly("a", "b", "c");
        assertThat(rows("SELECT id FROM spool_parcel WHERE attempts > 0 OR crashes > 0 OR alone"))
                .isEmpty();
    }

    @Test
    void aListComesBackAsItWasHoweverOftenTheProcessIsKilled() throws Exception {
        List<List<?>> lists = new CopyOnWriteArrayList<>();
        SpoolNode node = node();
        node.put("files", "a", "b", "c");
        for (int kill = 0; kill < 9; kill++) {
            assertThat(node.claimAndDie("files", 10)).isPresent();
            node = crash();
        }
        node.run(drain(
                "spool:files?batch=10",
                exchange -> lists.add(exchange.getMessage().getBody(List.class))));

        awaitDrained("files");
        assertThat(lists).containsExactly(List.of("a", "b", "c"));
    }

    @Test
    void ofWhatWasInHandOneIsInHandAgainAtATime() throws Exception {
        Map<String, Boolean> at = new ConcurrentHashMap<>();
        AtomicInteger together = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Processor work = exchange -> {
            most.accumulateAndGet(together.incrementAndGet(), Math::max);
            Thread.yield();
            at.put(exchange.getMessage().getBody(String.class), true);
            together.decrementAndGet();
        };
        SpoolNode node = node();
        for (String spool : List.of("one", "two", "three")) {
            String[] items = new String[20];
            for (int i = 0; i < items.length; i++) {
                items[i] = spool + i;
            }
            node.put(spool, items);
            assertThat(node.claimAndDie(spool, 20)).isPresent();
        }
        SpoolNode next = crash();
        for (String spool : List.of("one", "two", "three")) {
            next.run(new RouteBuilder() {
                @Override
                public void configure() {
                    errorHandler(noErrorHandler());
                    from("spool:" + spool).process(work);
                }
            });
        }

        await().untilAsserted(() -> assertThat(at).hasSize(60));
        assertThat(most).hasValue(1);
    }
}
