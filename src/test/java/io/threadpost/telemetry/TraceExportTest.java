package io.threadpost.telemetry;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

import io.threadpost.ledger.Dialect;
import io.threadpost.ledger.LedgerFixture;
import io.threadpost.ledger.LedgerKey;
import io.threadpost.ledger.OnBothDatabases;
import io.threadpost.network.HttpAccess;
import io.threadpost.testing.CannedPlatform;
import io.threadpost.testing.CannedPlatform.Answer;
import io.threadpost.testing.DeliveringNode;
import io.threadpost.testing.TestNode;

/** A page is a trace at the collector, with a span for each batch of its threads, whatever the collector does. */
@OnBothDatabases
class TraceExportTest {
    private static final String ROUTES =
            """
            - route:
                id: route-thread
                errorHandler:
                  noErrorHandler: {}
                from:
                  uri: direct:route-thread
                  steps:
                    - to:
                        uri: spool:files
                    - to:
                        uri: spool:broken
            - route:
                id: to-broken
                errorHandler:
                  noErrorHandler: {}
                from:
                  uri: spool:broken
                  steps:
                    - throwException:
                        exceptionType: java.lang.IllegalArgumentException
                        message: not for the thread of secret-guest
            """;

    private static final String THREAD = "{\"Id\":\"one\",\"Subject\":\"secret-subject\",\"OriginalSender\":"
            + "\"secret-guest\",\"CreatedUtc\":\"2026-11-01T00:00:00Z\",\"UpdatedUtc\":\"" + Instant.now() + "\"}";

    @Parameter
    Dialect dialect;

    @TempDir
    Path folder;

    private final List<JsonNode> received = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private LedgerFixture database;
    private HttpServer collector;

    @BeforeEach
    void open() throws IOException {
        database = LedgerFixture.create(dialect, folder);
        collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            if (status == 200) {
                received.add(new JsonMapper().readTree(body));
            }
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        collector.start();
    }

    @AfterEach
    void close() {
        collector.stop(0);
        database.close();
    }

    private DeliveringNode node(CannedPlatform platform) throws Exception {
        return new DeliveringNode(
                database.ledger(),
                platform,
                folder.resolve("out"),
                Map.of(
                        "threadpost.traces.url",
                        "http://127.0.0.1:" + collector.getAddress().getPort() + "/v1/traces",
                        "threadpost.traces.authorization",
                        "Bearer of-the-collector"));
    }

    private TraceExport export(TestNode node) {
        return new TraceExport(
                database.ledger(),
                node.get(LedgerKey.class),
                node.get(HttpAccess.class),
                node.settings,
                "1.0",
                Duration.ZERO);
    }

    private List<JsonNode> spans() {
        List<JsonNode> spans = new ArrayList<>();
        for (JsonNode request : received) {
            JsonNode resource = request.at("/resourceSpans/0");
            assertThat(resource.at("/resource/attributes/0/value/stringValue").asText())
                    .isEqualTo("threadpost");
            resource.at("/scopeSpans/0/spans").forEach(spans::add);
        }
        return spans;
    }

    private List<JsonNode> spans(String name) {
        return spans().stream()
                .filter(span -> span.get("name").asText().equals(name))
                .toList();
    }

    private static String attribute(JsonNode span, String key) {
        for (JsonNode attribute : span.get("attributes")) {
            if (attribute.get("key").asText().equals(key)) {
                return attribute.get("value").elements().next().asText();
            }
        }
        throw new AssertionError(key + " is not in " + span);
    }

    private void deliver(DeliveringNode node) throws Exception {
        node.pull(ROUTES);
        await().untilAsserted(() -> {
            assertThat(database.rows("SELECT state FROM spool_parcel WHERE spool = 'broken'"))
                    .contains("dead");
            assertThat(database.rows("SELECT state FROM spool_parcel WHERE spool = 'files'"))
                    .containsOnly("finished");
        });
    }

    /** Repeated, it would hold up all later ones. */
    @Test
    void whatTheCollectorCannotAcceptIsDropped() throws Exception {
        try (CannedPlatform platform = new CannedPlatform(request -> Answer.page(null, THREAD));
                DeliveringNode node = node(platform)) {
            TraceExport export = export(node);
            export.run();
            deliver(node);
            status = 400;
            export.run();
            int refused = authorizations.size();
            assertThat(refused).isPositive();
            status = 200;
            export.run();
            assertThat(authorizations).hasSize(refused);
            assertThat(received).isEmpty();
        }
    }

    @Test
    void aPageIsATraceWithWhatBecameOfItsThreads() throws Exception {
        try (CannedPlatform platform = new CannedPlatform(request -> Answer.page(null, THREAD));
                DeliveringNode node = node(platform)) {
            TraceExport export = export(node);
            export.run();
            deliver(node);
            status = 503;
            export.run();
            assertThat(received).isEmpty();
            status = 200;
            export.run();

            assertThat(authorizations).containsOnly("Bearer of-the-collector");
            JsonNode page = spans("pull main").get(0);
            assertThat(page.has("parentSpanId")).isFalse();
            assertThat(page.get("traceId").asText()).matches("[0-9a-f]{32}");
            assertThat(page.get("spanId").asText()).matches("[0-9a-f]{16}");
            assertThat(attribute(page, "messaging.batch.message_count")).isEqualTo("1");
            JsonNode file = spans("deliver files").get(0);
            assertThat(file.get("traceId")).isEqualTo(page.get("traceId"));
            assertThat(file.get("parentSpanId")).isEqualTo(page.get("spanId"));
            assertThat(file.get("startTimeUnixNano")).isEqualTo(page.get("endTimeUnixNano"));
            assertThat(file.has("status")).isFalse();
            assertThat(attribute(file, "threadpost.items.delivered")).isEqualTo("1");
            assertThat(spans("deliver broken")).isNotEmpty().allSatisfy(failed -> {
                assertThat(failed.get("traceId")).isEqualTo(page.get("traceId"));
                // Also when its spans were made before, for a request that failed.
                assertThat(failed.get("parentSpanId")).isNotEqualTo(failed.get("spanId"));
                assertThat(failed.at("/status/code").asInt()).isEqualTo(2);
                assertThat(failed.at("/status/message").asText()).contains("throwException");
            });
            assertThat(received.toString()).doesNotContain("secret-", "\"one\"");
        }
    }

    @Test
    void anotherNodeGoesOnAfterTheLeaseAndNothingIsSentTwice() throws Exception {
        try (CannedPlatform platform = new CannedPlatform(request -> Answer.page(null, THREAD));
                DeliveringNode node = node(platform)) {
            TraceExport first = export(node);
            first.run();
            deliver(node);
            TraceExport second = export(node);
            second.run();
            assertThat(received).isEmpty();
            database.rows("UPDATE trace_export SET lease_until = 0 RETURNING id");
            second.run();
            first.run();
            second.run();

            assertThat(spans())
                    .hasSize(spans().stream()
                            .map(span -> span.get("spanId"))
                            .collect(Collectors.toSet())
                            .size());
            assertThat(spans())
                    .extracting(span -> span.get("traceId"))
                    .containsOnly(spans("pull main").get(0).get("traceId"));
        }
    }
}
