package io.threadpost.digest;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;

import io.threadpost.ledger.Ledger;
import io.threadpost.network.HttpAccess;
import io.threadpost.secrets.RunTimeSecrets;
import io.threadpost.settings.SettingsCatalogue;
import io.threadpost.smtp.SendMail;
import io.threadpost.testing.TestNode;

/** One process with digests: the shipped routes. A digest is due each second. */
final class DigestNode extends TestNode {
    private static final Map<String, String> USUAL = Map.ofEntries(
            Map.entry("threadpost.spool.attempts", "3"),
            Map.entry("threadpost.spool.backoff", "20ms"),
            Map.entry("threadpost.spool.backoff-max", "200ms"),
            Map.entry("threadpost.smtp.host", "127.0.0.1"),
            Map.entry("threadpost.smtp.tls", "none"),
            Map.entry("threadpost.digest.from", "Hotel <digest@hotel.example>"),
            Map.entry("threadpost.digest.to", "reception@hotel.example"),
            Map.entry("threadpost.digest.cron", "* * * * * ?"),
            Map.entry("threadpost.digest.zone", "UTC"),
            Map.entry("threadpost.digest.language", "en"),
            Map.entry("threadpost.digest.send-empty", "false"));

    /**
     * @param overrides settings, the mail server's port among them
     * @param timeout of the mail server, for everything but the acceptance of a mail
     */
    DigestNode(Ledger ledger, Map<String, String> overrides, Duration timeout) throws Exception {
        super(ledger, USUAL, overrides);
        Path home = settings.get(SettingsCatalogue.DIGEST_TEMPLATES)
                .toAbsolutePath()
                .getParent();
        replace(
                SendMail.class,
                new SendMail(settings, home, get(RunTimeSecrets.class), get(HttpAccess.class), timeout));
        camel.getPropertiesComponent().addOverrideProperty("threadpost.digest.on", "true");
        addAll("spool", "digest", "smtp");
        camel.start();
    }

    /** Runs the shipped routes. */
    DigestNode start() throws Exception {
        loadShipped("to-digest.camel.yaml");
        loadShipped("send-digests.camel.yaml");
        return this;
    }

    /**
     * Runs one more digest from the shipped template, from the spool of that name.
     *
     * @param parameters of the template
     */
    void another(String spool, Map<String, String> parameters) throws Exception {
        StringBuilder yaml = new StringBuilder(
                """
                - templatedRoute:
                    routeId: to-%1$s
                    routeTemplateRef: digest
                    parameters:
                      - name: spool
                        value: %1$s
                """
                        .formatted(spool));
        parameters.forEach(
                (name, value) -> yaml.append("      - name: %s\n        value: %s\n".formatted(name, value)));
        load(yaml.toString());
    }

    /** Lays one thread for each number into {@code spool:digest}, as one page does. */
    void threads(int... numbers) {
        put("digest", IntStream.of(numbers).mapToObj(DigestNode::thread).toList());
    }

    /** @return a thread's JSON with this number in id, sender and subject */
    static String thread(int number) {
        return thread("thread-" + number, "Guest " + number, "Subject " + number);
    }

    /** @return a thread's JSON; the texts are written as they are */
    static String thread(String id, String sender, String subject) {
        return "{\"Id\":\"" + id + "\",\"OriginalSender\":\"" + sender + "\",\"Subject\":\"" + subject
                + "\",\"CreatedUtc\":\"2026-11-21T08:00:00Z\",\"UpdatedUtc\":\"2026-11-22T10:11:12.5Z\"}";
    }
}
