package io.threadpost.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.threadpost.ledger.WithLedger;
import io.threadpost.testing.ConnectProxy;
import io.threadpost.testing.ServerCertificate;

/** A platform that can be reached through the house's proxy only, with a certificate of the house's own authority. */
class BehindProxyTest extends WithLedger {
    private static final String NAME = "platform.hotel.invalid";
    private static final String LOGIN = "hotel:pa$s@/:w rd";

    @TempDir
    static Path house;

    private HttpsServer platform;
    private ConnectProxy proxy;
    private Path authority;

    @BeforeEach
    void start() throws Exception {
        Path store = house.resolve("server.p12");
        Files.deleteIfExists(store);
        ServerCertificate certificate = new ServerCertificate(store, "dns:" + NAME);
        authority = Files.writeString(house.resolve("authority.pem"), certificate.pem());
        platform = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        platform.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
        platform.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            byte[] page = "{\"MessageThreads\":[],\"Cursor\":null}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        platform.start();
        proxy = new ConnectProxy(platform.getAddress().getPort(), LOGIN);
    }

    @AfterEach
    void stop() throws Exception {
        proxy.close();
        platform.stop(0);
    }

    private ConnectorNode node(Map<String, String> more) throws Exception {
        Map<String, String> settings = new HashMap<>(Map.of(
                "threadpost.network.proxy", "http://127.0.0.1:" + proxy.port(),
                "threadpost.network.proxy-username", LOGIN.substring(0, LOGIN.indexOf(':')),
                "threadpost.network.proxy-password", LOGIN.substring(LOGIN.indexOf(':') + 1),
                "threadpost.network.authorities", authority.toString()));
        settings.putAll(more);
        settings.values().removeIf(String::isEmpty);
        return new ConnectorNode(ledger.ledger(), URI.create("https://" + NAME), settings);
    }

    private Exchange call(Map<String, String> more) throws Exception {
        try (ConnectorNode node = node(more)) {
            return node.getAll();
        }
    }

    @Test
    void itIsReachedWithLoginAndAuthority() throws Exception {
        assertThat(ConnectorNode.threads(call(Map.of()))).isEmpty();
        assertThat(proxy.asked()).containsExactly("CONNECT " + NAME + ":443 HTTP/1.1");
    }

    @Test
    void loginMayStandInTheUrl() throws Exception {
        Exchange exchange = call(Map.of(
                "threadpost.network.proxy", "http://hotel:pa%24s%40%2F%3Aw%20rd@127.0.0.1:" + proxy.port(),
                "threadpost.network.proxy-username", "",
                "threadpost.network.proxy-password", ""));

        assertThat(ConnectorNode.threads(exchange)).isEmpty();
    }

    @Test
    void aRouteThatNamesAProxyGoesThroughThatOne() throws Exception {
        try (ConnectProxy other = new ConnectProxy(platform.getAddress().getPort(), "")) {
            Exchange exchange;
            try (ConnectorNode node = node(Map.of())) {
                exchange = node.post(
                        URI.create("https://crm.hotel.invalid"), "&proxyHost=127.0.0.1&proxyPort=" + other.port(), "x");
            }

            // The certificate is the platform's, and so not for this name: but the tunnel is there.
            assertThat(other.asked()).containsExactly("CONNECT crm.hotel.invalid:443 HTTP/1.1");
            assertThat(proxy.asked()).isEmpty();
            assertThat(exchange.getException()).hasMessageContaining("crm.hotel.invalid");
        }
    }

    @Test
    void failureSaysWhatIsUsed() throws Exception {
        String words = "the proxy 127.0.0.1:" + proxy.port() + " (threadpost.network.proxy)";

        assertThat(ConnectorNode.failure(call(Map.of("threadpost.network.authorities", ""))))
                .hasMessageContaining("its certificate is refused: ")
                .hasMessageContaining("(set a custom authority by threadpost.network.authorities), through " + words);

        ConnectorException login =
                ConnectorNode.failure(call(Map.of("threadpost.network.proxy-password", "wrong-one")));
        assertThat(login).hasMessageContaining(words + " refuses the request: 407, it wants a login, or another one");
        assertThat(login.failure()).isEqualTo(ConnectorFailure.UNREACHABLE);

        try (ConnectorNode node = node(Map.of())) {
            for (int status : new int[] {403, 404, 429, 502}) {
                proxy.refuse(status);
                ConnectorException refused = ConnectorNode.failure(node.getAll());
                assertThat(refused).hasMessageContaining(words + " refuses the request: " + status);
                assertThat(refused.failure()).isEqualTo(ConnectorFailure.UNREACHABLE);
            }
            proxy.close();
            assertThat(ConnectorNode.failure(node.getAll())).hasMessageContaining(", through " + words);
        }
    }
}
