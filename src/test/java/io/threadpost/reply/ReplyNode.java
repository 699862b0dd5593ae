package io.threadpost.reply;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import io.micrometer.core.instrument.MeterRegistry;

import io.threadpost.conversation.Conversations;
import io.threadpost.ledger.Ledger;
import io.threadpost.network.HttpAccess;
import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.secrets.RunTimeSecrets;
import io.threadpost.settings.SettingsCatalogue;
import io.threadpost.smtp.SendMail;
import io.threadpost.testing.TestNode;

/** One process that pulls and sends replies: the shipped routes, with a tick each second. */
final class ReplyNode extends TestNode {
    final Conversations conversations = get(Conversations.class);
    final PullRepliesProcessor pullReplies = get(PullRepliesProcessor.class);
    final Replies replies = get(Replies.class);
    final ReplyPulls pulls = get(ReplyPulls.class);
    final MeterRegistry meters = get(MeterRegistry.class);

    /** @param overrides settings, the mail server's port among them */
    ReplyNode(Ledger ledger, URI platform, Map<String, String> overrides) throws Exception {
        super(
                ledger,
                Map.ofEntries(
                        Map.entry("threadpost.spool.attempts", "3"),
                        Map.entry("threadpost.spool.backoff", "20ms"),
                        Map.entry("threadpost.spool.backoff-max", "200ms"),
                        Map.entry("threadpost.connector.address", platform.toString()),
                        Map.entry("threadpost.connector.client-token", SandboxOptions.CLIENT_TOKEN),
                        Map.entry("threadpost.connections.main.access-token", SandboxOptions.ACCESS_TOKEN),
                        Map.entry("threadpost.smtp.host", "127.0.0.1"),
                        Map.entry("threadpost.smtp.tls", "none"),
                        Map.entry("threadpost.replies.from", "Hotel Zoë <hotel@hotel.example>"),
                        Map.entry("threadpost.replies.reply-to", "hotel+{token}@hotel.example"),
                        Map.entry("threadpost.replies.period", "1s"),
                        Map.entry("threadpost.replies.language", "en"),
                        Map.entry("threadpost.replies.template", "reply"),
                        Map.entry("threadpost.replies.rate", "20"),
                        Map.entry("threadpost.replies.authenticated", "false")),
                overrides);
        Path home = settings.get(SettingsCatalogue.DIGEST_TEMPLATES)
                .toAbsolutePath()
                .getParent();
        replace(
                SendMail.class,
                new SendMail(settings, home, get(RunTimeSecrets.class), get(HttpAccess.class), Duration.ofSeconds(20)));
        camel.getPropertiesComponent().addOverrideProperty("threadpost.replies.on", "true");
        addAll("spool", "network", "connector", "conversation", "smtp", "add", "reply");
        camel.start();
    }

    /** Runs the shipped routes. */
    ReplyNode start() throws Exception {
        loadShipped("send-replies.camel.yaml");
        loadShipped("pull-replies.camel.yaml");
        return this;
    }
}
