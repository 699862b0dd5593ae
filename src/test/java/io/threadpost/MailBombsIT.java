package io.threadpost;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.sandbox.SandboxPlatform;
import io.threadpost.testing.Installation;
import io.threadpost.testing.MailBombs;
import io.threadpost.testing.ModelImapServer;

/**
 * The real program with a heap of 128 MB, and a mailbox full of bombs: the mails of guests behind them are threads, and
 * each bomb is, or is parked.
 */
@Tag("nightly")
class MailBombsIT {
    private static final int GUESTS = 20;

    @TempDir
    Path temporary;

    @Test
    void guestsMailsBehindBombsAreThreads() throws Exception {
        Map<String, Supplier<byte[]>> bombs = MailBombs.all();
        try (SandboxPlatform platform = SandboxPlatform.start(new SandboxOptions().noLimit());
                ModelImapServer mailbox = new ModelImapServer();
                Installation installation =
                        Installation.pulling(temporary.resolve("installation"), platform, settings(mailbox.port()))) {
            bombs.values().forEach(bomb -> put(mailbox, new String(bomb.get(), StandardCharsets.ISO_8859_1)));
            guests().forEach(subject -> put(
                    mailbox,
                    "Message-ID: <" + subject.hashCode()
                            + "@guest.example>\r\nFrom: Eva <eva@guest.example>\r\nSubject: " + subject
                            + "\r\n\r\nHello\r\n"));
            installation.jvm("-Xmx128m").start();
            long began = System.nanoTime();

            await("guests' mails are threads").atMost(Duration.ofMinutes(4)).until(() -> platform.subjects()
                    .containsAll(guests()));
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            await("nothing is left").atMost(Duration.ofMinutes(4)).until(() -> mailbox.mails("INBOX")
                    .isEmpty());

            assertThat(installation.stop()).isIn(0, 143);
            assertThat(Files.readString(installation.log()))
                    .doesNotContain("OutOfMemoryError")
                    .doesNotContain(" ERROR ");
            assertThat(mailbox.mails("Failed")).isEmpty();
            assertThat(mailbox.mails("Done").size() + mailbox.mails("Parked").size())
                    .isEqualTo(bombs.size() + GUESTS);
            assertThat(took).isLessThan(Duration.ofMinutes(2));
        }
    }

    private static List<String> guests() {
        return IntStream.range(0, GUESTS).mapToObj(i -> "Room " + i).toList();
    }

    private static void put(ModelImapServer mailbox, String mail) {
        mailbox.put("INBOX", mail, Instant.now());
    }

    private static Map<String, String> settings(int port) {
        Map<String, String> settings = new HashMap<>(AddCrashIT.patience());
        settings.putAll(Map.of(
                "threadpost.pull.period", "10m",
                "threadpost.connector.limit.requests", "100000",
                "threadpost.mail.host", "127.0.0.1",
                "threadpost.mail.port", String.valueOf(port),
                "threadpost.mail.tls", "none",
                "threadpost.mail.username", "hotel@hotel.example",
                "threadpost.mail.password", "secret-of-the-mailbox",
                "threadpost.mail.start", "everything",
                "threadpost.mail.poll", "1s"));
        return settings;
    }
}
