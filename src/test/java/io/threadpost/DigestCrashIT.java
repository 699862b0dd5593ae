package io.threadpost;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import jakarta.mail.internet.MimeMessage;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import io.threadpost.sandbox.SandboxMail;
import io.threadpost.sandbox.SandboxPlatform;
import io.threadpost.testing.CrashTrial;
import io.threadpost.testing.Installation;
import io.threadpost.testing.MailServer;

/**
 * The real program is killed again and again while it sends digests, its mail server goes away and comes back, and its
 * templates are edited meanwhile. In the end all digests together list each version once, whatever came twice came
 * twice as the same mail, and both recipients have all of them.
 */
@Tag("nightly")
@Proves(Promise.DIGESTS_LIST_EVERY_VERSION_ONCE)
class DigestCrashIT {
    private static final List<String> RECIPIENTS = List.of("reception@hotel.example", "owner@hotel.example");

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path temporary;

    @Test
    void theDigestsTogetherListEachVersionOnceWhateverIsKilledWhen() throws Exception {
        CrashTrial trial = new CrashTrial(6);
        Path folder = temporary.resolve("installation");
        try (SandboxPlatform platform = SandboxPlatform.start(trial.platform().noLimit());
                MailServer mails = MailServer.started();
                Installation installation = Installation.pulling(folder, platform, settings(mails))) {
            // Small mails, so that there are many moments to be killed at.
            installation.edit(
                    "to-digest.camel.yaml",
                    "                open: \"{{open}}\"\n",
                    "                open: \"{{open}}\"\n                history: true\n");
            installation.edit("to-digest.camel.yaml", "batch: 5000\n", "batch: 20\n");
            for (int kill = 0; kill < trial.kills(); kill++) {
                edit(folder, kill);
                installation.start();
                if (trial.random().nextBoolean()) {
                    mails.stop();
                }
                trial.kill(installation);
                if (!mails.runs()) {
                    mails.start();
                }
            }
            installation.start();
            mails.stop();
            edit(folder, trial.kills());
            int before = installation.said().length();
            await("the mail server is missed")
                    .until(() -> installation.said().substring(before).contains("spool digest-mails: paused"));
            mails.start();
            trial.awaitDelivery(platform, () -> versions(mails, RECIPIENTS.get(0)));
            trial.awaitDelivery(platform, () -> versions(mails, RECIPIENTS.get(1)));
            assertThat(installation.stop()).isIn(0, 143);

            for (String recipient : RECIPIENTS) {
                trial.assertOnce(platform, versions(mails, recipient));
            }
            assertThat(mails(mails, null).values())
                    .allSatisfy(same -> assertThat(same).containsOnly(same.get(0)));
            System.out.printf(
                    "%d kills, %d mails, %d of them more than once at one recipient%n",
                    trial.kills(),
                    mails(mails, null).size(),
                    RECIPIENTS.stream()
                            .mapToLong(recipient -> mails(mails, recipient).values().stream()
                                    .filter(same -> same.size() > 1)
                                    .count())
                            .sum());
        }
    }

    private static Map<String, String> settings(MailServer mails) {
        return Map.of(
                "threadpost.spool.backoff", "100ms",
                "threadpost.spool.backoff-max", "1s",
                "threadpost.smtp.host", "127.0.0.1",
                "threadpost.smtp.port", String.valueOf(mails.port()),
                "threadpost.smtp.tls", "none",
                "threadpost.digest.from", "digest@hotel.example",
                "threadpost.digest.to", String.join(",", RECIPIENTS),
                "threadpost.digest.cron", "* * * * * ?");
    }

    private static void edit(Path folder, int edition) throws Exception {
        Path templates = Files.createDirectories(folder.resolve("templates"));
        Files.writeString(
                templates.resolve("digest.txt"),
                "edition " + edition
                        + "\n{#for group in groups}{#for thread in group.threads}\n{thread.id} "
                        + "{thread.updatedUtc}\n{/for}{/for}\n");
        Files.writeString(templates.resolve("digest.html"), "<p>edition " + edition + "</p>");
    }

    /** @return "Id UpdatedUtc" of every line in the mails of a recipient, each mail once */
    private static List<String> versions(MailServer server, String recipient) {
        List<String> versions = new ArrayList<>();
        mails(server, recipient).values().forEach(same -> same.get(0)
                .lines()
                .filter(line -> line.matches("[0-9a-f-]{36} \\S+"))
                .forEach(versions::add));
        return versions;
    }

    /**
     * @param recipient null: all of them @return what came, by Message-ID: the text of the mail and all headers that
     *     are ours
     */
    private static Map<String, List<String>> mails(MailServer server, String recipient) {
        Map<String, List<String>> mails = new LinkedHashMap<>();
        for (SandboxMail.Arrived arrived : server.deliveries()) {
            MimeMessage mail = arrived.mail();
            try {
                if (recipient == null || arrived.recipient().equals(recipient)) {
                    mails.computeIfAbsent(mail.getMessageID(), id -> new ArrayList<>())
                            .add(MailServer.text(mail).replaceFirst("(?s)^.*?\nDate:", "Date:"));
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        return mails;
    }
}
