package io.threadpost.queue;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.apache.activemq.artemis.spi.core.remoting.Acceptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.threadpost.ledger.Dialect;
import io.threadpost.ledger.LedgerFixture;
import io.threadpost.sandbox.SandboxBroker;
import io.threadpost.testing.ServerCertificate;

/** A real broker behind TLS: what is sent when all is right, and what is said when it is not. */
class QueueEncryptionTest {
    private static final String TRUST_STORE = "javax.net.ssl.trustStore";
    private static final String TRUST_PASSWORD = "javax.net.ssl.trustStorePassword";

    @TempDir
    Path folder;

    private LedgerFixture ledger;
    private SandboxBroker broker;

    @BeforeEach
    void open() {
        ledger = LedgerFixture.create(Dialect.SQLITE, folder);
        broker = SandboxBroker.start(null, null);
    }

    @AfterEach
    void close() {
        System.clearProperty(TRUST_STORE);
        System.clearProperty(TRUST_PASSWORD);
        broker.close();
        ledger.close();
    }

    @Test
    void messagesTravelEncrypted() throws Exception {
        ServerCertificate its = certificate("its", "ip:127.0.0.1");
        try (QueueNode node = node("amqps", encrypted(its), its)) {
            node.put(List.of(Threads.json("1")));

            await().until(() -> broker.messages("threads") == 1);
        }
    }

    @Test
    void certificateThatNobodyVouchesForIsRefused() throws Exception {
        int port = encrypted(certificate("its", "ip:127.0.0.1"));

        assertWaits("amqps", port, certificate("another", "ip:127.0.0.1"), "its certificate is refused: ");
    }

    @Test
    void certificateOfAnotherServerIsRefused() throws Exception {
        ServerCertificate its = certificate("its", "dns:elsewhere.example");

        assertWaits("amqps", encrypted(its), its, "its certificate is refused: No subject alternative names");
    }

    @Test
    void noEncryptionWhereItIsWanted() throws Exception {
        ServerCertificate its = certificate("its", "ip:127.0.0.1");

        assertWaits("amqp", encrypted(its), its, "it does not answer in time");
    }

    private void assertWaits(String scheme, int port, ServerCertificate trusted, String reason) throws Exception {
        try (QueueNode node = node(scheme, port, trusted)) {
            node.put(List.of(Threads.json("1")));

            await().until(() -> ledger.rows("SELECT reason FROM spool_pause").size() == 1);
            assertThat(ledger.rows("SELECT reason FROM spool_pause").get(0)).startsWith(reason);
            assertThat(ledger.rows("SELECT id FROM spool_parcel WHERE attempts > 0 OR state = 'dead'"))
                    .isEmpty();
        }
    }

    private QueueNode node(String scheme, int port, ServerCertificate trusted) throws Exception {
        System.setProperty(TRUST_STORE, trusted.file().toString());
        System.setProperty(TRUST_PASSWORD, ServerCertificate.PASSWORD);
        return new QueueNode(ledger.ledger(), Map.of("threadpost.queue.url", scheme + "://127.0.0.1:" + port)).start();
    }

    private ServerCertificate certificate(String name, String names) throws Exception {
        return new ServerCertificate(folder.resolve(name + ".p12"), names);
    }

    /**
     * Opens another port of the broker, with TLS.
     *
     * @return the port
     */
    private int encrypted(ServerCertificate certificate) throws Exception {
        int port = freePort();
        Acceptor acceptor = broker.server()
                .getRemotingService()
                .createAcceptor(
                        "tls",
                        "tcp://127.0.0.1:" + port + "?protocols=AMQP;sslEnabled=true;keyStorePath=" + certificate.file()
                                + ";keyStorePassword=" + ServerCertificate.PASSWORD);
        acceptor.start();
        return port;
    }

    @ParameterizedTest
    @CsvSource({"amqp, it does not speak AMQP 1.0 at this port", "amqps, it speaks no TLS at this port"})
    void somebodyWhoIsNoBroker(String scheme, String reason) throws Exception {
        try (ServerSocket other = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread talker = new Thread(() -> greet(other));
            talker.setDaemon(true);
            talker.start();

            assertWaits(scheme, other.getLocalPort(), certificate("its", "ip:127.0.0.1"), reason);
        }
    }

    private static void greet(ServerSocket server) {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                client.getOutputStream().write("220 mail.hotel.example ESMTP\r\n".getBytes(StandardCharsets.US_ASCII));
                client.getOutputStream().flush();
                client.getInputStream().transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                // The next one, unless the server is closed.
            }
        }
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
