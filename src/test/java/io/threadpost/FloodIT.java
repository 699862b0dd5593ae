package io.threadpost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;

import org.apache.qpid.jms.JmsConnectionFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.threadpost.sandbox.SandboxBroker;
import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.sandbox.SandboxPlatform;
import io.threadpost.testing.Installation;
import io.threadpost.testing.ModelImapServer;

/**
 * A flood at one entrance, with a heap of 128 MB and the platform's own limit: memory stays flat, health answers, and
 * other mailboxes and the pull keep their pace. Smaller: {@code -Dthreadpost.test.mails=},
 * {@code -Dthreadpost.test.messages=}, {@code -Dthreadpost.test.minutes=}.
 */
@Proves(Promise.MEMORY_STAYS_FLAT)
@Tag("nightly")
class FloodIT {
    private static final int MAILS = Integer.getInteger("threadpost.test.mails", 100_000);
    private static final int MESSAGES = Integer.getInteger("threadpost.test.messages", 1_000_000);
    private static final Duration WATCHED = Duration.ofMinutes(Integer.getInteger("threadpost.test.minutes", 5));
    private static final String QUEUE = "threads-to-add";
    private static final Pattern AFTER_COLLECTION = Pattern.compile("->(\\d+)M\\(");
    private static final Pattern AGE = Pattern.compile("threadpost_pull_age_seconds\\{[^}]*} (\\S+)");

    @TempDir
    Path temporary;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Long> healthMillis = new ArrayList<>();
    private final List<Double> ages = new ArrayList<>();
    private final Map<String, Instant> sent = new HashMap<>();
    private final List<Duration> latencies = new ArrayList<>();
    private final int management = Installation.freePort();

    @Test
    void aFloodedMailboxHoldsUpNothingElse() throws Exception {
        try (SandboxPlatform platform = SandboxPlatform.start(new SandboxOptions().growth(1, 0));
                ModelImapServer flooded = new ModelImapServer();
                ModelImapServer other = new ModelImapServer();
                Installation installation = installation(platform, mailboxes(flooded.port(), other.port()))) {
            for (int i = 0; i < MAILS; i++) {
                flooded.put("INBOX", mail("flood " + i), Instant.now());
            }
            watch(installation, platform, other);
        }
    }

    @Test
    void aFloodedQueueHoldsUpNothingElse() throws Exception {
        try (SandboxBroker broker = SandboxBroker.start(null, null);
                SandboxPlatform platform = SandboxPlatform.start(new SandboxOptions().growth(1, 0));
                ModelImapServer other = new ModelImapServer()) {
            Map<String, String> settings = mailboxes(0, other.port());
            settings.put("threadpost.queue.url", broker.url());
            settings.put("threadpost.queue.inbound", QUEUE);
            try (Installation installation = installation(platform, settings)) {
                send(broker);
                watch(installation, platform, other);
            }
        }
    }

    private Installation installation(SandboxPlatform platform, Map<String, String> more) throws IOException {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("threadpost.connector.limit.requests", "200");
        settings.put("quarkus.management.port", String.valueOf(management));
        return Installation.pulling(temporary.resolve("installation"), platform, settings)
                .jvm("-Xmx128m")
                .jvm("-Xlog:gc:file=" + temporary.resolve("gc.log"));
    }

    /** Sends a guest's mail each five seconds, and looks at all that must not suffer. */
    private void watch(Installation installation, SandboxPlatform platform, ModelImapServer other) throws Exception {
        installation.start();
        installation.awaitUp();
        long end = System.nanoTime() + WATCHED.toNanos();
        for (int second = 0; System.nanoTime() < end; second++) {
            if (second % 5 == 0
                    && System.nanoTime() < end - Duration.ofMinutes(1).toNanos()) {
                String subject = "guest " + second;
                sent.put(subject, Instant.now());
                other.put("INBOX", mail(subject), Instant.now());
            }
            arrived(platform);
            look();
            Thread.sleep(1000);
        }
        List<Integer> heaps = heaps();
        assertThat(installation.stop()).isIn(0, 143);
        assertThat(Files.readString(installation.log())).doesNotContain("OutOfMemoryError");
        assertThat(sent)
                .as("mails of guests that are no threads after a minute")
                .isEmpty();
        assertThat(latencies).allSatisfy(latency -> assertThat(latency).isLessThan(Duration.ofMinutes(1)));
        assertThat(healthMillis.subList(10, healthMillis.size()))
                .allSatisfy(millis -> assertThat(millis).isLessThan(2_000));
        assertThat(ages.subList(10, ages.size()))
                .allSatisfy(age -> assertThat(age).isLessThan(35));
        assertThat(Collections.max(heaps))
                .as("MB after each collection: %s", heaps)
                .isLessThan(96);
    }

    private void arrived(SandboxPlatform platform) {
        Set<String> subjects = new HashSet<>(platform.subjects());
        sent.entrySet().removeIf(guest -> {
            boolean there = subjects.contains(guest.getKey());
            if (there) {
                latencies.add(Duration.between(guest.getValue(), Instant.now()));
            }
            return there;
        });
    }

    private void look() throws Exception {
        long began = System.nanoTime();
        get("/observe/health");
        healthMillis.add(Duration.ofNanos(System.nanoTime() - began).toMillis());
        Matcher age = AGE.matcher(get("/observe/metrics"));
        if (age.find()) {
            ages.add(Double.valueOf(age.group(1)));
        }
    }

    private String get(String path) throws Exception {
        return http.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + management + path))
                                .timeout(Duration.ofSeconds(30))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static void send(SandboxBroker broker) throws Exception {
        JmsConnectionFactory factory = new JmsConnectionFactory(broker.url() + "?jms.forceAsyncSend=true");
        try (Connection connection = factory.createConnection();
                Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
                MessageProducer producer = session.createProducer(session.createQueue(QUEUE))) {
            producer.setDeliveryMode(DeliveryMode.NON_PERSISTENT);
            for (int i = 0; i < MESSAGES; i++) {
                producer.send(session.createTextMessage(
                        "{\"OriginalSender\":\"crm@hotel.example\",\"Subject\":\"flood " + i + "\"}"));
            }
        }
    }

    private static byte[] mail(String subject) {
        return ("Message-ID: <" + subject.replace(' ', '.') + "@guest.example>\r\nFrom: Eva <"
                        + subject.replace(' ', '.') + "@guest.example>\r\nSubject: " + subject + "\r\n\r\nHello\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static Map<String, String> mailboxes(int flooded, int other) {
        Map<String, String> settings = new HashMap<>();
        mailbox(settings, "threadpost.mail.", flooded);
        mailbox(settings, "threadpost.mail.spa.", other);
        return settings;
    }

    private static void mailbox(Map<String, String> settings, String prefix, int port) {
        if (port > 0) {
            settings.put(prefix + "host", "127.0.0.1");
            settings.put(prefix + "port", String.valueOf(port));
            settings.put(prefix + "tls", "none");
            settings.put(prefix + "username", prefix + "@hotel.example");
            settings.put(prefix + "password", "secret-of-the-mailbox");
            settings.put(prefix + "start", "everything");
            settings.put(prefix + "poll", "1s");
        }
    }

    /** @return megabytes in use after each garbage collection so far */
    private List<Integer> heaps() throws IOException {
        return AFTER_COLLECTION
                .matcher(Files.readString(temporary.resolve("gc.log")))
                .results()
                .map(collection -> Integer.valueOf(collection.group(1)))
                .toList();
    }
}
