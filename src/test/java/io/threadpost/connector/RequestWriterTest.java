package io.threadpost.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpServer;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

import io.threadpost.json.RawJson;
import io.threadpost.ledger.WithLedger;
import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.sandbox.SandboxPlatform;
import io.threadpost.testing.CannedPlatform;
import io.threadpost.testing.CannedPlatform.Answer;

/** What goes out to the platform, and what of it stays with the caller. */
class RequestWriterTest extends WithLedger {
    private static final String ENTERPRISE = SandboxOptions.ENTERPRISE.toString();

    @Test
    void credentialsComeFirstAndEnterprisesOnlyWhenConfigured() throws Exception {
        Map<String, String> settings = Map.of(
                "threadpost.connections.other.access-token",
                "other-token",
                "threadpost.connections.other.enterprise-ids",
                ENTERPRISE);
        try (CannedPlatform platform = new CannedPlatform(request -> Answer.page(null));
                ConnectorNode node = new ConnectorNode(ledger.ledger(), platform.address(), settings)) {
            ConnectorNode.threads(node.getAll("main"));
            ConnectorNode.threads(node.getAll("other"));

            assertThat(platform.requests().get(0).fieldNames())
                    .toIterable()
                    .startsWith("ClientToken", "AccessToken", "Client")
                    .containsExactlyInAnyOrder("ClientToken", "AccessToken", "Client", "UpdatedUtc", "Limitation");
            assertThat(platform.requests().get(0).path("ClientToken").asText()).isEqualTo(SandboxOptions.CLIENT_TOKEN);
            assertThat(platform.requests().get(0).path("AccessToken").asText()).isEqualTo(SandboxOptions.ACCESS_TOKEN);
            assertThat(platform.requests().get(0).path("Client").asText()).isEqualTo("Threadpost 1.0.0");
            assertThat(platform.requests().get(1).path("AccessToken").asText()).isEqualTo("other-token");
            assertThat(platform.requests().get(1).path("EnterpriseIds"))
                    .singleElement()
                    .hasToString('"' + ENTERPRISE + '"');
        }
    }

    @Test
    void aConnectionThatIsNotThereIsOneClearLineAndNoRequest() throws Exception {
        Map<String, String> settings = Map.of("threadpost.connections.other.access-token", "other-token");
        try (CannedPlatform platform = new CannedPlatform(request -> Answer.page(null));
                ConnectorNode node = new ConnectorNode(ledger.ledger(), platform.address(), settings)) {
            assertThat(node.getAll("mian").getException())
                    .hasMessage("the header ThreadpostConnection is 'mian'; set it to one of [main, other]");
            assertThat(node.getAll().getException())
                    .hasMessage("the header ThreadpostConnection is missing; set it to one of [main, other]");
            assertThat(node.call("get-threads", exchange -> exchange.getMessage()
                                    .setBody("text"))
                            .getException())
                    .hasMessage("messageThreads/getAll: the body must be a map of the operation's properties");
            assertThat(platform.requests()).isEmpty();
            assertThat(ledger.rows("SELECT id FROM request_slot")).isEmpty();
        }
    }

    @Test
    void headersOfTheCallerNeitherSteerTheCallNorReachThePlatformAndComeBack() throws Exception {
        List<Map<String, List<String>>> seen = new CopyOnWriteArrayList<>();
        List<String> lines = new CopyOnWriteArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            seen.add(exchange.getRequestHeaders());
            lines.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            byte[] body = "{\"MessageThreads\":[],\"Cursor\":null}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Set-Cookie", "a=b");
            exchange.getResponseHeaders().set("X-Platform", "yes");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        Map<String, Object> headers = new LinkedHashMap<>();
        headers.put("ThreadpostKey", "k");
        headers.put("X-Mine", "secret of the caller");
        headers.put("Authorization", "Basic abc");
        headers.put("Host", "elsewhere.example");
        headers.put("Content-Type", "text/plain");
        headers.put("Content-Encoding", "gzip");
        headers.put(Exchange.HTTP_METHOD, "GET");
        headers.put(Exchange.HTTP_PATH, "elsewhere");
        headers.put(Exchange.HTTP_QUERY, "to=elsewhere");
        headers.put("CamelHttpRawQuery", "to=elsewhere");
        headers.put("CamelRestHttpUri", "http://elsewhere.example/");
        try (CannedPlatform other = new CannedPlatform(request -> Answer.page(null));
                ConnectorNode node = new ConnectorNode(
                        ledger.ledger(),
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                        Map.of())) {
            headers.put(Exchange.HTTP_URI, other.address().toString());

            for (int call = 0; call < 2; call++) {
                Exchange exchange = node.call("get-threads", asked -> {
                    asked.getMessage().setHeaders(new LinkedHashMap<>(headers));
                    asked.getMessage().setBody(ConnectorNode.PAGE);
                });
                ConnectorNode.threads(exchange);
                assertThat(exchange.getMessage().getHeaders()).containsExactlyInAnyOrderEntriesOf(headers);
            }

            assertThat(other.requests()).isEmpty();
            assertThat(lines).hasSize(2).containsOnly("POST /api/connector/v1/messageThreads/getAll");
            assertThat(seen.get(0).get("Content-type")).containsExactly("application/json");
            assertThat(seen.get(0).get("User-agent")).containsExactly("Threadpost 1.0.0");
            assertThat(seen.get(1).keySet())
                    .doesNotContain("X-mine", "Authorization", "Threadpostkey", "Cookie", "Content-encoding")
                    .noneMatch(name -> name.startsWith("Camel"));
            assertThat(seen.get(0).get("Host")).noneMatch(host -> host.contains("elsewhere"));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void addingAThreadGivesTheCreatedThread() throws Exception {
        try (SandboxPlatform platform = SandboxPlatform.start(new SandboxOptions());
                ConnectorNode node = new ConnectorNode(
                        ledger.ledger(),
                        platform.address(),
                        Map.of("threadpost.connections.main.enterprise-ids", ENTERPRISE))) {
            Exchange exchange = node.call("add-thread", asked -> asked.getMessage()
                    .setBody(Map.of("OriginalSender", "guest@example.com", "Subject", "Zimmer Ä")));

            assertThat(exchange.getException()).isNull();
            RawJson created = exchange.getMessage().getBody(RawJson.class);
            assertThat(created)
                    .containsEntry("OriginalSender", "guest@example.com")
                    .containsEntry("Subject", "Zimmer Ä");
            assertThat(platform.threadJson(String.valueOf(created.get("Id")))).isEqualTo(created.toString());
            assertThat(platform.refusals()).isEmpty();
        }
    }

    @Test
    void anAddAnsweredWithoutTheOneThreadIsNoAnswer() throws Exception {
        try (CannedPlatform platform = new CannedPlatform(request -> Answer.page(null));
                ConnectorNode node = new ConnectorNode(ledger.ledger(), platform.address(), Map.of())) {
            for (String threads : new String[] {"", "{},{}"}) {
                platform.script(request -> Answer.page(null, threads));
                Exchange exchange = node.call("add-thread", asked -> asked.getMessage()
                        .setBody(Map.of("OriginalSender", "a", "Subject", "b")));

                assertThat(ConnectorNode.failure(exchange).failure()).isEqualTo(ConnectorFailure.NO_ANSWER);
            }
        }
    }
}
