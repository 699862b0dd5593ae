package io.threadpost.spool;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import org.apache.camel.RuntimeCamelException;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.junit.jupiter.api.Test;

import io.threadpost.Promise;
import io.threadpost.Proves;
import io.threadpost.ledger.OnBothDatabases;
import io.threadpost.network.HttpFailureClassifier;
import io.threadpost.retry.FailureClassifiers;
import io.threadpost.retry.FailureKind;

/** The target's failure counts against no item; an item that only looks like it is found out. */
@OnBothDatabases
@Proves(Promise.FAILURES_STAY_WHERE_THEY_HAPPEN)
class SpoolTargetTest extends SpoolBehaviour {
    private static final List<Batch.Source> ANY = Batch.Source.after(Batch.Source.FAILED, false);
    private static final String PARCELS = "SELECT state, mark, attempts FROM spool_parcel ORDER BY id";

    @Test
    void connectionTimeoutAndServerErrorsAreTheTargets() {
        assertThat(List.of(
                        new ConnectException("refused"),
                        new SocketTimeoutException("read"),
                        new IOException("disk full"),
                        new RuntimeCamelException(new IOException("wrapped")),
                        status(503),
                        status(500),
                        status(429),
                        status(401)))
                .extracting(SpoolTargetTest::kind)
                .containsOnly(
                        FailureKind.TARGET_UNREACHABLE,
                        FailureKind.TARGET_DOWN,
                        FailureKind.TARGET_BUSY,
                        FailureKind.TARGET_REFUSES);
        assertThat(List.of(new IllegalArgumentException("x"), status(400), status(413), status(422)))
                .extracting(SpoolTargetTest::kind)
                .containsOnly(FailureKind.UNKNOWN);
    }

    @Test
    void aBrokenConnectionMayBeAnItemsDoingAndNoConnectionIsNobodys() {
        assertThat(List.of(
                        new ConnectException("refused"),
                        new UnknownHostException("no.such.host"),
                        new RuntimeCamelException(new NoRouteToHostException("no route")),
                        new UnreachableException("no login", null)))
                .extracting(SpoolTargetTest::kind)
                .containsOnly(FailureKind.TARGET_UNREACHABLE);
        assertThat(List.of(
                        new SocketException("Connection reset"),
                        new SocketTimeoutException("Read timed out"),
                        new TargetDownException("451 try again"),
                        status(503)))
                .extracting(SpoolTargetTest::kind)
                .doesNotContain(FailureKind.TARGET_UNREACHABLE, FailureKind.UNKNOWN);
    }

    private static FailureKind kind(Exception failure) {
        return new FailureClassifiers(List.of(new HttpFailureClassifier(), new SpoolFailureClassifier()))
                .classify(failure)
                .kind();
    }

    @Test
    void theParcelGoesBackWholeAndDrainsWhenTheTargetIsBack() throws Exception {
        List<String> taken = new CopyOnWriteArrayList<>();
        List<String> atTheProbe = new CopyOnWriteArrayList<>();
        boolean[] down = {true};
        SpoolNode node = node();
        node.put("files", "a", "b", "c");
        node.run(drain("spool:files", exchange -> {
            if (down[0]) {
                down[0] = false;
                throw new ConnectException("connection refused");
            }
            if (atTheProbe.isEmpty()) {
                atTheProbe.addAll(rows("SELECT reason, failures FROM spool_pause"));
                atTheProbe.addAll(rows(PARCELS));
            }
            taken.add(exchange.getMessage().getBody(String.class));
        }));

        awaitDrained("files");
        assertThat(atTheProbe).containsExactly("connection refused|1", "waiting|0|0");
        assertThat(taken).containsExactly("a", "b", "c");
        assertThat(rows(PARCELS)).containsExactly("finished|3|0");
        assertThat(rows("SELECT spool FROM spool_pause")).isEmpty();
    }

    @Test
    void aProbeThatFailsIsFollowedByAnotherItem() throws Exception {
        SpoolNode node = node();
        node.put("files", "a", "b");
        node.put("files", "c");
        Batch first = node.batches
                .claim("files", "one", Batches.ClaimSize.list(2), ANY)
                .orElseThrow();
        giveBackAsSuspect(node, first);

        Batch next = node.batches
                .claim("files", "one", Batches.ClaimSize.list(2), Batch.Source.after(Batch.Source.UNFINISHED, true))
                .orElseThrow();

        assertThat(next.entries()).extracting(entry -> entry.item().key()).containsExactly("c");
    }

