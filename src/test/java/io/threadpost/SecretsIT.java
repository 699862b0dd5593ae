package io.threadpost;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.threadpost.sandbox.Chance;
import io.threadpost.sandbox.FaultKind;
import io.threadpost.sandbox.Faults;
import io.threadpost.sandbox.RetryAfterForm;
import io.threadpost.sandbox.SandboxBroker;
import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.sandbox.SandboxPlatform;
import io.threadpost.testing.Endpoint;
import io.threadpost.testing.Installation;
import io.threadpost.testing.KafkaServer;
import io.threadpost.testing.RawRequest;

/**
 * The real program with everything logged that can be, on a platform that fails: no secret is found in anything it
 * leaves.
 */
@Proves(Promise.SECRETS_STAY_INSIDE)
class SecretsIT {
    private static final String CLIENT = "Canary/Client+7f3a=9921\"quoted";
    /** The only one of the platform's senders that is an address: the others are names, of which nobody is known. */
    private static final String SENDER = "booking@guest.example";

    private static final String GOOD = "Canary/Good+41c8&main=5532";
    private static final String WRONG = "Canary/Wrong+90be?other=7714";
    private static final String PASSWORD = "Canary/Ledger+c2d7#pass=3345";
    private static final String QUEUE = "Canary/Queue+d3e9$$${x}\\#é=6612";
    private static final String KAFKA = "Canary/Kafka+e4f0$$${x}\\\"'#é=8821";
    private static final String HOOK = "Canary/Hook-b1d7=3391";
    private static final List<String> SECRETS = List.of(CLIENT, GOOD, WRONG, PASSWORD, QUEUE, KAFKA, HOOK);

    @TempDir
    Path temporary;

    private static Map<String, String> settings(
            SandboxPlatform platform, SandboxBroker broker, KafkaServer kafka, int port) {
        Map<String, String> settings = settings(platform, port);
        settings.put("threadpost.queue.url", broker.url() + "?amqp.traceFrames=true");
        settings.put("threadpost.queue.username", SandboxBroker.USER);
        settings.put("threadpost.queue.password", QUEUE.replace("\\", "\\\\"));
        settings.put("quarkus.log.category.\"org.apache.qpid\".level", "TRACE");
        settings.put("quarkus.log.category.\"org.apache.qpid.jms.JmsConnection\".level", "TRACE");
        settings.put("quarkus.log.category.\"org.apache.qpid.jms.provider\".level", "TRACE");
        settings.put("threadpost.kafka.brokers", kafka.brokers());
        settings.put("threadpost.kafka.username", KafkaServer.USER);
        settings.put("threadpost.kafka.password", KAFKA.replace("\\", "\\\\"));
        settings.put("quarkus.log.category.\"org.apache.kafka\".level", "TRACE");
        settings.put("quarkus.log.category.\"org.apache.kafka.clients\".level", "TRACE");
        return settings;
    }

