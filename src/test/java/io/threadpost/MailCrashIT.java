package io.threadpost;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.threadpost.sandbox.SandboxMessage;
import io.threadpost.sandbox.SandboxPlatform;
import io.threadpost.testing.CrashTrial;
import io.threadpost.testing.Installation;
import io.threadpost.testing.ModelImapServer;

/**
 * The real program is killed again and again while mails come into a mailbox, on a platform that loses answers, fails
 * with and without having made the thread or the message, shows them late, and cuts subjects. In the end each mail is
 * one thread with one message, a long one with two in their order, and is in Done. Larger ones:
 * {@code -Dthreadpost.test.kills=100 -Dthreadpost.test.mails=2000}.
 */
class MailCrashIT {
    private static final int MAILS = Integer.getInteger("threadpost.test.mails", 100);

    @TempDir
    Path temporary;

    @Test
    void eachMailIsOneThreadWithItsTextWhateverIsKilledWhen() throws Exception {
        CrashTrial trial = new CrashTrial(2);
        try (SandboxPlatform platform = SandboxPlatform.start(AddCrashIT.platform());
                ModelImapServer mailbox = new ModelImapServer();
                Installation installation =
                        Installation.pulling(temporary.resolve("installation"), platform, settings(mailbox.port()))) {
            for (int kill = 0; kill < trial.kills(); kill++) {
                put(mailbox, MAILS * kill / trial.kills(), MAILS * (kill + 1) / trial.kills());
                installation.start();
                trial.kill(installation);
            }
            installation.start();
            await("each mail lies in Done")
                    .atMost(Duration.ofMinutes(10))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> mailbox.mails("Done").size() == MAILS);
            await("each text is added")
                    .atMost(Duration.ofMinutes(10))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> installation
                            .inLedger("SELECT COUNT(*) FROM message_add WHERE state <> 'added'")
                            .equals("0"));
            assertThat(installation.stop()).isIn(0, 143);

            assertThat(mailbox.mails("INBOX")).isEmpty();
            assertThat(AddCrashIT.counted(platform.subjects()))
                    .isEqualTo(AddCrashIT.counted(AddCrashIT.cut(subjects())));
            assertThat(conversations(platform)).isEqualTo(AddCrashIT.counted(texts()));
            assertThat(platform.refusals()).isEmpty();
        }
    }

    /** The messages of each thread in their order, as one text. */
    private static Map<String, Long> conversations(SandboxPlatform platform) {
        return AddCrashIT.counted(platform.conversations().threadIds().stream()
                .map(thread -> platform.conversations().messages(thread).stream()
                        .map(SandboxMessage::text)
                        .collect(Collectors.joining(" / ")))
                .toList());
    }

    /** Every seventh mail is two messages. */
    private static List<String> texts() {
        return IntStream.range(0, MAILS)
                .mapToObj(number ->
                        number % 7 == 0 ? "(1/2) " + first(number) + " / (2/2) " + second(number) : "Hello " + number)
                .toList();
    }

    private static String first(int number) {
        return "Hello " + number + ", " + "we come by train. ".repeat(8).strip();
    }

    private static String second(int number) {
        return "And mail " + number + " asks: " + "is there a pool? ".repeat(5).strip();
    }

    private static Map<String, String> settings(int port) {
        Map<String, String> settings = new TreeMap<>(AddCrashIT.patience());
        settings.putAll(Map.of(
                "threadpost.pull.period", "10m",
                "threadpost.mail.host", "127.0.0.1",
                "threadpost.mail.port", String.valueOf(port),
                "threadpost.mail.tls", "none",
                "threadpost.mail.username", "hotel@hotel.example",
                "threadpost.mail.password", "secret-of-the-mailbox",
                "threadpost.mail.start", "everything",
                "threadpost.mail.text-max", "200",
                "threadpost.mail.poll", "1s"));
        return settings;
    }

    /** Every third one is long, and each tenth has the subject and the sender of others. */
    private static String subject(int number) {
        String subject = number % 10 == 0 ? "New booking" : "Question " + number;
        return number % 3 == 0
                ? subject + " about a room with a view of the sea, for two nights and with breakfast"
                : subject;
    }

    private static List<String> subjects() {
        return IntStream.range(0, MAILS).mapToObj(MailCrashIT::subject).toList();
    }

    private static void put(ModelImapServer mailbox, int from, int to) {
        for (int number = from; number < to; number++) {
            String text = number % 7 == 0 ? first(number) + "\r\n\r\n" + second(number) : "Hello " + number;
            String guest = number % 10 == 0 ? "desk" : "guest" + number;
            mailbox.put(
                    "INBOX",
                    "Message-ID: <" + number + "@guest.example>\r\nFrom: Guest <" + guest
                            + "@guest.example>\r\nSubject: " + subject(number) + "\r\n\r\n" + text + "\r\n",
                    Instant.now());
        }
    }
}