    @Test
    void howLongTheTargetWasDownIsKnownOnceWhenItWorksAgain() throws Exception {
        SpoolNode node = node();
        node.put("files", "a", "b");
        database.change(
                "INSERT INTO spool_pause (spool, since, until, failures, reason) VALUES ('files', 1, 1, 1, 'down')");

        assertThat(pass(node)).hasValueSatisfying(millis -> assertThat(millis).isPositive());
        assertThat(pass(node)).isEmpty();
    }

    private static Optional<Long> pass(SpoolNode node) {
        Batch batch = node.batches
                .claim("files", "one", Batches.ClaimSize.list(1), ANY)
                .orElseThrow();
        Settlement settlement = new Settlement(node.spools);
        settlement.passed(1, Map.of());
        node.batches.settle(batch, settlement, "one", Batches.ClaimSize.list(1), List.of());
        return settlement.recovery().downMillis();
    }

    @Test
    void batchesThatAreTriedAgainTakeTurns() throws Exception {
        SpoolNode node = node();
        node.put("files", "a");
        node.put("files", "b");
        Batch first = node.batches
                .claim("files", "one", Batches.ClaimSize.list(1), ANY)
                .orElseThrow();
        Batch second = node.batches
                .claim("files", "other", Batches.ClaimSize.list(1), ANY)
                .orElseThrow();
        node.batches.settle(second, new Settlement(node.spools), "other", Batches.ClaimSize.list(1), List.of());
        giveBackAsSuspect(node, first);

        assertThat(node.batches
                        .claim("files", "one", Batches.ClaimSize.list(1), ANY)
                        .orElseThrow()
                        .number())
                .isEqualTo(second.number());
    }

    /** It is due at once, so that nothing but the order decides. */
    private void giveBackAsSuspect(SpoolNode node, Batch batch) {
        Settlement settlement = new Settlement(node.spools);
        settlement.release(Settlement.Disposition.SUSPECT, "down");
        node.batches.settle(batch, settlement, "one", Batches.ClaimSize.list(1), List.of());
        database.change("UPDATE spool_batch SET due = 1 WHERE number = ?", batch.number());
    }

    @Test
    void onlyOneItemProbesATargetThatIsDownAndThePauseGrows() throws Exception {
        Target target = new Target();
        target.down(true);
        SpoolNode node = node();
        node.put("files", IntStream.range(0, 100).mapToObj(i -> "i" + i).toArray(String[]::new));
        node.run(drain("spool:files", target));

        await().until(() ->
                !rows("SELECT spool FROM spool_pause WHERE failures >= 4").isEmpty());
        int probes = Integer.parseInt(rows("SELECT failures FROM spool_pause").get(0));
        assertThat(target.offers()).isBetween(probes, probes + 1);
        target.down(false);
        awaitDrained("files");
        assertThat(node.failed("files")).isZero();
        assertThat(target.taken()).hasSize(100).doesNotHaveDuplicates();
    }

    @Test
    void howeverOftenTheTargetIsOutOfReachNoItemIsToBlame() throws Exception {
        Target target = new Target();
        SpoolNode node = node();
        node.run(drain("spool:files", target));
        for (int outage = 0; outage < 4; outage++) {
            target.down(true);
            node.put("files", "a" + outage, "b" + outage);
            await().until(() ->
                    !rows("SELECT spool FROM spool_pause WHERE failures >= 3").isEmpty());
            target.down(false);
            awaitDrained("files");
        }

        assertThat(target.taken()).hasSize(8).doesNotHaveDuplicates();
        assertThat(rows("SELECT state, attempts FROM spool_parcel")).containsOnly("finished|0");
    }

    @Test
    void anItemWhoseOwnWayIsClosedKeepsNobodyBack() throws Exception {
        Target target = new Target(body -> new UnknownHostException("gone.example"), "lost");
        SpoolNode node = node();
        node.put("files", "lost", "a", "b");
        node.run(drain("spool:files", target));

        await().until(() -> target.taken().size() == 2);
        node.put("files", "c");
        await().until(() -> target.taken().size() == 3);
        assertThat(rows("SELECT state, attempts FROM spool_parcel WHERE alone")).containsExactly("waiting|0");
    }

