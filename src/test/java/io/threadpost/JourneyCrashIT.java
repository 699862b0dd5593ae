package io.threadpost;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.threadpost.sandbox.SandboxBroker;
import io.threadpost.sandbox.SandboxMail;
import io.threadpost.sandbox.SandboxPlatform;
import io.threadpost.testing.Arrivals;
import io.threadpost.testing.CrashTrial;
import io.threadpost.testing.Installation;
import io.threadpost.testing.JourneyClient;
import io.threadpost.testing.MailServer;

/**
 * The real program is killed again and again while it delivers to files, a broker and a mail server. Ten journeys,
 * drawn at random, then agree with what each of them has.
 */
@Tag("nightly")
class JourneyCrashIT {
    private static final String QUEUE = "threads";
    private static final String PASSWORD = "a-password";
    private static final String RECIPIENT = "reception@hotel.example";

    @TempDir
    Path temporary;

    @Test
    void tenJourneysAgreeWithWhatFilesBrokerAndMailServerHave() throws Exception {
        CrashTrial trial = new CrashTrial(4);
        Path folder = temporary.resolve("installation");
        try (SandboxPlatform platform = SandboxPlatform.start(trial.platform().noLimit());
                SandboxBroker broker = SandboxBroker.start(temporary.resolve("broker"), PASSWORD);
                MailServer mails = MailServer.started();
                Installation installation = Installation.pulling(folder, platform, settings(broker, mails))) {
            installation.edit("to-digest.camel.yaml", "batch: 5000\n", "batch: 20\n");
            installation.edit(
                    "to-digest.camel.yaml",
                    "                open: \"{{open}}\"\n",
                    "                open: \"{{open}}\"\n                history: true\n");
            installation.edit("route-thread.camel.yaml", "~~ 'group booking'", "!= 'none has this subject'");
            for (int kill = 0; kill < trial.kills(); kill++) {
                installation.start();
                trial.kill(installation);
            }
            installation.start();
            trial.awaitDelivery(platform, installation::jsonFiles);
            JourneyClient journeys = new JourneyClient(installation);
            for (String spool : List.of("files", "queue", "digest", "digest-mails")) {
                journeys.awaitSettled(spool);
            }
            List<String> versions = new ArrayList<>(platform.versions());
            journeys.assertFiles(versions, trial.random());
            List<String> some = JourneyClient.some(versions, trial.random());
            Map<String, String> messages = new HashMap<>();
            for (String version : some) {
                String text = mail(journeys.delivery(version, "digest"), mails);
                assertThat(text).contains(version.split(" ")[0]);
                messages.put(
                        version,
                        journeys.delivery(version, "queue").path("receipt").asText());
            }
            assertThat(installation.stop()).isIn(0, 143);

            List<String> onQueue = Arrivals.onQueue(
                    broker.url() + "?jms.username=" + SandboxBroker.USER + "&jms.password=" + PASSWORD, QUEUE);
            messages.forEach((version, receipt) -> {
                assertThat(receipt).isEqualTo("message main:" + version.replace(' ', '@'));
                assertThat(onQueue).filteredOn(version::equals).hasSize(1);
            });
        }
    }

    /** @return the text of the mail that the journey names, as the mail server has it */
    private static String mail(JsonNode digest, MailServer mails) throws Exception {
        String receipt = digest.path("receipt").asText();
        JsonNode sent = digest.path("sent");
        assertThat(sent).as(digest.toString()).hasSize(1);
        assertThat(sent.get(0).path("state").asText()).isEqualTo("delivered");
        assertThat(sent.get(0).path("receipt").asText()).isEqualTo(receipt);
        for (SandboxMail.Arrived arrived : mails.deliveries()) {
            if (receipt.equals("mail " + arrived.mail().getMessageID())) {
                return MailServer.text(arrived.mail());
            }
        }
        throw new AssertionError("the mail server has no " + receipt);
    }

    private static Map<String, String> settings(SandboxBroker broker, MailServer mails) {
        Map<String, String> settings = new HashMap<>();
        settings.put("threadpost.spool.backoff", "100ms");
        settings.put("threadpost.spool.backoff-max", "1s");
        settings.put("threadpost.queue.url", broker.url());
        settings.put("threadpost.queue.username", SandboxBroker.USER);
        settings.put("threadpost.queue.password", PASSWORD);
        settings.put("threadpost.smtp.host", "127.0.0.1");
        settings.put("threadpost.smtp.port", String.valueOf(mails.port()));
        settings.put("threadpost.smtp.tls", "none");
        settings.put("threadpost.digest.from", "digest@hotel.example");
        settings.put("threadpost.digest.to", RECIPIENT);
        settings.put("threadpost.digest.cron", "* * * * * ?");
        return settings;
    }
}
