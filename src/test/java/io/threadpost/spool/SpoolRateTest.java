package io.threadpost.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.threadpost.ledger.OnBothDatabases;

/** A spool's rate holds, in whatever portions its items are handed out. */
@OnBothDatabases
class SpoolRateTest extends SpoolBehaviour {
    private static final int ITEMS = 30;

    private final List<String> taken = new CopyOnWriteArrayList<>();
    private volatile long firstNanos;
    private volatile long lastNanos;

    private static String[] keys() {
        return IntStream.range(0, ITEMS).mapToObj(i -> "i" + i).toArray(String[]::new);
    }

    private RouteBuilder taking(String... uris) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                for (String uri : uris) {
                    from(uri).process(exchange -> {
                        lastNanos = System.nanoTime();
                        firstNanos = taken.isEmpty() ? lastNanos : firstNanos;
                        Object body = exchange.getMessage().getBody();
                        (body instanceof List<?> list ? list : List.of(body))
                                .forEach(item -> taken.add(item.toString()));
                    });
                }
            }
        };
    }

    /** @param apart items that the rate keeps apart: all but those that go first */
    private void tookAsLongAs(int apart, int rate) {
        assertThat(Duration.ofNanos(lastNanos - firstNanos))
                // The clock of the wait counts whole milliseconds.
                .isGreaterThanOrEqualTo(Duration.ofMillis(1000L * apart / rate - 5))
                .isLessThan(Duration.ofMillis(1000L * apart / rate + 5000));
    }

    @ParameterizedTest(name = "portions of {0}")
    @CsvSource({"1, spool:files?rate=20", "10, spool:files?batch=10&rate=20"})
    void oldestFirst(int portion, String uri) throws Exception {
        SpoolNode node = node();
        node.put("files", keys());
        node.run(taking(uri));

        awaitDrained("files");

        tookAsLongAs(ITEMS - portion, 20);
        assertThat(taken).containsExactly(keys());
    }

    @Test
    void overTwoRoutesThatReadTheSpool() throws Exception {
        SpoolNode node = node();
        node.put("files", keys());
        node.run(taking("spool:files?rate=20&batch=1", "spool:files?rate=20&batch=2"));

        awaitDrained("files");

        tookAsLongAs(ITEMS - 2, 20);
        assertThat(taken).hasSize(ITEMS).doesNotHaveDuplicates();
    }

    @Test
    void aStopDoesNotWaitForTheNextTurn() throws Exception {
        SpoolNode node = node();
        node.put("files", keys());
        node.run(taking("spool:files?batch=15&rate=1"));
        awaitRows("SELECT mark FROM spool_parcel", "15");

        long begun = System.nanoTime();
        node.camel.stop();

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(8));
        assertThat(taken).hasSize(15);
        assertThat(rows("SELECT mark FROM spool_parcel")).containsExactly("15");
        assertThat(rows("SELECT lease_owner FROM spool_batch WHERE lease_owner IS NOT NULL"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rate=0", "rate=-1"})
    void aRateThatIsNoneIsRefused(String option) throws Exception {
        SpoolNode node = node();

        assertThatThrownBy(() -> node.run(taking("spool:files?" + option)))
                .hasStackTraceContaining("rate must be 1 or more");
    }
}
