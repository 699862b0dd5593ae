package io.threadpost.spool;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

import io.threadpost.ledger.OnBothDatabases;
import io.threadpost.settings.SpoolSettings;

/** What a person does with a whole spool. */
@OnBothDatabases
class SpoolActionsTest extends SpoolBehaviour {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final SpoolSettings PATIENT =
            new SpoolSettings(SpoolNode.QUICK.keep(), 1000, 3, HOUR, HOUR, SpoolNode.QUICK.lease());

    @Test
    void aHeldSpoolHandsNothingOutUntilItIsReleased() throws Exception {
        SpoolNode node = node();
        Target target = new Target();
        assertThat(node.actions.hold("files", "the share is moved")).isTrue();
        assertThat(node.actions.hold("files", "again")).isFalse();
        assertThat(node.status.spools().get(0).hold().reason()).isEqualTo("the share is moved");
        node.put("files", "a");
        node.run(drain("spool:files", target));
        node.put("other", "b");
        assertThat(node.batches.claim(
                        "files", "one", Batches.ClaimSize.list(1), Batch.Source.after(Batch.Source.FAILED, false)))
                .isEmpty();
        node.run(drainOther(target));

        await().until(() -> target.taken().size() == 1);
        assertThat(target.taken()).containsExactly("b");
        assertThat(node.actions.release("files")).isTrue();
        assertThat(node.actions.release("files")).isFalse();

        awaitDrained("files");
        assertThat(target.taken()).containsExactly("b", "a");
    }

    private static RouteBuilder drainOther(Target target) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("spool:other").routeId("other").process(target);
            }
        };
    }

    @Test
    void aHoldBeginsBetweenTwoItems() throws Exception {
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch held = new CountDownLatch(1);
        SpoolNode node = node();
        Target target = new Target();
        node.put("files", "a");
        node.run(drain("spool:files", exchange -> {
            working.countDown();
            held.await();
            target.process(exchange);
        }));
        working.await();
        node.actions.hold("files", "wait");
        node.put("files", "b");
        held.countDown();

        awaitRows("SELECT state FROM spool_parcel ORDER BY id", "finished", "waiting");
        assertThat(target.taken()).containsExactly("a");
    }

    @Test
    void aTargetThatIsDownIsTriedNow() throws Exception {
        SpoolNode node = node(PATIENT);
        Target target = new Target();
        target.down(true);
        node.put("files", "a", "b");
        node.run(drain("spool:files", target));
        await().until(() -> !rows("SELECT spool FROM spool_pause").isEmpty());
        target.down(false);

        triedAgainAndAgain(node);

        assertThat(target.taken()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void anItemThatWaitsForItsNextAttemptIsTriedNow() throws Exception {
        SpoolNode node = node(PATIENT);
        int[] tries = {0};
        node.run(drain("spool:files", exchange -> {
            if (exchange.getMessage().getBody(String.class).equals("a") && tries[0]++ == 0) {
                throw new IllegalStateException("once");
            }
        }));
        node.put("files", "a", "b");
        awaitRows("SELECT state FROM spool_parcel WHERE alone", "waiting");

        triedAgainAndAgain(node);

        assertThat(tries[0]).isEqualTo(2);
    }

    /** A person's finger on the button. */
    private void triedAgainAndAgain(SpoolNode node) {
        ScheduledExecutorService finger = Executors.newSingleThreadScheduledExecutor();
        try {
            finger.scheduleWithFixedDelay(() -> node.actions.tryNow("files"), 0, 50, TimeUnit.MILLISECONDS);
            awaitDrained("files");
        } finally {
            finger.shutdownNow();
        }
    }

    @Test
    void whatWaitsAndWhatIsDeadMovesToAnotherName() throws Exception {
        SpoolNode node = node();
        node.put("mail", "batch 1", "batch 2", "rest");
        Batch batch = node.batches
                .claim("mail", "one", Batches.ClaimSize.list(2), Batch.Source.after(Batch.Source.FAILED, false))
                .orElseThrow();
        node.batches.settle(batch, new Settlement(node.spools), "one", Batches.ClaimSize.list(1), List.of());
        node.put("mail", "fresh");
        database.ledger().execute(tx -> {
            node.spools.deliverFailed(tx, "mail", new SpoolItem("failed", "main", Map.of(), "failed"), 1, "once");
            node.spools.deliverDead(tx, "mail", new SpoolItem("dead", "main", Map.of(), "dead"), "never");
        });
        database.change(
                "INSERT INTO spool_pause (spool, since, until, failures, reason) VALUES ('mail', 1, 1, 1, 'down')");

        assertThat(node.actions.move("mail", "files")).isEqualTo(6);

        assertThat(node.actions.move("mail", "files")).isZero();
        Target target = new Target();
        node.run(drain("spool:files", target));
        awaitDrained("files");
        assertThat(target.taken()).containsExactlyInAnyOrder("batch 1", "batch 2", "rest", "fresh", "failed");
        assertThat(node.dead.list(new DeadItems.Selection("files", null, null), 0, 10))
                .extracting(DeadItems.Dead::key)
                .containsExactly("dead");
        assertThat(node.status.spools()).extracting(SpoolStatus.Spool::name).containsExactly("files");
    }

    @Test
    void allThatLiesInASpoolIsDiscardedButForWhatIsBeingWorked() throws Exception {
        SpoolNode node = node();
        node.put("mail", "given back 1", "given back 2", "rest");
        Batch back = node.batches
                .claim("mail", "one", Batches.ClaimSize.list(2), Batch.Source.after(Batch.Source.FAILED, false))
                .orElseThrow();
        node.put("mail", "fresh");
        database.ledger().execute(tx -> {
            node.spools.deliverFailed(tx, "mail", new SpoolItem("failed", "main", Map.of(), "failed"), 1, "once");
            node.spools.deliverDead(tx, "mail", new SpoolItem("dead", "main", Map.of(), "dead"), "never");
        });
        Batch worked = node.batches
                .claim("mail", "other", Batches.ClaimSize.list(1), List.of(Batch.Source.FRESH))
                .orElseThrow();
        node.batches.settle(back, new Settlement(node.spools), "one", Batches.ClaimSize.list(1), List.of());

        assertThat(node.actions.discard("mail")).isEqualTo(5);

        assertThat(node.actions.discard("mail")).isZero();
        Settlement settlement = new Settlement(node.spools);
        settlement.passed(1, Map.of());
        node.batches.settle(worked, settlement, "other", Batches.ClaimSize.list(1), List.of());
        assertThat(rows("SELECT state FROM spool_parcel ORDER BY id"))
                .containsExactly("discarded", "finished", "discarded", "discarded");
        assertThat(node.status.spools()).isEmpty();
    }

    @Test
    void whatIsBeingWorkedStaysAndIsWorkedOnce() throws Exception {
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch moved = new CountDownLatch(1);
        Target target = new Target();
        SpoolNode node = node();
        node.put("mail", "a", "b");
        node.put("mail", "c");
        node.run(new RouteBuilder() {
            @Override
            public void configure() {
                from("spool:mail?batch=2").process(exchange -> {
                    working.countDown();
                    moved.await();
                    target.process(exchange);
                });
            }
        });
        working.await();

        assertThat(node.actions.move("mail", "files")).isEqualTo(1);
        moved.countDown();
        node.run(drain("spool:files", target));

        awaitDrained("mail");
        awaitDrained("files");
        assertThat(target.taken()).containsExactlyInAnyOrder("a", "b", "c");
    }
}
