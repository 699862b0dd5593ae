package io.threadpost.preview;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import jakarta.mail.internet.InternetAddress;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.threadpost.json.RawJson;
import io.threadpost.mail.mime.MimeMail;
import io.threadpost.mail.mime.MimeReader;
import io.threadpost.sandbox.SandboxBroker;
import io.threadpost.sandbox.SandboxMail;
import io.threadpost.spool.StoredSpools;
import io.threadpost.testing.CannedPlatform;
import io.threadpost.testing.Installation;
import io.threadpost.testing.MailServer;
import io.threadpost.testing.Patience;

/**
 * A preview shows what the packaged program then does with the same threads: each item of each spool, request, file,
 * message, mail, log line and failure. The routes in {@code src/test/resources/preview} use what Camel offers.
 */
@Tag("nightly")
class PreviewFidelityIT {
    private static final Path CASES = Path.of("src/test/resources/preview");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TOKEN = "token-7f3a-of-the-service";
    /** What differs from run to run: ids, numbers of batches, and the time of a tick. */
    private static final Pattern RANDOM = Pattern.compile("(?<=Exchange)\\[[^\\]]*\\]"
            + "|[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9ab][0-9a-f]{3}-(?!0000)[0-9a-f]{12}|(?<==_)[0-9a-f-]{36}"
            + "|(?<=Date: )[^\n]*|\\d+\\. (Februar|November|Dezember) \\d{4}");
    /** Headers that the transport adds, and what is counted or timed. */
    private static final Set<String> PASSING = Set.of(
            "host",
            "connection",
            "user-agent",
            "accept-encoding",
            "content-length",
            "transfer-encoding",
            "threadpostbatch",
            "ThreadpostTick");

    /** What is done once. A request or a log line before a failure comes again when the thread is tried again. */
    private static final Set<String> COUNTED = Set.of("item", "dead");

    private static final CannedPlatform.Answer CLOSED = CannedPlatform.Answer.of(503, "{}");

    @TempDir
    Path temporary;

    @Test
    void programDoesWhatThePreviewShows() throws Exception {
        List<String> threads = new ArrayList<>();
        for (String line : Files.readAllLines(CASES.resolve("threads.json"))) {
            if (line.startsWith("{")) {
                threads.add(line.replaceFirst(",$", ""));
            }
        }
        List<ServiceAnswer> answers = answers();
        AtomicBoolean open = new AtomicBoolean();
        try (CannedPlatform platform = new CannedPlatform(request -> open.get() ? answer(request, threads) : CLOSED);
                RecordingService service = new RecordingService(answers);
                SandboxBroker broker = SandboxBroker.start(temporary.resolve("broker"), null);
                MailServer mails = MailServer.started();
                Installation installation = installation(platform, service, broker, mails, threads)) {
            installation.start();
            Patience.await("all routes run").atMost(Duration.ofMinutes(6)).until(() -> allRoutesRun(installation));
            open.set(true);
            Set<String> previewed = previewed(installation.folder(), threads, answers);
            Set<String> done = new TreeSet<>();
            try {
                Patience.await("everything that the preview shows")
                        .atMost(Duration.ofMinutes(6))
                        .until(() -> {
                            done.clear();
                            done.addAll(done(installation, service, broker, mails, platform));
                            return done.containsAll(previewed);
                        });
            } catch (ConditionTimeoutException e) {
                // The comparison below shows what differs.
            }
            installation.stop();
            done.clear();
            done.addAll(done(installation, service, broker, mails, platform));

            List<String> differences = new ArrayList<>();
            previewed.stream()
                    .filter(line -> !done.contains(line))
                    .forEach(line -> differences.add("shown only: " + line));
            done.stream()
                    .filter(line -> !previewed.contains(line))
                    .forEach(line -> differences.add("done only: " + line));
            assertThat(differences).isEmpty();
        }
    }

    private static boolean allRoutesRun(Installation installation) throws IOException {
        String log = installation.said();
        try (Stream<Path> files = Files.list(installation.folder().resolve("routes"))) {
            return files.allMatch(file -> log.contains("Routes: " + file.getFileName() + ": "));
        }
    }

