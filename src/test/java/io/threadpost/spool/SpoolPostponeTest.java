package io.threadpost.spool;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.threadpost.ledger.OnBothDatabases;

/** Items that have to wait, by nobody's fault. */
@OnBothDatabases
class SpoolPostponeTest extends SpoolBehaviour {
    private final List<String> taken = new CopyOnWriteArrayList<>();
    private final Map<String, Integer> offered = new ConcurrentHashMap<>();
    private final Set<String> waiting = ConcurrentHashMap.newKeySet();

    /** More often than an item may fail. */
    private void waitsFiveTimes(Exchange exchange) {
        String body = exchange.getMessage().getBody(String.class);
        int times = offered.merge(body, 1, Integer::sum);
        if (body.startsWith("w") && times <= 5) {
            throw new PostponedException(Duration.ofMillis(20), body + " is not its turn");
        }
        taken.add(body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"spool:files", "spool:files?parallel=4"})
    void itComesAgainWithoutAnAttemptCountedWhileTheOthersPass(String uri) throws Exception {
        SpoolNode node = node();
        node.put("files", "w1", "a", "w2", "w3", "w4", "b", "c");
        node.run(drain(uri, this::waitsFiveTimes));

        awaitDrained("files");
        assertThat(taken).containsExactlyInAnyOrder("a", "b", "c", "w1", "w2", "w3", "w4");
        assertThat(offered).containsEntry("w1", 6).containsEntry("w4", 6);
        assertThat(rows("SELECT id FROM spool_parcel WHERE attempts > 0 OR failures > 0"))
                .isEmpty();
        assertThat(rows("SELECT spool FROM spool_pause")).isEmpty();
        assertThat(node.failed("files")).isZero();
    }

    @Test
    void thoseThatOnlyHadToWaitGoOnSideBySide() throws Exception {
        CyclicBarrier together = new CyclicBarrier(4);
        SpoolNode node = node();
        node.put("files", "a", "b", "c", "d");
        node.run(drain("spool:files?parallel=4", exchange -> {
            String body = exchange.getMessage().getBody(String.class);
            if (offered.merge(body, 1, Integer::sum) == 1) {
                throw new PostponedException(Duration.ofMillis(200), "not yet");
            }
            together.await(20, TimeUnit.SECONDS);
            taken.add(body);
        }));

        awaitDrained("files");
        assertThat(taken).containsExactlyInAnyOrder("a", "b", "c", "d");
        assertThat(offered.values()).containsOnly(2);
    }

    @Test
    void itComesNoEarlierThanItAsked() throws Exception {
        SpoolNode node = node();
        node.put("files", "w");
        node.run(drain("spool:files", exchange -> {
            offered.merge("w", 1, Integer::sum);
            throw new PostponedException(Duration.ofHours(1), "not today");
        }));

        awaitRows("SELECT state, error FROM spool_parcel WHERE alone", "waiting|not today");
        node.put("files", "later");
        await().until(() -> offered.get("w") == 2);
        assertThat(node.status.spools()).singleElement().satisfies(spool -> {
            assertThat(spool.items()).isEqualTo(2);
            assertThat(spool.dead()).isZero();
            assertThat(spool.pause()).isNull();
        });
    }

    @Test
    void aTargetThatIsDownBesideItIsFoundAndProbed() throws Exception {
        AtomicInteger refusals = new AtomicInteger(3);
        SpoolNode node = node();
        node.put("files", "w1", "a", "w2", "b");
        node.run(drain("spool:files", exchange -> {
            String body = exchange.getMessage().getBody(String.class);
            if (!body.startsWith("w") && refusals.getAndDecrement() > 0) {
                throw new ConnectException("connection refused");
            }
            waitsFiveTimes(exchange);
        }));

        awaitDrained("files");
        assertThat(taken).containsExactlyInAnyOrder("a", "b", "w1", "w2");
        assertThat(rows("SELECT id FROM spool_parcel WHERE state = 'dead'")).isEmpty();
    }

    @Test
    void aListWaitsAsAWholeAndTheNextOneGoesOn() throws Exception {
        waiting.add("a");
        SpoolNode node = node();
        node.put("files", "a", "b");
        node.run(drain("spool:files?batch=2", exchange -> {
            List<?> bodies = exchange.getMessage().getBody(List.class);
            if (bodies.stream().anyMatch(waiting::contains)) {
                offered.merge("list", 1, Integer::sum);
                throw new PostponedException(Duration.ofMillis(20), "not yet");
            }
            bodies.forEach(body -> taken.add((String) body));
        }));

        await().until(() -> offered.getOrDefault("list", 0) > 5);
        node.put("files", "c", "d");
        await().until(() -> taken.containsAll(List.of("c", "d")));
        waiting.clear();
        awaitDrained("files");
        assertThat(taken).containsExactlyInAnyOrder("a", "b", "c", "d");
        assertThat(rows("SELECT number FROM spool_batch WHERE attempts > 0")).isEmpty();
    }

    @Test
    void whatWaitsIsStillThereAfterACrash() throws Exception {
        SpoolNode node = node();
        node.put("files", "w");
        node.run(drain("spool:files", exchange -> {
            throw new PostponedException(Duration.ofMillis(50), "not yet");
        }));
        awaitRows("SELECT error FROM spool_parcel WHERE alone", "not yet");
        SpoolNode next = crash();
        next.run(
                drain("spool:files", exchange -> taken.add(exchange.getMessage().getBody(String.class))));
        awaitDrained("files");
        assertThat(taken).containsExactly("w");
    }
}
