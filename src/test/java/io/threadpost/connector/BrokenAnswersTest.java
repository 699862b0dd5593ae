package io.threadpost.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.HttpServer;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.threadpost.ledger.WithLedger;
import io.threadpost.sandbox.Chance;
import io.threadpost.sandbox.FaultKind;
import io.threadpost.sandbox.Faults;
import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.sandbox.SandboxPlatform;
import io.threadpost.testing.Installation;

/** Calls whose answer does not come whole. */
class BrokenAnswersTest extends WithLedger {
    private static final Duration SLOW = Duration.ofSeconds(20);

    @ParameterizedTest
    @EnumSource(names = {"RESET", "TRUNCATED_BODY", "SLOW_BODY", "LATENCY"})
    void aBrokenAnswerIsNoAnswerInTimeAndTheNextCallIsFine(FaultKind fault) throws Exception {
        SandboxOptions options = new SandboxOptions()
                .threads(10)
                .faults(Faults.none()
                        .slowBody(SLOW)
                        .latency(SLOW, Duration.ZERO)
                        .with(fault, Chance.ALWAYS));
        try (SandboxPlatform platform = SandboxPlatform.start(options);
                ConnectorNode node = new ConnectorNode(
                        ledger.ledger(),
                        platform.address(),
                        Map.of("threadpost.connector.response-timeout", "500ms"))) {
            long began = System.nanoTime();
            Exchange exchange = node.getAll();

            assertThat(ConnectorNode.failure(exchange).failure()).isEqualTo(ConnectorFailure.NO_ANSWER);
            assertThat(ConnectorNode.failure(exchange)).hasNoCause();
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(SLOW.dividedBy(2));
            assertThat(exchange.getMessage().getBody(String.class)).isNull();
            assertThat(exchange.getException().getMessage()).doesNotContain("\n");
            platform.setFaults(Faults.none());
            assertThat(ConnectorNode.threads(node.getAll())).isEmpty();
        }
    }

    @Test
    void anAnswerThatDripsIsNoAnswerInTime() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        CountDownLatch over = new CountDownLatch(1);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            try {
                while (!over.await(100, TimeUnit.MILLISECONDS)) {
                    exchange.getResponseBody().write(' ');
                    exchange.getResponseBody().flush();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
        try (ConnectorNode node = new ConnectorNode(
                ledger.ledger(),
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                Map.of("threadpost.connector.response-timeout", "500ms"))) {
            long began = System.nanoTime();

            assertThat(ConnectorNode.failure(node.getAll()).failure()).isEqualTo(ConnectorFailure.NO_ANSWER);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(SLOW.dividedBy(2));
        } finally {
            over.countDown();
            server.stop(0);
        }
    }

    @Test
    void aPlatformThatIsNotThereIsUnreachable() throws Exception {
        URI nobody = URI.create("http://127.0.0.1:" + Installation.freePort());
        try (ConnectorNode node = new ConnectorNode(ledger.ledger(), nobody, Map.of())) {
            Exchange exchange = node.getAll();

            assertThat(ConnectorNode.failure(exchange).failure()).isEqualTo(ConnectorFailure.UNREACHABLE);
            assertThat(exchange.getMessage().getBody(String.class)).isNull();
        }
    }

    @Test
    void aPlatformWithoutANameIsUnreachable() throws Exception {
        try (ConnectorNode node = new ConnectorNode(ledger.ledger(), URI.create("http://nobody.invalid"), Map.of())) {
            assertThat(ConnectorNode.failure(node.getAll()).failure()).isEqualTo(ConnectorFailure.UNREACHABLE);
        }
    }
}
