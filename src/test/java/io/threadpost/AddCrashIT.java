package io.threadpost;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import jakarta.jms.Connection;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;

import org.apache.qpid.jms.JmsConnectionFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.threadpost.sandbox.Chance;
import io.threadpost.sandbox.FaultKind;
import io.threadpost.sandbox.Faults;
import io.threadpost.sandbox.SandboxBroker;
import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.sandbox.SandboxPlatform;
import io.threadpost.testing.CrashTrial;
import io.threadpost.testing.Installation;

/**
 * The real program is killed again and again while it makes threads of messages, on a platform that loses answers,
 * fails with and without having made the thread, shows threads late, and cuts their subjects. In the end there is one
 * thread for each message. Larger ones: {@code -Dthreadpost.test.kills=100 -Dthreadpost.test.mails=2000}.
 */
@Tag("nightly")
class AddCrashIT {
    private static final int MAILS = Integer.getInteger("threadpost.test.mails", 100);
    private static final int CUT = 60;
    private static final String QUEUE = "threads-to-add";

    @TempDir
    Path temporary;

    @Test
    void eachMessageIsOneThreadWhateverIsKilledWhen() throws Exception {
        CrashTrial trial = new CrashTrial(2);
        Path folder = Files.createDirectory(temporary.resolve("installation"));
        List<String> subjects = subjects();
        try (SandboxPlatform platform = SandboxPlatform.start(platform());
                SandboxBroker broker = SandboxBroker.start(temporary.resolve("broker"), null);
                Installation installation = new Installation(folder, settings(platform, broker))) {
            for (int kill = 0; kill < trial.kills(); kill++) {
                int from = subjects.size() * kill / trial.kills();
                send(broker, subjects.subList(from, subjects.size() * (kill + 1) / trial.kills()));
                installation.start();
                trial.kill(installation);
            }
            installation.start();
            await("a thread for each")
                    .atMost(Duration.ofMinutes(10))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> installation
                            .inLedger("SELECT COUNT(*) FROM thread_add WHERE state = 'added'")
                            .equals(String.valueOf(subjects.size())));
            assertThat(installation.stop()).isIn(0, 143);

            assertThat(counted(platform.subjects())).isEqualTo(counted(cut(subjects)));
            assertThat(platform.refusals()).isEmpty();
            assertThat(installation.said()).doesNotContain("is dead", "two threads");
        }
    }

    private static Map<String, String> settings(SandboxPlatform platform, SandboxBroker broker) {
        Map<String, String> settings = new HashMap<>(patience());
        settings.putAll(Map.of(
                "threadpost.connector.address",
                platform.address().toString(),
                "threadpost.connector.limit.requests",
                "100000",
                "threadpost.pull.period",
                "10m",
                "threadpost.queue.url",
                broker.url(),
                "threadpost.queue.inbound",
                QUEUE));
        return settings;
    }

    /** Settings that wait for answers, and for what comes late, longer than this platform takes. */
    static Map<String, String> patience() {
        return Map.of(
                "threadpost.connector.connect-timeout", "1s",
                "threadpost.connector.response-timeout", "2s",
                "threadpost.add.wait", "4s");
    }

    /** A platform on which much goes wrong when a thread is added. */
    static SandboxOptions platform() {
        return new SandboxOptions()
                .noLimit()
                .cut(CUT, CUT, "…")
                .latency(Duration.ofMillis(30))
                .faults(faults());
    }

    private static Faults faults() {
        return Faults.none()
                .only("add", "messages/add")
                .with(FaultKind.LOST_ADD, Chance.of(0.1))
                .with(FaultKind.FALSE_ERROR, Chance.of(0.05))
                .with(FaultKind.FAILED_ADD, Chance.of(0.05))
                .errorStatus(408, 500, 502, 503)
                .with(FaultKind.TOO_MANY_REQUESTS, Chance.of(0.01))
                .with(FaultKind.TRUNCATED_BODY, Chance.of(0.02))
                .with(FaultKind.RESET, Chance.of(0.02))
                .addVisibleAfter(Duration.ofSeconds(2));
    }

    /** Short and long ones, each tenth like others. */
    private static List<String> subjects() {
        List<String> subjects = new ArrayList<>();
        for (int i = 0; i < MAILS; i++) {
            String subject = i % 10 == 0 ? "New booking" : "Mail " + i + ": a question about";
            subjects.add(
                    i % 3 == 0 ? subject + " a room with a view of the sea, for two nights, with breakfast" : subject);
        }
        return subjects;
    }

    /** Subjects as this platform keeps them. */
    static List<String> cut(List<String> subjects) {
        return subjects.stream()
                .map(subject -> subject.length() <= CUT
                        ? subject
                        : subject.substring(0, CUT - 1).strip() + "…")
                .toList();
    }

    static Map<String, Long> counted(List<String> subjects) {
        return subjects.stream()
                .collect(Collectors.groupingBy(subject -> subject, TreeMap::new, Collectors.counting()));
    }

    private static void send(SandboxBroker broker, List<String> subjects) throws Exception {
        try (Connection connection = new JmsConnectionFactory(broker.url()).createConnection()) {
            Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
            MessageProducer producer = session.createProducer(session.createQueue(QUEUE));
            for (String subject : subjects) {
                producer.send(session.createTextMessage(
                        "{\"OriginalSender\":\"Zoë Müller\",\"Subject\":\"" + subject + "\"}"));
            }
        }
    }
}
