package io.threadpost.spool;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.junit.jupiter.api.Test;

import io.threadpost.Promise;
import io.threadpost.Proves;
import io.threadpost.ledger.OnBothDatabases;

/** A spool with a cron is open from a tick until what lay in it then is gone. */
@OnBothDatabases
@Proves(Promise.DIGESTS_LIST_EVERY_VERSION_ONCE)
class SpoolTickTest extends SpoolBehaviour {
    /** No tick comes while a test runs; those that are due were missed before. */
    private static final String YEARLY = "spool:times?batch=3&cron=0 0 0 1 1 ?";

    private final List<String> taken = new CopyOnWriteArrayList<>();
    private final Processor take = exchange -> taken.add(text(exchange));

    @Test
    void whatLiesInItWaitsForTheTickAndOneThatWasMissedIsMadeUpForOnce() throws Exception {
        SpoolNode first = node();
        first.put("times", "a", "b");
        first.run(drain(YEARLY, take));
        await().until(() -> !rows("SELECT next FROM spool_tick").isEmpty());
        first.put("times", "c", "d");
        assertThat(taken).isEmpty();
        first.camel.stop();
        miss();

        SpoolNode second = node();
        second.run(drain(YEARLY, take));
        await().until(this::closed);
        second.put("times", "e");
        second.send("other", "x");

        assertThat(taken).containsExactly("1/2 [a, b, c]", "2/2 [d]");
        assertThat(rows("SELECT state FROM spool_parcel WHERE spool = 'times' ORDER BY id"))
                .containsExactly("finished", "finished", "waiting");
        assertThat(rows("SELECT COUNT(*) FROM spool_tick WHERE opened IS NULL AND next > "
                        + System.currentTimeMillis()))
                .containsExactly("1");
    }

    @Test
    void aTickThatWasNotWorkedToItsEndGoesOnAfterACrash() throws Exception {
        SpoolNode first = node();
        first.put("times", "a", "b", "c", "d", "e");
        begin(first);
        miss();
        boolean[] hang = {true};
        first.run(drain(YEARLY, exchange -> {
            if (hang[0] && text(exchange).startsWith("2/2")) {
                throw new ConnectException("down");
            }
            take.process(exchange);
        }));
        await().until(() ->
                taken.size() == 1 && !rows("SELECT spool FROM spool_pause").isEmpty());
        first.put("times", "later");
        SpoolNode second = crash();
        second.run(drain(YEARLY, take));
        await().until(this::closed);

        assertThat(taken).containsExactly("1/2 [a, b, c]", "2/2 [d, e]");
        hang[0] = false;
    }

    @Test
    void aTickWithNothingInTheSpoolIsWorkedOnceIfThatIsWanted() throws Exception {
        SpoolNode node = node();
        begin(node);
        miss();
        int[] failures = {2};
        node.run(drain(YEARLY + "&empty=true", exchange -> {
            if (failures[0]-- > 0) {
                throw new ConnectException("down");
            }
            take.process(exchange);
            node.camel.createProducerTemplate().send("spool:other", exchange);
        }));
        await().until(this::closed);

        assertThat(taken).containsExactly("1/1 []");
        assertThat(rows("SELECT COUNT(*) FROM spool_parcel WHERE spool = 'other'"))
                .containsExactly("1");
        assertThat(rows("SELECT spool FROM spool_pause")).isEmpty();
    }

    @Test
    void aTickWithNothingInTheSpoolIsNoneOtherwise() throws Exception {
        SpoolNode node = node();
        begin(node);
        miss();
        node.run(drain(YEARLY, take));
        await().until(this::closed);

        assertThat(taken).isEmpty();
    }

    @Test
    void anotherTimetableBeginsAnewAndNoneOpensTheSpool() throws Exception {
        SpoolNode node = node();
        begin(node);
        miss();
        node.put("times", "a");
        node.run(drain("spool:times?batch=3&cron=0 0 0 2 1 ?", take));
        await().until(this::closed);
        assertThat(taken).isEmpty();
        node.camel.getRouteController().stopRoute("drain");
        node.camel.removeRoute("drain");

        node.run(drain("spool:times?batch=3", take));
        await().until(() -> taken.size() == 1);
        assertThat(rows("SELECT spool FROM spool_tick")).isEmpty();
    }

    @Test
    void aTickThatWasWrittenByAWrongClockIsForgottenAtTheNextStart() throws Exception {
        SpoolNode node = node();
        begin(node);
        List<String> right = rows("SELECT next FROM spool_tick");
        database.change("UPDATE spool_tick SET next = next + 63072000000");
        begin(node);

        assertThat(rows("SELECT next FROM spool_tick")).isEqualTo(right);
    }

    @Test
    void anItemThatFailsByItselfIsTriedAgainWithoutATick() throws Exception {
        SpoolNode node = node();
        node.put("times", "bad", "good");
        begin(node);
        miss();
        node.run(drain("spool:times?cron=0 0 0 1 1 ?", exchange -> {
            String body = exchange.getMessage().getBody(String.class);
            if (body.equals("bad") && taken.size() < 1) {
                throw new IllegalArgumentException("not yet");
            }
            taken.add(body);
        }));
        await().until(() -> taken.size() == 2);

        assertThat(taken).containsExactly("good", "bad");
    }

