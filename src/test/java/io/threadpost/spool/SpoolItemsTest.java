package io.threadpost.spool;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.apache.camel.Message;
import org.junit.jupiter.api.Test;

import io.threadpost.json.RawJson;
import io.threadpost.ledger.OnBothDatabases;

/** {@code from: spool:NAME}: what comes out is what went in. */
@OnBothDatabases
class SpoolItemsTest extends SpoolBehaviour {
    private final BlockingQueue<Message> arrived = new LinkedBlockingQueue<>();
    private final BlockingQueue<List<?>> lists = new LinkedBlockingQueue<>();

    @Test
    void anItemArrivesWithItsHeadersButCamelsOwn() throws Exception {
        SpoolNode node = draining();

        node.send(
                "files",
                "text",
                Map.of(
                        "ThreadpostKey", "key-1",
                        "ThreadpostConnection", "main",
                        "Priority", 7,
                        "Weight", new BigDecimal("1.10"),
                        "Urgent", true,
                        "CamelHttpUri", "http://evil",
                        "camelhttppath", "evil"));

        Message message = arrived.poll(20, TimeUnit.SECONDS);
        assertThat(message.getHeaders())
                .containsEntry("ThreadpostKey", "key-1")
                .containsEntry("ThreadpostConnection", "main")
                .containsEntry("Priority", 7)
                .containsEntry("Weight", new BigDecimal("1.10"))
                .containsEntry("Urgent", true)
                .containsKey("ThreadpostBatch")
                .doesNotContainKeys("CamelHttpUri", "CamelHttpPath");
    }

    @Test
    void aKeyIsGivenToAnItemWithoutOneAndStaysWithIt() throws Exception {
        List<String> keys = new ArrayList<>();
        SpoolNode node = node();
        node.run(drain("spool:files", exchange -> {
            keys.add(exchange.getMessage().getHeader("ThreadpostKey", String.class));
            if (keys.size() == 1) {
                throw new IllegalStateException("once");
            }
        }));
        node.send("files", "a");

        await().until(() -> keys.size() == 2);
        assertThat(keys.get(0)).isNotBlank().isEqualTo(keys.get(1));
    }

    @Test
    void jsonArrivesByteForByte() throws Exception {
        String json = "{ \"Id\":\"a\",\n \"Price\": 1.10, \"Big\":12345678901234567890.10, \"Ä\\u0000\":\"\\ud83d\" }";

        assertThat(through(new RawJson(json.getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(RawJson.class)
                .hasToString(json);
    }

    @Test
    void everyKindOfBodyArrivesAsItWas() throws Exception {
        byte[] bytes = {0, -1, 13, 10};
        Map<String, Object> map = Map.of("Price", new BigDecimal("1.10"), "Nested", Map.of("List", List.of(1, "two")));

        assertThat(through(bytes)).isEqualTo(bytes);
        assertThat(through(new ByteArrayInputStream(bytes))).isEqualTo(bytes);
        assertThat(through("text \u0000 ü 😀")).isEqualTo("text \u0000 ü 😀");
        assertThat(through(map)).isEqualTo(map);
        assertThat(through(Arrays.asList(1, null, "three"))).isEqualTo(Arrays.asList(1, null, "three"));
        assertThat(through(42L)).isEqualTo(42L);
        assertThat(through(true)).isEqualTo(true);
        assertThat(through(null)).isNull();
    }

    @Test
    void smallParcelsFillABatchOfAtMostThatMany() throws Exception {
        SpoolNode node = node();
        for (int i = 0; i < 7; i++) {
            node.put("files", "i" + i);
        }
        node.run(drain(
                "spool:files?batch=3",
                exchange -> lists.add(exchange.getMessage().getBody(List.class))));

        awaitDrained("files");
        assertThat(lists).extracting(List::size).containsExactly(3, 3, 1);
        assertThat(lists).flatExtracting(list -> list).hasSize(7).doesNotHaveDuplicates();
    }

    @Test
    void aLargeParcelIsTakenInSlicesAndABatchReachesOverItsEnd() throws Exception {
        SpoolNode node = node();
        node.put("files", IntStream.range(0, 7).mapToObj(i -> "a" + i).toArray(String[]::new));
        node.put("files", "b0", "b1");
        node.run(drain(
                "spool:files?batch=3",
                exchange -> lists.add(exchange.getMessage().getBody(List.class))));

        awaitDrained("files");
        assertThat(lists).extracting(Object::toString).containsExactly("[a0, a1, a2]", "[a3, a4, a5]", "[a6, b0, b1]");
    }

    @Test
    void thousandsOfItemsAllArriveOnce() throws Exception {
        SpoolNode node = node();
        for (int page = 0; page < 5; page++) {
            int from = page * 1000;
            node.put(
                    "files",
                    IntStream.range(from, from + 1000)
                            .mapToObj(Integer::toString)
                            .toArray(String[]::new));
        }
        draining(node);

        awaitDrained("files");
        assertThat(arrived)
                .extracting(message -> message.getBody(String.class))
                .hasSize(5000)
                .doesNotHaveDuplicates();
    }

    private SpoolNode draining() throws Exception {
        return draining(node());
    }

    private SpoolNode draining(SpoolNode node) throws Exception {
        node.run(drain(
                "spool:files", exchange -> arrived.add(exchange.getMessage().copy())));
        return node;
    }

    private Object through(Object body) throws Exception {
        SpoolNode node = node();
        draining(node);
        node.send("files", body);
        Object out = arrived.poll(20, TimeUnit.SECONDS).getBody();
        node.camel.stop();
        return out;
    }
}
