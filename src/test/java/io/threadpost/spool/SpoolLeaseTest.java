package io.threadpost.spool;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.threadpost.ledger.Dialect;
import io.threadpost.ledger.LeaseLostException;
import io.threadpost.ledger.LeaseRenewals;
import io.threadpost.ledger.OnBothDatabases;
import io.threadpost.settings.SpoolSettings;

/** A batch belongs to who holds its lease. */
@OnBothDatabases
class SpoolLeaseTest extends SpoolBehaviour {
    private static final List<Batch.Source> ANY = Batch.Source.after(Batch.Source.FAILED, false);
    private static final String EXPIRE = "UPDATE spool_batch SET lease_until = 0";

    @Test
    void twoNodesShareASpoolAndDoubleNothing() throws Exception {
        assumeTrue(dialect == Dialect.POSTGRESQL, "one process holds a SQLite ledger");
        Target target = new Target();
        for (int page = 0; page < 20; page++) {
            int from = page * 100;
            node().put(
                            "files",
                            IntStream.range(from, from + 100)
                                    .mapToObj(i -> "i" + i)
                                    .toArray(String[]::new));
        }
        for (int i = 0; i < 2; i++) {
            node().run(drain("spool:files?batch=30", target));
        }
        node().run(drain("spool:files", target));

        awaitDrained("files");
        assertThat(target.taken()).hasSize(2000).doesNotHaveDuplicates();
    }

    @Test
    void aBatchIsHeldByOneOnly() throws Exception {
        SpoolNode node = node();
        node.put("files", "a");

        assertThat(node.batches.claim("files", "one", Batches.ClaimSize.list(10), ANY))
                .isPresent();
        assertThat(node.batches.claim("files", "other", Batches.ClaimSize.list(10), ANY))
                .isEmpty();
    }

    @Test
    void aLeaseThatRanOutPassesTheSameBatchToAnother() throws Exception {
        SpoolNode node = node();
        node.put("files", "a", "b");
        Batch first = node.batches
                .claim("files", "one", Batches.ClaimSize.list(10), ANY)
                .orElseThrow();
        database.change(EXPIRE);

        Batch second = node.batches
                .claim("files", "other", Batches.ClaimSize.list(1), ANY)
                .orElseThrow();

        assertThat(second.number()).isEqualTo(first.number());
        assertThat(second.entries()).hasSize(2);
    }

    @Test
    void whoLostItsLeaseSettlesNothing() throws Exception {
        SpoolNode node = node();
        node.put("files", "a", "b");
        Batch batch = node.batches
                .claim("files", "one", Batches.ClaimSize.list(10), ANY)
                .orElseThrow();
        database.change(EXPIRE);
        node.batches.claim("files", "other", Batches.ClaimSize.list(10), ANY).orElseThrow();
        Settlement settlement = new Settlement(node.spools);
        settlement.passed(1, Map.of("archive", List.of(new SpoolItem("k", "main", Map.of(), "sent"))));

        assertThat(node.batches.renew(batch, "one")).isFalse();
        assertThatThrownBy(() -> node.batches.settle(batch, settlement, "one", Batches.ClaimSize.list(10), ANY))
                .isInstanceOf(LeaseLostException.class);
        assertThat(rows("SELECT spool, state, mark FROM spool_parcel")).containsExactly("files|waiting|0");
        assertThat(rows("SELECT lease_owner FROM spool_batch")).containsExactly("other");
    }

    @Test
    void aDrainThatLostItsLeaseStopsBeforeTheNextItem() throws Exception {
        List<String> effects = new CopyOnWriteArrayList<>();
        CountDownLatch inFlight = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        SpoolNode node = node(lease(Duration.ofMillis(300)));
        node.put("files", "a", "b");
        node.run(drain("spool:files", exchange -> {
            effects.add(exchange.getMessage().getBody(String.class));
            inFlight.countDown();
            goOn.await();
        }));
        inFlight.await();
        database.change("UPDATE spool_batch SET lease_owner = 'other', lease_until = lease_until + 3600000");
        renewalsComeBy(node);
        goOn.countDown();

        node.camel.getRouteController().stopRoute("drain");
        assertThat(effects).containsExactly("a");
        assertThat(rows("SELECT state, mark FROM spool_parcel WHERE spool = 'files'"))
                .containsExactly("waiting|0");
    }

    @Test
    void renewalKeepsASlowItemOurs() throws Exception {
        CountDownLatch inFlight = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        SpoolNode node = node(lease(Duration.ofMillis(300)));
        node.put("files", "a");
        node.run(drain("spool:files", exchange -> {
            inFlight.countDown();
            goOn.await();
        }));
        inFlight.await();
        long begun = Long.parseLong(rows("SELECT lease_until FROM spool_batch").get(0));

        await().untilAsserted(() -> {
            assertThat(node.batches.claim("files", "other", Batches.ClaimSize.list(10), ANY))
                    .isEmpty();
            assertThat(Long.parseLong(
                            rows("SELECT lease_until FROM spool_batch").get(0)))
                    .isGreaterThan(begun + 1000);
        });
        goOn.countDown();
        awaitDrained("files");
    }

    @Test
    void whoLostSightOfItsBatchGetsItAgain() throws Exception {
        SpoolNode node = node();
        node.put("files", "a");
        long number = node.batches
                .claim("files", "one", Batches.ClaimSize.list(10), ANY)
                .orElseThrow()
                .number();

        assertThat(node.batches
                        .claim("files", "one", Batches.ClaimSize.list(10), ANY)
                        .orElseThrow()
                        .number())
                .isEqualTo(number);
    }

    /** Waits until one timer has renewed another batch twice, and so looked at all others. */
    private void renewalsComeBy(SpoolNode node) throws Exception {
        node.put("other", "x");
        Batch other = node.batches
                .claim("other", "test", Batches.ClaimSize.list(1), ANY)
                .orElseThrow();
        try (LeaseRenewals.Lease lease = node.batches.keep(other, "test")) {
            long begun = leaseEnd(other);
            await().until(() -> leaseEnd(other) > begun + 150);
            lease.require();
        }
    }

    private long leaseEnd(Batch batch) {
        return Long.parseLong(rows("SELECT lease_until FROM spool_batch WHERE number = ?", batch.number())
                .get(0));
    }

    private static SpoolSettings lease(Duration lease) {
        SpoolSettings quick = SpoolNode.QUICK;
        return new SpoolSettings(
                quick.keep(), quick.parcel(), quick.attempts(), quick.backoff(), quick.backoffMax(), lease);
    }
}