    @Test
    void aListOfATickStaysThatListHoweverOftenAStepFails() throws Exception {
        SpoolNode node = node();
        node.put("times", "a", "b", "c");
        begin(node);
        miss();
        List<String> offers = new CopyOnWriteArrayList<>();
        node.run(drain(YEARLY, exchange -> {
            offers.add(exchange.getMessage().getHeader("ThreadpostBatch") + " " + text(exchange));
            if (offers.size() < 9) {
                throw new IllegalStateException("the upload was refused");
            }
        }));
        await().until(this::closed);

        assertThat(offers).hasSize(9).containsOnly(offers.get(0)).allMatch(offer -> offer.endsWith("1/1 [a, b, c]"));
        assertThat(rows("SELECT id FROM spool_parcel WHERE alone")).isEmpty();
    }

    @Test
    void aSingleItemOfATickKeepsItsBatchAndItsTick() throws Exception {
        SpoolNode node = node();
        node.put("times", "a");
        begin(node);
        miss();
        List<Exception> failures = List.of(
                new IllegalStateException("the template is broken"),
                new ConnectException("down"),
                new PostponedException(Duration.ofMillis(5), "later"),
                new SocketTimeoutException("read timed out"));
        List<String> offers = new CopyOnWriteArrayList<>();
        node.run(drain(YEARLY, exchange -> {
            offers.add(exchange.getMessage().getHeader("ThreadpostBatch") + " "
                    + exchange.getMessage().getHeader("ThreadpostTick") + " " + text(exchange));
            if (offers.size() <= failures.size()) {
                throw failures.get(offers.size() - 1);
            }
        }));
        await().until(this::closed);

        assertThat(offers).hasSize(5).containsOnly(offers.get(0)).allMatch(offer -> offer.endsWith("1/1 [a]"));
        assertThat(rows("SELECT id FROM spool_parcel WHERE alone")).isEmpty();
        assertThat(rows("SELECT number FROM spool_batch")).isEmpty();
    }

    @Test
    void aSingleItemOfATickThatAlwaysFailsIsDeadAfterItsAttemptsAndClosesTheTick() throws Exception {
        SpoolNode node = node();
        node.put("times", "a");
        begin(node);
        miss();
        List<String> offers = new CopyOnWriteArrayList<>();
        node.run(drain(YEARLY, exchange -> {
            offers.add(exchange.getMessage().getHeader("ThreadpostBatch") + " " + text(exchange));
            throw new IllegalStateException("the template is broken");
        }));
        await().until(this::closed);

        assertThat(offers).hasSize(SpoolNode.QUICK.attempts()).containsOnly(offers.get(0));
        assertThat(rows("SELECT item_key, state, attempts, failures, error FROM spool_parcel WHERE alone"))
                .containsExactly("a|dead|3|3|the template is broken");
        assertThat(rows("SELECT number FROM spool_batch")).isEmpty();
    }

    @Test
    void aListOfATickThatIsRejectedIsDeadAndNotTriedItemByItem() throws Exception {
        SpoolNode node = node();
        node.put("times", "a", "b");
        begin(node);
        miss();
        node.run(drain(YEARLY, exchange -> {
            taken.add(text(exchange));
            throw new RejectedItemException("unknown hotel");
        }));
        await().until(this::closed);

        assertThat(taken).containsExactly("1/1 [a, b]");
        assertThat(rows("SELECT item_key, state, error FROM spool_parcel WHERE alone ORDER BY item_key"))
                .containsExactly("a|dead|unknown hotel", "b|dead|unknown hotel");
    }

    @Test
    void twoNodesWorkATickTogether() throws Exception {
        if (!dialect.shared()) {
            return;
        }
        SpoolNode one = node();
        SpoolNode other = node();
        one.put("times", "a", "b", "c", "d", "e", "f", "g");
        begin(one);
        miss();
        one.run(drain(YEARLY, take));
        other.run(drain(YEARLY, take));
        await().until(this::closed);

        assertThat(taken).hasSize(3);
        assertThat(String.join("", taken)).contains("1/3", "2/3", "3/3");
    }

    /** The timetable is known, as after a process that ran before. */
    private void begin(SpoolNode node) {
        new SpoolTicks(database.ledger(), node.spools, SpoolNode.with(SpoolNode.QUICK, Map.of()))
                .begin("times", new Timetable("0 0 0 1 1 ?", null));
    }

    private void miss() {
        database.change("UPDATE spool_tick SET next = 1");
    }

    private boolean closed() {
        return rows("SELECT 1 FROM spool_tick WHERE opened IS NULL AND next > " + System.currentTimeMillis())
                        .size()
                == 1;
    }

    private static String text(Exchange exchange) {
        return exchange.getMessage().getHeader("ThreadpostPart") + "/"
                + exchange.getMessage().getHeader("ThreadpostParts") + " "
                + exchange.getMessage().getBody();
    }
}
