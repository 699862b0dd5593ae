package io.threadpost.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import org.apache.camel.CamelExecutionException;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

import io.threadpost.ledger.LedgerFixture;
import io.threadpost.ledger.OnBothDatabases;

/** {@code to: spool:NAME}: when what is sent is on disk. */
@OnBothDatabases
class SpoolSendingTest extends SpoolBehaviour {
    private static final String ARCHIVE = "SELECT size FROM spool_parcel WHERE spool = 'archive'";

    @Test
    void outsideOfAnyWorkAnItemIsOnDiskWhenTheStepIsDone() throws Exception {
        node().send("files", "a");

        crash();

        assertThat(rows("SELECT spool, state, size FROM spool_parcel")).containsExactly("files|waiting|1");
    }

    @Test
    void insideOfAnItemItIsCommittedTogetherWithTheItemsEnd() throws Exception {
        CountDownLatch sent = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        SpoolNode node = node();
        node.put("mail", "a");
        node.run(new RouteBuilder() {
            @Override
            public void configure() {
                from("spool:mail").to("spool:archive").process(exchange -> {
                    sent.countDown();
                    goOn.await();
                });
            }
        });
        sent.await();

        try (LedgerFixture killedNow = database.afterCrash(folder)) {
            assertThat(killedNow.rows(ARCHIVE)).isEmpty();
            assertThat(killedNow.rows("SELECT state, mark FROM spool_parcel WHERE spool = 'mail'"))
                    .containsExactly("waiting|0");
        } finally {
            goOn.countDown();
        }
        awaitRows(ARCHIVE, "1");
        assertThat(rows("SELECT state, mark FROM spool_parcel WHERE spool = 'mail'"))
                .containsExactly("finished|1");
    }

    @Test
    void aFailingItemSendsNothing() throws Exception {
        SpoolNode node = node();
        node.put("mail", "bad", "good");
        node.run(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("spool:mail").to("spool:archive").process(exchange -> {
                    if (exchange.getMessage().getBody(String.class).equals("bad")) {
                        throw new IllegalStateException("no");
                    }
                });
            }
        });

        awaitRows("SELECT state FROM spool_parcel WHERE spool = 'mail' AND alone", "dead");
        assertThat(rows(ARCHIVE)).containsExactly("1");
    }

    @Test
    void whatABatchSendsIsCommittedWithTheBatch() throws Exception {
        SpoolNode node = node();
        node.put("mail", "a", "b", "c");
        node.run(new RouteBuilder() {
            @Override
            public void configure() {
                from("spool:mail?batch=10").split(body()).to("spool:archive");
            }
        });

        awaitDrained("mail");
        assertThat(rows(ARCHIVE)).containsExactly("3");
    }

    @Test
    void anItemIsKeptAsItWasWhenItWasSent() throws Exception {
        List<Object> arrived = new CopyOnWriteArrayList<>();
        SpoolNode node = node();
        node.put("mail", "a");
        node.run(new RouteBuilder() {
            @Override
            public void configure() {
                from("spool:mail")
                        .setBody(exchange -> new HashMap<>(Map.of("Subject", "before")))
                        .to("spool:archive")
                        .process(exchange ->
                                exchange.getMessage().getBody(Map.class).clear());
                from("spool:archive")
                        .process(exchange -> arrived.add(exchange.getMessage().getBody()));
            }
        });

        awaitDrained("mail");
        awaitDrained("archive");
        assertThat(arrived).containsExactly(Map.of("Subject", "before"));
    }

    @Test
    void whatCannotLieInASpoolFailsTheStepThatSendsItAndNothingElse() throws Exception {
        SpoolNode node = node();
        node.put("mail", "bad", "good");
        node.run(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("spool:mail")
                        .choice()
                        .when(body().isEqualTo("bad"))
                        .setBody(exchange -> Map.of("At", Instant.EPOCH))
                        .end()
                        .to("spool:archive");
            }
        });

        awaitRows("SELECT state FROM spool_parcel WHERE spool = 'mail' AND alone", "dead");
        assertThat(rows(ARCHIVE)).containsExactly("1");
        assertThatThrownBy(() -> node.send("archive", Instant.EPOCH))
                .isInstanceOf(CamelExecutionException.class)
                .cause()
                .hasMessageContaining("convert it to text, bytes, a map or a list first");
    }

    @Test
    void aWireTapThatComesLateLosesNothing() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        SpoolNode node = node();
        node.put("mail", "a");
        node.run(new RouteBuilder() {
            @Override
            public void configure() {
                from("spool:mail").wireTap("direct:late");
                from("direct:late").process(exchange -> ended.await()).to("spool:archive");
            }
        });

        awaitDrained("mail");
        ended.countDown();

        awaitRows(ARCHIVE, "1");
    }
}
