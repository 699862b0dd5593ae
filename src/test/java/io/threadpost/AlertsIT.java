package io.threadpost;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.sandbox.SandboxPlatform;
import io.threadpost.testing.Installation;
import io.threadpost.testing.MailServer;

/** The real program sends a message when something goes down, one when it works again, and none between. */
@Tag("nightly")
class AlertsIT {
    @TempDir
    Path temporary;

    @Test
    void peopleHearOnceThatSomethingIsDownAndOnceThatItWorksAgain() throws Exception {
        List<String> posted = new CopyOnWriteArrayList<>();
        HttpServer webhook = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        webhook.createContext("/hook", exchange -> {
            posted.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        webhook.start();
        SandboxOptions options = new SandboxOptions().threads(20);
        try (MailServer mails = MailServer.started();
                SandboxPlatform refusing = SandboxPlatform.start(options);
                Installation node = Installation.pulling(
                        temporary.resolve("node"),
                        refusing,
                        Map.of(
                                "threadpost.alerts.webhook",
                                "http://127.0.0.1:" + webhook.getAddress().getPort() + "/hook",
                                "threadpost.alerts.to",
                                "night@hotel.example",
                                "threadpost.alerts.from",
                                "alerts@hotel.example",
                                "threadpost.alerts.after",
                                "1s",
                                "threadpost.smtp.host",
                                "127.0.0.1",
                                "threadpost.smtp.port",
                                String.valueOf(mails.port()),
                                "threadpost.smtp.tls",
                                "none"))) {
            refusing.revoke(SandboxOptions.ACCESS_TOKEN, true);
            node.start();
            await("an alert by both ways").atMost(Duration.ofMinutes(3)).untilAsserted(() -> {
                assertThat(posted).hasSize(1);
                assertThat(mails.arrived()).hasSize(1);
            });
            assertThat(posted.get(0)).contains("\"state\":\"down\"", "main");

            assertThat(node.stop()).isIn(0, 143);
            try (SandboxPlatform working = SandboxPlatform.start(new SandboxOptions().threads(20))) {
                node.set("threadpost.connector.address", working.address().toString());
                node.start();
                await("it works again").atMost(Duration.ofMinutes(6)).untilAsserted(() -> {
                    assertThat(posted).hasSize(2);
                    assertThat(mails.arrived()).hasSize(2);
                });
                assertThat(posted.get(1)).contains("\"state\":\"up\"", "main");
                assertThat(node.stop()).isIn(0, 143);
            }
        } finally {
            webhook.stop(0);
        }
    }
}