    @Test
    void aTargetThatDiesInTheMiddleOfAParcelKeepsWhatItHas() throws Exception {
        SpoolNode node = node();
        List<String> taken = new CopyOnWriteArrayList<>();
        boolean[] failed = {false};
        node.put("files", "a", "b", "c");
        node.run(drain("spool:files", exchange -> {
            if (taken.size() == 1 && !failed[0]) {
                failed[0] = true;
                throw new ConnectException("refused");
            }
            taken.add(exchange.getMessage().getBody(String.class));
        }));

        awaitDrained("files");
        assertThat(taken).containsExactly("a", "b", "c");
        assertThat(rows("SELECT state, mark, attempts FROM spool_parcel")).containsExactly("finished|3|0");
    }

    @Test
    void threeItemsFailingInARowAreTheTargetsFailure() throws Exception {
        boolean[] broken = {true};
        Target target = new Target();
        SpoolNode node = node();
        node.put("files", "a", "b", "c", "d", "e", "f");
        node.run(drain("spool:files", exchange -> {
            if (broken[0]) {
                throw new IllegalStateException("the target's login page, and no answer");
            }
            target.process(exchange);
        }));

        await().until(() -> !rows("SELECT spool FROM spool_pause").isEmpty());
        assertThat(rows("SELECT attempts FROM spool_parcel")).containsOnly("0");
        broken[0] = false;

        awaitDrained("files");
        assertThat(target.taken()).containsExactlyInAnyOrder("a", "b", "c", "d", "e", "f");
        assertThat(rows("SELECT state FROM spool_parcel")).containsOnly("finished");
    }

    @Test
    void whileTheTargetIsDownForLongNoItemUsesUpItsAttempts() throws Exception {
        Target target = new Target("a", "b", "c", "d", "e", "f");
        SpoolNode node = node();
        node.put("files", "a", "b", "c", "d", "e", "f");
        node.run(drain("spool:files", target));

        await().until(() -> target.offers() > 15);
        assertThat(rows("SELECT id FROM spool_parcel WHERE state = 'dead'")).isEmpty();
        assertThat(node.failed("files")).isZero();
    }

    @Test
    void threePoisonousItemsAtTheFrontDoNotBlockThoseBehind() throws Exception {
        Target target = new Target("p1", "p2", "p3");
        SpoolNode node = node();
        node.put("files", "p1", "p2", "p3", "a", "b", "c");
        node.run(drain("spool:files", target));

        await().until(() -> target.taken().size() == 3);
        assertThat(target.taken()).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void poisonAmongGoodOnesIsDeadInTheEndWhileTheOthersPass() throws Exception {
        poisonDies(new Target("p1", "p2", "p3", "p4"));
    }

    @Test
    void poisonThatLooksLikeATargetThatIsDownIsDeadInTheEndToo() throws Exception {
        poisonDies(new Target(body -> new SocketTimeoutException("read timed out"), "p1", "p2", "p3", "p4"));
    }

    private void poisonDies(Target target) throws Exception {
        SpoolNode node = node();
        node.put("files", "p1", "p2", "p3", "p4", "a");
        node.run(drain("spool:files", target));

        int[] number = {0};
        await().untilAsserted(() -> {
            node.put("files", "good " + number[0]++);
            assertThat(rows("SELECT id FROM spool_parcel WHERE state = 'dead'")).hasSize(4);
        });
        awaitDrained("files");
        assertThat(target.taken()).hasSize(number[0] + 1).doesNotHaveDuplicates();
        assertThat(target.offered.get("p1")).isBetween(3, 8);
        // Four items with three attempts each, less those that looked like probes of a target that is down.
        await().untilAsserted(() -> assertThat(node.failed("files")).isBetween(1, 12));
        assertThat(rows("SELECT spool FROM spool_pause")).isEmpty();
    }

    private static HttpOperationFailedException status(int status) {
        return new HttpOperationFailedException("http://target", status, "", null, Map.of(), "");
    }
}
