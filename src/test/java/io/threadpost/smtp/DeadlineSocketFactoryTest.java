package io.threadpost.smtp;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Properties;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;

import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class DeadlineSocketFactoryTest {
    /** The head of a record of a handshake of 16 kB. */
    private static final byte[] ENDLESS_RECORD = {22, 3, 3, 63, -1};

    private ServerSocket server;

    @BeforeEach
    void open() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    /** Each of its bytes comes long before the client's limit of a read. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aServerThatDripsIsLeftWhenTheTimeIsUp(boolean tls) throws Exception {
        Thread dripping =
                new Thread(() -> drip(tls ? ENDLESS_RECORD : "220-come in\r\n".getBytes(StandardCharsets.US_ASCII)));
        dripping.start();
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.timeout", "20000");
        properties.setProperty("mail.smtp.writetimeout", "20000");
        properties.put("mail.smtp.socketFactory", new DeadlineSocketFactory(Duration.ofMillis(1500)));
        properties.setProperty("mail.smtp.ssl.enable", String.valueOf(tls));
        SMTPTransport transport = new SMTPTransport(
                Session.getInstance(properties),
                new URLName("smtp", "127.0.0.1", server.getLocalPort(), null, null, null));

        assertThatThrownBy(transport::connect)
                .isInstanceOf(MessagingException.class)
                .hasRootCauseInstanceOf(SocketTimeoutException.class)
                .hasRootCauseMessage("not done after 1 s");
        transport.close();
        dripping.join();
    }

    /** Until it is left. */
    private void drip(byte[] first) {
        try (Socket client = server.accept();
                OutputStream out = client.getOutputStream()) {
            out.write(first);
            while (true) {
                Thread.sleep(50);
                out.write("220-wait\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException | InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
