package io.threadpost.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.threadpost.alert.AlertMessage.Change;
import io.threadpost.network.HttpAccess;
import io.threadpost.secrets.RunTimeSecrets;
import io.threadpost.settings.Settings;
import io.threadpost.settings.TestSettings;
import io.threadpost.smtp.SendMail;
import io.threadpost.testing.MailServer;

/** What arrives at a webhook and in a mailbox. */
class AlertChannelsTest {
    private static final Instant SINCE = Instant.parse("2026-11-28T09:00:00Z");
    private static final AlertMessage MESSAGE = new AlertMessage(
            List.of(
                    new Change(true, "threadpost-spools", "files", "holds \"5\" <items>\nand more", SINCE, SINCE),
                    new Change(false, "threadpost-access", "main", "401", SINCE, SINCE.plusSeconds(60))),
            false);

    @TempDir
    Path folder;

    private final BlockingQueue<String> bodies = new LinkedBlockingQueue<>();
    private volatile int status = 200;
    private HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aWebhookGetsEverythingAsJson() throws Exception {
        webhook(Optional.empty()).send(MESSAGE, "1");

        var json = new ObjectMapper().readTree(bodies.take());
        assertThat(json.path("title").asText()).isEqualTo("Threadpost: 1 problem, 1 solved");
        assertThat(json.path("text").asText())
                .contains("DOWN: Spool files holds \"5\" <items>\nand more (since 2026-11-28T09:00:00Z)")
                .contains("Check its target")
                .contains("UP: Access of connection main works again, after 1 min");
        assertThat(json.path("changes").get(1).path("state").asText()).isEqualTo("up");
    }

    @Test
    void aTemplateMakesItsOwnJsonWhateverTheTextHolds() throws Exception {
        Path template = Files.writeString(
                folder.resolve("teams.json"),
                "{\"body\":[{\"type\":\"TextBlock\",\"text\":\"*{title}* {text}\",\"wrap\":true}]}");

        webhook(Optional.of(template)).send(MESSAGE, "1");

        var block = new ObjectMapper().readTree(bodies.take()).path("body").get(0);
        assertThat(block.path("text").asText())
                .startsWith("*Threadpost: 1 problem, 1 solved* DOWN: Spool files holds \"5\"");
        assertThat(block.path("wrap").asBoolean()).isTrue();
    }

    @Test
    void aRefusalSaysSoWithoutTheAddress() {
        status = 403;
        assertThatThrownBy(() -> webhook(Optional.empty()).send(MESSAGE, "1"))
                .isInstanceOf(IOException.class)
                .hasMessage("the webhook at 127.0.0.1 answers 403");
        server.stop(0);
        assertThatThrownBy(() -> webhook(Optional.empty()).send(MESSAGE, "1"))
                .hasMessageContaining("cannot be reached")
                .hasMessageNotContaining("T0KEN");
        assertThatThrownBy(
                        () -> webhook(Optional.of(folder.resolve("none.json"))).send(MESSAGE, "1"))
                .hasMessageContaining("threadpost.alerts.webhook-template")
                .hasMessageContaining("cannot be read");
    }

    @Test
    void aMailIsSentAndAServerThatIsDownIsAFailure() throws Exception {
        try (MailServer mails = MailServer.started()) {
            Settings settings = settings(Map.of(
                    "threadpost.smtp.host", "127.0.0.1",
                    "threadpost.smtp.port", String.valueOf(mails.port()),
                    "threadpost.smtp.tls", "none",
                    "threadpost.alerts.from", "Threadpost <alerts@hotel.example>",
                    "threadpost.alerts.to", "night@hotel.example, Ops <ops@hotel.example>"));
            SendMail sendMail = new SendMail(
                    settings, folder, new RunTimeSecrets(), new HttpAccess(settings.network()), Duration.ofSeconds(5));
            MailChannel channel = new MailChannel(
                    sendMail, new InternetAddress("alerts@hotel.example"), new InternetAddress("night@hotel.example"));

            channel.send(MESSAGE, "7-9");

            MimeMessage mail = mails.arrived().get(0);
            assertThat(mail.getSubject()).isEqualTo("Threadpost: 1 problem, 1 solved");
            assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
            assertThat(MailServer.text(mail)).contains("DOWN: Spool files").contains("&lt;items&gt;");
            mails.stop();
            assertThatThrownBy(() -> channel.send(MESSAGE, "10-10"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("mail server 127.0.0.1");
        }
    }

    private WebhookChannel webhook(Optional<Path> template) {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/services/T0KEN");
        return new WebhookChannel(url, new HttpAccess(settings(Map.of()).network()), template);
    }

    private static Settings settings(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(Map.of(
                "threadpost.connector.address", "http://localhost:1",
                "threadpost.connector.client-token", "client-token",
                "threadpost.connections.main.access-token", "access-token"));
        all.putAll(more);
        return TestSettings.of(all);
    }
}
