package io.threadpost.spool;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.apache.camel.Exchange;
import org.apache.camel.StatefulService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.threadpost.ledger.OnBothDatabases;

/** An orderly stop in the middle of a parcel: the item in flight finishes, none is worked twice, none is lost. */
@OnBothDatabases
class SpoolStopTest extends SpoolBehaviour {
    private static final String[] KEYS =
            IntStream.range(0, 50).mapToObj(i -> "i" + i).toArray(String[]::new);

    private final List<String> effects = new CopyOnWriteArrayList<>();
    private final CountDownLatch inFlight = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    @Test
    void stoppingTheRoute() throws Exception {
        SpoolNode node = busyNode();

        duringTheItemInFlight(node, () -> node.camel.getRouteController().stopRoute("drain"));

        theMarkStandsWhereItStopped();
        node.camel.getRouteController().startRoute("drain");
        everyItemWasWorkedOnce();
    }

    @Test
    void suspendingTheRoute() throws Exception {
        SpoolNode node = busyNode();

        duringTheItemInFlight(node, () -> node.camel.getRouteController().suspendRoute("drain"));

        theMarkStandsWhereItStopped();
        node.camel.getRouteController().resumeRoute("drain");
        everyItemWasWorkedOnce();
    }

    @Test
    void stoppingTheProcess() throws Exception {
        SpoolNode node = busyNode();

        duringTheItemInFlight(node, node.camel::stop);

        theMarkStandsWhereItStopped();
        assertThat(rows("SELECT lease_owner FROM spool_batch")).containsExactly("null");
        node().run(drain(
                "spool:files", exchange -> effects.add(exchange.getMessage().getBody(String.class))));
        everyItemWasWorkedOnce();
    }

    /** Its target does not answer, and may not for minutes. What it did of it is worked again. */
    @Test
    @Timeout(60)
    void stoppingWaitsNoLongerThanAShutdownMayTake() throws Exception {
        SpoolNode node = busyNode();
        inFlight.await();
        node.camel.getShutdownStrategy().setTimeout(1);
        node.camel.stop();
        goOn.countDown();
    }

    @Test
    void stoppingBetweenTwoBatchesGivesTheNextOneBack() throws Exception {
        SpoolNode node = node();
        node.put("files", "a", "b", "c");
        node.run(drain("spool:files?batch=1", this::slowly));

        duringTheItemInFlight(node, node.camel::stop);

        assertThat(rows("SELECT number FROM spool_batch WHERE lease_owner IS NOT NULL"))
                .isEmpty();
        node().run(drain("spool:files?batch=1", exchange -> effects.add("later")));
        awaitDrained("files");
        assertThat(effects).hasSize(3);
    }

    @Test
    void anItemThatNeverEndsDoesNotKeepTheProcessFromStopping() throws Exception {
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        SpoolNode node = node();
        node.camel.getShutdownStrategy().setTimeout(1);
        node.put("files", "a", "b");
        node.run(drain("spool:files", exchange -> {
            stuck.countDown();
            never.await();
        }));
        stuck.await();

        CompletableFuture.runAsync(node.camel::stop).get(20, TimeUnit.SECONDS);
        never.countDown();

        awaitRows("SELECT lease_owner FROM spool_batch", "null");
        assertThat(rows("SELECT state, mark, attempts FROM spool_parcel")).containsExactly("waiting|1|0");
    }

    /** A node that stands still in the eleventh item of fifty. */
    private SpoolNode busyNode() throws Exception {
        SpoolNode node = node();
        node.put("files", KEYS);
        node.run(drain("spool:files", this::slowly));
        return node;
    }

    private void slowly(Exchange exchange) throws InterruptedException {
        if (effects.size() == 10 || exchange.getMessage().getBody() instanceof List) {
            inFlight.countDown();
            goOn.await();
        }
        effects.add(exchange.getMessage().getBody(String.class));
    }

    private void duringTheItemInFlight(SpoolNode node, Stop stop) throws Exception {
        inFlight.await();
        StatefulService consumer =
                (StatefulService) node.camel.getRoute("drain").getConsumer();
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> {
            try {
                stop.run();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        await().until(() -> !consumer.isStarted());
        goOn.countDown();
        stopped.get(20, TimeUnit.SECONDS);
    }

    private void theMarkStandsWhereItStopped() {
        assertThat(effects).hasSizeBetween(11, KEYS.length - 1);
        assertThat(rows("SELECT mark FROM spool_parcel")).containsExactly(Integer.toString(effects.size()));
    }

    private void everyItemWasWorkedOnce() {
        awaitDrained("files");
        assertThat(effects).containsExactly(KEYS);
    }

    /** A way to stop. */
    @FunctionalInterface
    private interface Stop {
        void run() throws Exception;
    }
}