    private static CannedPlatform.Answer answer(JsonNode request, List<String> threads) {
        if (request.has("OriginalSender") || request.has("MessageThreads")) {
            return CannedPlatform.Answer.of(200, "{\"MessageThreads\":[{\"Id\":\"" + RecordedPlatform.THREAD + "\"}]}");
        }
        JsonNode updated = request.get("UpdatedUtc");
        return CannedPlatform.Answer.page(
                null,
                threads.stream()
                        .filter(thread -> {
                            String time = thread.replaceFirst(".*\"UpdatedUtc\": \"([^\"]*)\".*", "$1");
                            return updated == null
                                    || time.compareTo(updated.get("StartUtc").asText()) >= 0
                                            && time.compareTo(updated.get("EndUtc")
                                                            .asText())
                                                    < 0;
                        })
                        .toArray(String[]::new));
    }

    private static List<ServiceAnswer> answers() {
        return List.of(
                new ServiceAnswer("*/ok?*", "POST", 201, Map.of(), "{\"number\": 42}"),
                new ServiceAnswer("*/missing", "", 404, Map.of(), "{\"error\":\"not here\"}"),
                new ServiceAnswer("*/refused*", "", 400, Map.of(), "{\"error\":\"bad\"}"),
                new ServiceAnswer("*/plain*", "", 202, Map.of("Content-Type", "text/plain; charset=utf-8"), "Grüße"),
                new ServiceAnswer("*/busy", "", 503, Map.of(), ""),
                new ServiceAnswer("*/guests?email=unknown*", "", 404, Map.of(), "{}"),
                new ServiceAnswer("*/guests?*", "", 200, Map.of("X-Extra", "of the service"), "{\"name\":\"Anna Å\"}"));
    }

    private Installation installation(
            CannedPlatform platform,
            RecordingService service,
            SandboxBroker broker,
            MailServer mails,
            List<String> threads)
            throws Exception {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("threadpost.connector.address", platform.address().toString());
        settings.put("threadpost.pull.start", "2026-01-01T00:00:00Z");
        settings.put("threadpost.pull.period", "1h");
        settings.put("threadpost.spool.attempts", "1");
        settings.put("threadpost.routes.fields", "Case, Room, Nights, Price, Guests, Missing");
        settings.put("threadpost.queue.url", broker.url());
        settings.put("threadpost.smtp.host", "127.0.0.1");
        settings.put("threadpost.smtp.port", String.valueOf(mails.port()));
        settings.put("threadpost.smtp.tls", "none");
        settings.put("threadpost.digest.from", "digest@hotel.example");
        settings.put("threadpost.digest.to", "reception@hotel.example");
        settings.put("service.address", service.address());
        settings.put("service.hook", service.address() + "/ok?api-version=2024-05-01&sig=abc%2Bdef");
        settings.put("service.token", TOKEN);
        settings.put("own.folder", "own");
        settings.put("mail.port", String.valueOf(mails.port()));
        Installation installation =
                new Installation(Files.createDirectory(temporary.resolve("installation")), settings);
        Path routes = installation.folder().resolve("routes");
        try (Stream<Path> files = Files.list(CASES.resolve("routes"))) {
            for (Path file : files.toList()) {
                Files.copy(file, routes.resolve(file.getFileName()));
            }
        }
        StringBuilder choice = new StringBuilder();
        Set<String> cases = new TreeSet<>();
        for (String thread : threads) {
            cases.add(JSON.readTree(thread).get("Case").asText());
        }
        for (String name : cases) {
            choice.append(
                    """
                                  - expression: {simple: {expression: "${body[Case]} == '%s'"}}
                                    steps: [{to: {uri: "direct:%s"}}]
                    """
                            .formatted(name, name));
        }
        Files.writeString(
                routes.resolve("route-thread.camel.yaml"),
                """
                - route:
                    id: route-thread
                    description: Each thread to the route of its case.
                    from:
                      uri: direct:route-thread
                      steps:
                        - choice:
                            when:
                """
                        + choice);
        return installation;
    }

