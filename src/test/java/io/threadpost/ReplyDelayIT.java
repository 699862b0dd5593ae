package io.threadpost;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.threadpost.sandbox.MessageOptions;
import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.sandbox.SandboxPlatform;
import io.threadpost.testing.Installation;
import io.threadpost.testing.MailHabit;
import io.threadpost.testing.MailServer;
import io.threadpost.testing.ModelImapServer;

/**
 * How long it takes from the hotel's answer on the platform to the mail in the guest's mailbox: by polling with the
 * settings of replies as shipped, and with the platform's webhook. It measures a quiet machine, so it is not in the
 * usual run.
 */
@Tag("nightly")
class ReplyDelayIT {
    private static final Duration PERIOD = Duration.ofSeconds(30);
    private static final int ANSWERS = 5;
    private static final String SECRET = "secret0123456789abcdef";

    @TempDir(cleanup = org.junit.jupiter.api.io.CleanupMode.NEVER)
    Path temporary;

    @Test
    void anAnswerIsInTheMailboxWithinTwoPeriodsAndWithinFiveSecondsWithTheWebhook() throws Exception {
        int port = Installation.freePort();
        MessageOptions messages = new MessageOptions().webhookTiming(Duration.ZERO, Duration.ofSeconds(5));
        try (SandboxPlatform platform =
                        SandboxPlatform.start(new SandboxOptions().noLimit().messages(messages));
                ModelImapServer mailbox = new ModelImapServer();
                MailServer smtp = MailServer.started();
                Installation installation = Installation.pulling(
                        temporary.resolve("installation"), platform, settings(mailbox.port(), smtp.port(), port))) {
            mailbox.put(
                    "INBOX",
                    MailHabit.GMAIL.write(
                            "<1@guest.example>",
                            "Guest <guest@guest.example>",
                            "hotel@hotel.example",
                            Instant.now(),
                            "Question",
                            "When is breakfast?",
                            null),
                    Instant.now());
            installation.start();
            await("the thread has its message")
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> !platform.conversations().threadIds().isEmpty());
            String thread = platform.conversations().threadIds().get(0);

            List<Duration> polled = measure(platform, smtp, thread, "polled", Duration.ofSeconds(7));
            platform.conversations().setWebhook(URI.create("http://127.0.0.1:" + port + "/webhook/" + SECRET));
            List<Duration> called = measure(platform, smtp, thread, "called", Duration.ofSeconds(3));

            System.out.println("polled: " + polled + ", called: " + called);
            assertThat(polled).allMatch(delay -> delay.compareTo(PERIOD.multipliedBy(2)) <= 0);
            assertThat(called).allMatch(delay -> delay.compareTo(Duration.ofSeconds(5)) <= 0);
        }
    }

    private static List<Duration> measure(
            SandboxPlatform platform, MailServer smtp, String thread, String words, Duration between)
            throws InterruptedException {
        List<Duration> delays = new ArrayList<>();
        for (int i = 0; i < ANSWERS; i++) {
            int before = smtp.arrived().size();
            Instant written = Instant.now();
            platform.conversations().staffAnswers(thread, words + " " + i);
            await("the answer is a mail")
                    .pollInterval(Duration.ofMillis(50))
                    .atMost(PERIOD.multipliedBy(3))
                    .until(() -> smtp.arrived().size() > before);
            delays.add(Duration.between(written, Instant.now()));
            // At another moment of the period each time.
            Thread.sleep(between.toMillis());
        }
        return delays;
    }

    private static Map<String, String> settings(int imap, int smtp, int http) {
        Map<String, String> settings = new TreeMap<>(Map.of(
                "threadpost.mail.host", "127.0.0.1",
                "threadpost.mail.port", String.valueOf(imap),
                "threadpost.mail.tls", "none",
                "threadpost.mail.username", "hotel@hotel.example",
                "threadpost.mail.password", "secret-of-the-mailbox",
                "threadpost.mail.start", "everything",
                "threadpost.mail.poll", "5s"));
        settings.putAll(Map.of(
                "threadpost.smtp.host",
                "127.0.0.1",
                "threadpost.smtp.port",
                String.valueOf(smtp),
                "threadpost.smtp.tls",
                "none",
                "threadpost.replies.from",
                "Hotel <hotel@hotel.example>",
                "threadpost.webhook.secret",
                SECRET,
                "quarkus.http.port",
                String.valueOf(http)));
        return settings;
    }
}
