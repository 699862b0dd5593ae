package io.threadpost.spool;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.camel.RuntimeCamelException;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.threadpost.ledger.OnBothDatabases;
import io.threadpost.network.HttpFailureClassifier;
import io.threadpost.retry.FailureClassifier.ClassifiedFailure;
import io.threadpost.retry.FailureKind;

/**
 * What an HTTP target answers: that it is busy, or that it fails, uses up nobody's attempts, and it is left alone as
 * long as it asks.
 */
@OnBothDatabases
class SpoolHttpAnswersTest extends SpoolBehaviour {
    private static final int OFTEN = 4 * SpoolNode.QUICK.attempts();

    @Test
    void howeverOftenAnItemIsAnsweredThatTheTargetIsBusyWhileOthersPassItIsNotDead() throws Exception {
        stillWaits(429);
    }

    @Test
    void anItemThatMeetsAnErrorOfTheServerIsNotDeadEither() throws Exception {
        stillWaits(500);
    }

    private void stillWaits(int status) throws Exception {
        AtomicInteger answered = new AtomicInteger();
        Target target = new Target();
        SpoolNode node = node();
        node.put("crm", "unlucky", "a");
        node.run(drain("spool:crm", exchange -> {
            if (exchange.getMessage().getBody(String.class).equals("unlucky") && answered.get() < OFTEN) {
                answered.incrementAndGet();
                throw status(status, Map.of());
            }
            target.process(exchange);
        }));

        int[] number = {0};
        await().until(() -> {
            node.put("crm", "good " + number[0]++);
            return answered.get() == OFTEN;
        });
        awaitDrained("crm");
        assertThat(target.taken()).contains("unlucky", "a").hasSize(2 + number[0]);
        assertThat(rows("SELECT attempts FROM spool_parcel WHERE attempts > 0 OR state <> 'finished'"))
                .isEmpty();
        assertThat(node.failed("crm")).isZero();
    }

    @Test
    void anItemThatAlwaysMeetsAnErrorOfTheServerIsShown() throws Exception {
        Target target = new Target();
        SpoolNode node = node();
        node.put("crm", "unlucky");
        node.run(drain("spool:crm", exchange -> {
            if (exchange.getMessage().getBody(String.class).equals("unlucky")) {
                throw status(500, Map.of());
            }
            target.process(exchange);
        }));

        int[] number = {0};
        await().until(() -> {
            node.put("crm", "good " + number[0]++);
            SpoolStatus.Retried retried = node.status.spools().get(0).retried();
            return retried != null
                    && retried.items() == 1
                    && retried.key().equals("unlucky")
                    && retried.failures() >= SpoolNode.QUICK.attempts()
                    && retried.reason().contains("500");
        });
    }

    @Test
    void aListIsNotTakenApartWhileTheTargetIsBusy() throws Exception {
        Set<String> offers = new HashSet<>();
        AtomicInteger answered = new AtomicInteger();
        SpoolNode node = node();
        node.put("crm", "a", "b", "c");
        node.run(drain("spool:crm?batch=3", exchange -> {
            String list = exchange.getMessage().getBody().toString();
            if (list.contains("a")) {
                offers.add(exchange.getMessage().getHeader("ThreadpostBatch") + list);
                if (answered.incrementAndGet() < OFTEN) {
                    throw status(503, Map.of());
                }
            }
        }));

        int[] number = {0};
        await().until(() -> {
            node.put("crm", "good " + number[0]++);
            return answered.get() == OFTEN;
        });
        awaitDrained("crm");
        assertThat(offers).hasSize(1).allMatch(offer -> offer.endsWith("[a, b, c]"));
    }

    @Test
    void theSpoolIsPausedAsLongAsTheTargetAsks() throws Exception {
        String in = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.now().plusSeconds(2000).atOffset(ZoneOffset.UTC));
        Map<Map<String, String>, Long> asked = Map.of(
                Map.of("Retry-After", "90"), 90L,
                Map.of("retry-after", in), 1900L,
                Map.of("Date", "Tue, 03 Nov 2026 10:00:00 GMT", "Retry-After", "Tue, 03 Nov 2026 10:05:00 GMT"), 300L,
                Map.of("Retry-After", "999999"), 3600L);
        int[] number = {0};
        SpoolNode node = node();
        for (Map.Entry<Map<String, String>, Long> answer : asked.entrySet()) {
            String spool = "crm" + (char) ('a' + number[0]++);
            node.put(spool, "a", "b");
            node.camel.addRoutes(route(spool, answer.getKey()));

            await().untilAsserted(() -> assertThat(rows("SELECT until - since FROM spool_pause WHERE spool = ?", spool))
                    .singleElement()
                    .satisfies(millis -> assertThat(Long.parseLong(millis) / 1000)
                            .isBetween(answer.getValue() - 1, answer.getValue() + 110)));
        }
    }

    private static org.apache.camel.builder.RouteBuilder route(String spool, Map<String, String> headers) {
        return new org.apache.camel.builder.RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("spool:" + spool).process(exchange -> {
                    throw new RuntimeCamelException(status(429, headers));
                });
            }
        };
    }

    @Test
    void anItemThatFailedBeforePausesTheSpoolWhenTheTargetAsksForIt() throws Exception {
        List<String> taken = new CopyOnWriteArrayList<>();
        AtomicInteger offers = new AtomicInteger();
        SpoolNode node = node();
        node.put("crm", "bad", "a");
        node.run(drain("spool:crm", exchange -> {
            String body = exchange.getMessage().getBody(String.class);
            if (body.equals("bad")) {
                throw offers.incrementAndGet() == 1
                        ? new IllegalStateException("its own")
                        : status(429, Map.of("Retry-After", "3000"));
            }
            taken.add(body);
        }));

        await().until(() -> !rows("SELECT spool FROM spool_pause").isEmpty());
        assertThat(taken).containsExactly("a");
        assertThat(Long.parseLong(rows("SELECT until - since FROM spool_pause").get(0)))
                .isGreaterThanOrEqualTo(Duration.ofSeconds(3000).toMillis());
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 413, 422, 302})
    void whatIsTheItemsOwnAsksForNoPause(int status) {
        assertThat(new HttpFailureClassifier().classify(status(status, Map.of("Retry-After", "90"))))
                .hasValue(new ClassifiedFailure(FailureKind.UNKNOWN));
    }

    private static HttpOperationFailedException status(int status, Map<String, String> headers) {
        return new HttpOperationFailedException("http://target", status, "", null, headers, "");
    }
}