    /** The settings of a preview include system properties, and the one of the tests is no setting. */
    private static Set<String> previewed(Path folder, List<String> threads, List<ServiceAnswer> answers)
            throws Exception {
        String executable = System.clearProperty("threadpost.test.executable");
        try {
            return effectsOfPreview(folder, threads, answers);
        } finally {
            if (executable != null) {
                System.setProperty("threadpost.test.executable", executable);
            }
        }
    }

    private static Set<String> effectsOfPreview(Path folder, List<String> threads, List<ServiceAnswer> answers)
            throws Exception {
        Effects effects = new Effects();
        Map<String, String> files = new TreeMap<>();
        try (PreviewFolder previews = new PreviewFolder(folder, folder.resolve("routes"), "prod")) {
            Preview.Result result = previews.with(Map.of())
                    .run(Given.threads(
                            threads.stream()
                                    .map(thread -> new RawJson(thread.getBytes(StandardCharsets.UTF_8)))
                                    .toList(),
                            null,
                            answers));
            for (Passage passage : result.passages()) {
                passage.sent()
                        .forEach(sent -> effects.add("item", sent.spool(), sent.key(), sent.headers(), sent.body()));
                for (Passage.Effect effect : passage.effects()) {
                    Map<String, Object> fields = new LinkedHashMap<>(effect.fields());
                    List.of("level", "id", "contentType").forEach(fields::remove);
                    fields.computeIfPresent("text", (name, text) -> logged(text.toString()));
                    if (effect.kind().equals("file")) {
                        String path = fields.get("path").toString();
                        boolean append = "Append".equals(fields.get("fileExist"));
                        files.merge(
                                path,
                                String.valueOf(fields.get("content")),
                                (before, now) -> append ? before + now : now);
                    } else if (effect.kind().equals("log")
                            && !fields.get("text").toString().contains("case-logged ")) {
                        continue;
                    } else if (effect.kind().equals("mail")) {
                        for (InternetAddress address :
                                InternetAddress.parse(fields.get("to").toString())) {
                            fields.put("to", address.getAddress());
                            effects.add("mail", fields);
                        }
                    } else {
                        effects.add(effect.kind(), fields);
                    }
                }
                boolean unrouted = passage.from().equals("direct:route-thread");
                String spool = unrouted ? "unrouted" : passage.from().replaceFirst("^spool:", "");
                if (passage.consequence().startsWith("the spool pauses")) {
                    effects.add("pause", spool, passage.failure());
                } else if (unrouted && !passage.failure().isEmpty()
                        || passage.consequence().contains("is dead")) {
                    passage.keys().forEach(key -> effects.add("dead", spool, key, passage.failure()));
                }
                passage.rejected()
                        .forEach((item, why) ->
                                effects.add("dead", spool, passage.keys().get(item), why));
            }
        }
        files.forEach((path, content) -> effects.add("file", Map.of("path", path, "content", content)));
        return effects.all;
    }