    private static Map<String, String> settings(SandboxPlatform platform, int port) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("threadpost.connector.address", platform.address().toString());
        settings.put("threadpost.connector.client-token", CLIENT);
        settings.put("threadpost.connector.response-timeout", "2s");
        settings.put("threadpost.connections.main.access-token", GOOD);
        settings.put("threadpost.connections.wrong.access-token", WRONG);
        settings.put("threadpost.pull.period", "1s");
        settings.put("threadpost.pull.settle", "0s");
        settings.put("threadpost.pull.page-size", "20");
        settings.put("quarkus.management.port", String.valueOf(port));
        settings.put("quarkus.log.level", "TRACE");
        settings.put("quarkus.log.category.\"org.apache.hc\".level", "TRACE");
        settings.put("quarkus.log.category.\"org.apache.camel\".level", "TRACE");
        settings.put("quarkus.log.console.level", "TRACE");
        settings.put("quarkus.log.file.enabled", "true");
        settings.put("quarkus.log.file.level", "TRACE");
        settings.put("quarkus.log.file.path", "file.log");
        return settings;
    }

    private static SandboxPlatform platform() {
        return SandboxPlatform.start(new SandboxOptions()
                .clientToken(CLIENT)
                .accessTokens(Map.of(GOOD, Set.of(SandboxOptions.ENTERPRISE)))
                .threads(200)
                .growth(5, 5)
                .faults(Faults.none()
                        .retryAfter(Duration.ofSeconds(1), RetryAfterForm.SECONDS)
                        .with(FaultKind.INVALID_CURSOR, Chance.every(5))
                        .with(FaultKind.TOO_MANY_REQUESTS, Chance.at(4))
                        .with(FaultKind.SERVER_ERROR, Chance.at(6))
                        .with(FaultKind.RESET, Chance.at(8))
                        .with(FaultKind.TRUNCATED_BODY, Chance.at(9))
                        .with(FaultKind.HTML_PAGE, Chance.at(11))));
    }

    @Test
    void noSecretIsFoundInAnythingTheProgramLeaves() throws Exception {
        int port = Installation.freePort();
        Path folder = Files.createDirectory(temporary.resolve("installation"));
        Endpoint endpoint = new Endpoint(URI.create("http://127.0.0.1:" + port + "/observe"));
        List<String> pages = new ArrayList<>();
        int main = Installation.freePort();
        BlockingQueue<String> alerts = new LinkedBlockingQueue<>();
        HttpServer webhook = webhook(alerts);
        try (SandboxPlatform platform = platform();
                SandboxBroker broker = SandboxBroker.start(null, QUEUE);
                KafkaServer kafka = KafkaServer.start(temporary.resolve("kafka"), KAFKA, null);
                Installation installation = new Installation(folder, settings(platform, broker, kafka, port))) {
            installation.set("quarkus.http.port", String.valueOf(main));
            installation.set(
                    "threadpost.alerts.webhook",
                    "http://127.0.0.1:" + webhook.getAddress().getPort() + "/" + HOOK);
            kafka.topic("threadpost");
            installation.edit(
                    "route-thread.camel.yaml",
                    "            uri: spool:files\n",
                    "            uri: spool:kafka\n        - to:\n            uri: spool:files\n");
            installation.edit("route-thread.camel.yaml", "${body[Subject]} ~~ 'group booking'", "${body[Id]} != null");
            installation.start();
            await("work done and failures met")
                    .atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(() -> {
                        assertThat(installation.runs()).isTrue();
                        assertThat(platform.requests())
                                .extracting(request -> request.status())
                                .contains(0, 200, 400, 401, 429);
                        assertThat(installation.files(".json")).hasSizeGreaterThan(200);
                        assertThat(broker.messages("threads")).isGreaterThan(200);
                    });
            assertThat(kafka.records("threadpost", 200)).isNotEmpty();
            for (String path : List.of("/health", "/health/ready", "/metrics")) {
                pages.add(endpoint.get(path).body());
            }
            pages.addAll(operated(URI.create("http://127.0.0.1:" + main), installation));
            assertThat(alerts).anyMatch(alert -> alert.contains("test"));
            // While it runs, the ledger's log holds what the file does not yet.
            withoutSecrets(folder.resolve("state"));
            assertThat(installation.stop()).isIn(0, 143);

            // The wire log shows requests: without redaction the tokens would stand there.
            Pattern request = Pattern.compile("http-outgoing-\\d+ >> .*ClientToken.*\\*\\*\\*.*AccessToken.*\\*\\*\\*");
            assertThat(Files.readString(installation.log()))
                    .containsPattern(request)
                    .containsPattern("SaslInit.*\\*\\*\\*");
            withoutSecrets(installation.log());
            // A file is as large as it may be after some seconds, and another one begins.
            StringBuilder written = new StringBuilder();
            try (Stream<Path> rotated = Files.list(folder)) {
                for (Path log : rotated.filter(
                                file -> file.getFileName().toString().startsWith("file.log"))
                        .toList()) {
                    written.append(Files.readString(log));
                    withoutSecrets(log);
                }
            }
            assertThat(written).containsPattern(request);
            withoutSecrets(folder.resolve("state"));
            withoutSecrets(folder.resolve("out"));
            assertThat(pages).noneMatch(String::isBlank);
            pages.forEach(page -> withoutSecrets(page.getBytes(StandardCharsets.UTF_8), "a page"));
        } finally {
            webhook.stop(0);
        }
    }

    private static HttpServer webhook(BlockingQueue<String> alerts) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/" + HOOK, exchange -> {
            alerts.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    /** @return what page, API and commands show; files that commands write are looked at here */
    private List<String> operated(URI address, Installation installation) throws Exception {
        List<String> shown = new ArrayList<>();
        RawRequest api = RawRequest.to(address).header("Content-Type: application/json");
        assertThat(api.post("/api/routes/to-files/trace", "{\"exchanges\":5,\"bodies\":true}")
                        .status())
                .isEqualTo(200);
        JsonNode thread =
                new ObjectMapper().readTree(installation.files(".json").get(0).toFile());
        String id = thread.path("Id").asText();
        await().untilAsserted(() -> assertThat(
                        RawRequest.to(address).get("/api/routes/to-files/trace").body())
                .contains("ref:writeFiles"));
        List<String> paths = new ArrayList<>(List.of(
                "/",
                "/system",
                "/backfills",
                "/audit",
                "/journeys?sender=a",
                "/journeys/" + id,
                "/routes/to-files.camel.yaml",
                "/api/routes/to-files",
                "/api/routes/to-files/trace",
                "/api/route-files/to-files.camel.yaml/versions",
                "/api/journeys/" + id));
        JsonNode all = RawRequest.to(address).get("/api/openapi").json().path("paths");
        all.fieldNames().forEachRemaining(path -> {
            if (!path.contains("{") && all.path(path).has("get")) {
                paths.add(path);
            }
        });
        for (String path : paths) {
            RawRequest.Answer answer = RawRequest.to(address).get(path);
            assertThat(answer.status()).as(path).isLessThan(500);
            shown.add(answer.body());
        }
        shown.add(api.post("/api/examples", "{\"id\":\"" + id + "\"}").body());
        assertThat(api.post("/api/alerts/test", "{}").body()).contains("\"sent\":[\"webhook\"]");
        assertThat(installation.command("why", id)).isZero();
        assertThat(installation.command("person", SENDER)).isZero();
        assertThat(installation.command("export", SENDER, "../person.zip")).isZero();
        assertThat(installation.command("backup", "../backup.db")).isZero();
        withoutSecrets(temporary.resolve("backup.db"));
        try (ZipFile archive = new ZipFile(temporary.resolve("person.zip").toFile())) {
            assertThat(archive.size()).isPositive();
            for (ZipEntry entry : Collections.list(archive.entries())) {
                withoutSecrets(archive.getInputStream(entry).readAllBytes(), entry.getName());
            }
        }
        assertThat(installation.said()).contains("threadpost: exported to ../person.zip", SENDER + ": ", id);
        return shown;
    }

    @Test
    void aBadSettingWithASecretInItIsSaidWithoutIt() throws Exception {
        Path folder = Files.createDirectory(temporary.resolve("installation"));
        try (SandboxPlatform platform = platform()) {
            Map<String, String> settings = settings(platform, Installation.freePort());
            settings.put("threadpost.connector.address", "https://user:" + PASSWORD + "@127.0.0.1");
            settings.put("threadpost.pull.page-size", GOOD);
            settings.put("threadpost.ledger.password", PASSWORD + "\\n");
            settings.put("threadpost.ledger.url", "jdbc:postgresql://localhost/db?password=" + PASSWORD);
            settings.put("threadpost.connections.main.acces-token", GOOD);
            settings.put("threadpost.connector.client-token", CLIENT + "\\n");
            try (Installation installation = new Installation(folder, settings)) {
                installation.start();
                await().atMost(Duration.ofMinutes(1)).until(() -> !installation.runs());

                assertThat(installation.said())
                        .contains("threadpost.connector.address", "threadpost.pull.page-size", "threadpost.ledger.url");
                withoutSecrets(installation.log());
            }
        }
    }

    private static void withoutSecrets(Path file) throws IOException {
        try (Stream<Path> files = Files.walk(file)) {
            for (Path each : files.filter(Files::isRegularFile).toList()) {
                withoutSecrets(Files.readAllBytes(each), each.toString());
            }
        }
    }

    private static void withoutSecrets(byte[] content, String where) {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        for (String secret : SECRETS) {
            byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
            Base64.Encoder encoder = Base64.getEncoder().withoutPadding();
            String core = secret.substring(secret.indexOf('/') + 1, secret.indexOf('='));
            for (String form : List.of(
                    secret,
                    core,
                    secret.replace("\"", "\\\""),
                    secret.replace("\\", "\\\\").replace("\"", "\\\""),
                    URLEncoder.encode(secret, StandardCharsets.UTF_8),
                    URLEncoder.encode(core, StandardCharsets.UTF_8),
                    encoder.encodeToString(bytes),
                    Base64.getUrlEncoder().withoutPadding().encodeToString(bytes))) {
                // Not by an assertion on the text, which would print all of it.
                assertThat(text.indexOf(form)).as("%s in %s", form, where).isNegative();
            }
        }
    }
}
