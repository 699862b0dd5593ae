package io.threadpost;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.threadpost.sandbox.SandboxPlatform;
import io.threadpost.testing.CrashTrial;
import io.threadpost.testing.Installation;
import io.threadpost.testing.ModelImapServer;

/**
 * The real program is killed again and again while mails come into a mailbox, on a platform that loses answers, fails
 * with and without having made the thread, shows threads late, and cuts their subjects. In the end each mail is one
 * thread, and lies in Done. Larger ones: {@code -Dthreadpost.test.kills=100 -Dthreadpost.test.mails=2000}.
 */
class MailCrashIT {
    private static final int MAILS = Integer.getInteger("threadpost.test.mails", 100);

    @TempDir
    Path temporary;

    @Test
    void eachMailIsOneThreadWhateverIsKilledWhen() throws Exception {
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
            assertThat(installation.stop()).isIn(0, 143);

            assertThat(mailbox.mails("INBOX")).isEmpty();
            assertThat(AddCrashIT.counted(platform.subjects()))
                    .isEqualTo(AddCrashIT.counted(AddCrashIT.cut(subjects())));
            assertThat(platform.refusals()).isEmpty();
        }
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
            String guest = number % 10 == 0 ? "desk" : "guest" + number;
            mailbox.put(
                    "INBOX",
                    "Message-ID: <" + number + "@guest.example>\r\nFrom: Guest <" + guest
                            + "@guest.example>\r\nSubject: " + subject(number) + "\r\n\r\nHello " + number + "\r\n",
                    Instant.now());
        }
    }
}