    private static Set<String> done(
            Installation installation,
            RecordingService service,
            SandboxBroker broker,
            MailServer mails,
            CannedPlatform platform)
            throws Exception {
        Effects effects = new Effects();
        StoredSpools spools =
                StoredSpools.in("jdbc:sqlite:" + installation.folder().resolve("state/ledger.db"));
        EffectRecorder texts = new EffectRecorder(Set.of());
        spools.sent().stream().filter(sent -> !sent.spool().equals("unrouted")).forEach(sent -> {
            Map<String, Object> headers = new LinkedHashMap<>();
            sent.item().headers().forEach((name, value) -> headers.put(name, texts.text(value)));
            effects.add(
                    "item",
                    sent.spool(),
                    sent.item().key(),
                    headers,
                    texts.text(sent.item().body()));
        });
        spools.failed().forEach(failed -> effects.add("dead", failed.spool(), failed.key(), failed.error()));
        spools.pauses().forEach((spool, reason) -> effects.add("pause", spool, reason));
        service.requests().forEach(request -> effects.add("http", request));
        for (String top : List.of("out", "own")) {
            Path folder = installation.folder().resolve(top);
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.walk(folder)) {
                    for (Path file : files.filter(Files::isRegularFile).toList()) {
                        effects.add(
                                "file",
                                Map.of(
                                        "path",
                                                installation
                                                        .folder()
                                                        .relativize(file)
                                                        .toString(),
                                        "content", texts.text(Files.readAllBytes(file))));
                    }
                }
            }
        }
        for (SandboxMail.Arrived arrived : mails.deliveries()) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            arrived.mail().writeTo(bytes);
            MimeMail mail = MimeReader.read(new ByteArrayInputStream(bytes.toByteArray()), Instant.EPOCH);
            effects.add(
                    "mail",
                    Map.of(
                            "from", mail.fromText(),
                            "to", arrived.recipient(),
                            "subject", mail.subject(),
                            "headers", RecordedMail.headers(mail),
                            "text", mail.text()));
        }
        messages(broker.url()).forEach(message -> effects.add("message", message));
        for (JsonNode request : platform.requests()) {
            if (request.has("OriginalSender")) {
                effects.add(
                        "thread",
                        Map.of(
                                "connection", "main",
                                "sender", request.get("OriginalSender").asText(),
                                "subject", request.get("Subject").asText()));
            }
        }
        installation
                .said()
                .lines()
                .filter(line -> line.contains("case-logged "))
                .forEach(line -> effects.add("log", Map.of("text", logged(line))));
        return effects.all;
    }

    private static String logged(String line) {
        return line.replaceFirst(".*?case-logged", "case-logged");
    }

    private static List<Map<String, Object>> messages(String url) throws JMSException {
        List<Map<String, Object>> messages = new ArrayList<>();
        try (Connection connection = new JmsConnectionFactory(url).createConnection()) {
            connection.start();
            Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
            for (String queue : List.of("threads", "typed")) {
                Enumeration<?> browsed =
                        session.createBrowser(session.createQueue(queue)).getEnumeration();
                while (browsed.hasMoreElements()) {
                    Message message = (Message) browsed.nextElement();
                    Map<String, Object> properties = new TreeMap<>();
                    for (Object name : Collections.list(message.getPropertyNames())) {
                        if (!name.toString().startsWith("JMSX")) {
                            properties.put(name.toString(), message.getObjectProperty(name.toString()));
                        }
                    }
                    Map<String, Object> fields = new LinkedHashMap<>();
                    fields.put("destination", "queue:" + queue);
                    fields.put("properties", properties);
                    if (message.getJMSType() != null) {
                        fields.put("type", message.getJMSType());
                    }
                    if (message.getJMSCorrelationID() != null) {
                        fields.put("correlationId", message.getJMSCorrelationID());
                    }
                    fields.put("body", body(message));
                    messages.add(fields);
                }
            }
        }
        return messages;
    }

    private static Object body(Message message) throws JMSException {
        return message instanceof MapMessage
                ? message.getBody(Map.class)
                : message instanceof TextMessage ? message.getBody(String.class) : message.getBody(byte[].class);
    }

    /** Effects as lines to compare. */
    private static final class Effects {
        private final EffectRecorder texts = new EffectRecorder(Set.of(TOKEN, "abc%2Bdef"));
        private final Set<String> all = new TreeSet<>();
        private final Map<String, Integer> counts = new HashMap<>();

        void add(String kind, Object... parts) {
            if (!kind.equals("call")) {
                // The names of HTTP headers have no case.
                String line = kind + " "
                        + Stream.of(parts)
                                .map(part -> text(part, kind.equals("http")))
                                .toList();
                int times = counts.merge(line, 1, Integer::sum);
                all.add(COUNTED.contains(kind) && times > 1 ? line + " again " + times : line);
            }
        }

        private String text(Object part, boolean lower) {
            if (part instanceof Map<?, ?> map) {
                Map<String, String> fields = new TreeMap<>();
                map.forEach((name, value) -> {
                    String field = lower ? name.toString().toLowerCase(Locale.ROOT) : name.toString();
                    if (value != null && !field.equals("answer") && !PASSING.contains(field)) {
                        fields.put(field, text(value, lower));
                    }
                });
                return fields.toString();
            }
            String shown = texts.text(part instanceof byte[] ? part : String.valueOf(part));
            return RANDOM.matcher(shown.replace("\r\n", "\n")).replaceAll("…");
        }
    }
}
