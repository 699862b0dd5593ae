package io.threadpost.alert;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.mail.internet.InternetAddress;

import io.threadpost.alert.AlertLedger.ChannelState;
import io.threadpost.ledger.Ledger;
import io.threadpost.network.HttpAccess;
import io.threadpost.ops.RedactedText;
import io.threadpost.retry.FailureReason;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;
import io.threadpost.smtp.SendMail;

/** The alerts of this installation: what is down, and the channels that people hear of it by. */
@Singleton
public final class Alerts {
    private final AlertLedger alertLedger;
    private final List<AlertChannel> channels;
    private final RedactedText redactedText;

    @Inject
    Alerts(Ledger ledger, Settings settings, SendMail sendMail, HttpAccess access, RedactedText redactedText) {
        this(
                new AlertLedger(
                        ledger,
                        settings.get(SettingsCatalogue.ALERTS_AFTER),
                        settings.get(SettingsCatalogue.ALERTS_MAX_PER_HOUR)),
                channels(settings, sendMail, access),
                redactedText);
    }

    Alerts(AlertLedger alertLedger, List<AlertChannel> channels, RedactedText redactedText) {
        this.alertLedger = alertLedger;
        this.channels = channels;
        this.redactedText = redactedText;
    }

    private static List<AlertChannel> channels(Settings settings, SendMail sendMail, HttpAccess access) {
        List<AlertChannel> channels = new ArrayList<>();
        List<InternetAddress> from = settings.get(SettingsCatalogue.ALERTS_FROM);
        for (InternetAddress to : settings.get(SettingsCatalogue.ALERTS_TO)) {
            InternetAddress sender = (from.isEmpty() ? settings.get(SettingsCatalogue.DIGEST_FROM) : from).get(0);
            channels.add(new MailChannel(sendMail, sender, to));
        }
        String url = settings.get(SettingsCatalogue.ALERTS_WEBHOOK);
        if (!url.isEmpty()) {
            Optional<Path> template = settings.find(SettingsCatalogue.ALERTS_WEBHOOK_TEMPLATE);
            channels.add(new WebhookChannel(URI.create(url), access, template));
        }
        return List.copyOf(channels);
    }

    /** @return whether there is anybody to send alerts to */
    public static boolean isOn(Settings settings) {
        return !settings.get(SettingsCatalogue.ALERTS_TO).isEmpty()
                || !settings.get(SettingsCatalogue.ALERTS_WEBHOOK).isEmpty();
    }

    AlertLedger ledger() {
        return alertLedger;
    }

    List<AlertChannel> channels() {
        return channels;
    }

    /**
     * A channel.
     *
     * @param waiting messages that are to be sent, also those that wait for the next hour
     * @param failure why the last attempt failed; null when it did not
     */
    public record Channel(String name, int waiting, String failure) {}

    /**
     * Something that is down.
     *
     * @param reported whether people have heard of it
     */
    public record Alert(String check, String subject, String reason, Instant since, boolean reported) {}

    /** @return the channels, in the order of the settings */
    public List<Channel> status() {
        return channels.stream()
                .map(channel -> {
                    ChannelState state = alertLedger.state(channel.name());
                    return new Channel(channel.name(), state.waiting(), redactedText.clean(state.reason()));
                })
                .toList();
    }

    /** @return what is down, the oldest first */
    public List<Alert> alerts() {
        return alertLedger.alerts().stream()
                .map(alert -> new Alert(
                        alert.check(),
                        alert.subject(),
                        redactedText.clean(alert.reason()),
                        alert.since(),
                        alert.raised()))
                .toList();
    }

    /**
     * Sends a test alert by each channel, now and in this thread.
     *
     * @return from each channel to why it failed, empty when the other side has taken it
     */
    public Map<String, String> test() {
        Map<String, String> results = new LinkedHashMap<>();
        String key = "test-" + System.currentTimeMillis();
        for (AlertChannel channel : channels) {
            try {
                channel.send(AlertMessage.ofTest(), key);
                results.put(channel.name(), "");
            } catch (IOException | RuntimeException e) {
                results.put(channel.name(), redactedText.clean(FailureReason.of(e)));
            }
        }
        return results;
    }
}
