package io.threadpost.reply;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import io.threadpost.connector.ConnectorParts;
import io.threadpost.conversation.ConversationParts;
import io.threadpost.conversation.Conversations;
import io.threadpost.conversation.SigningKey;
import io.threadpost.ledger.Ledger;
import io.threadpost.network.HttpAccess;
import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.secrets.RunTimeSecrets;
import io.threadpost.settings.SettingsCatalogue;
import io.threadpost.smtp.SendMail;
import io.threadpost.spool.TargetNode;

/** One process that pulls and sends replies: the shipped routes, with a tick each second. */
final class ReplyNode extends TargetNode {
    final Conversations conversations;
    final PullRepliesProcessor pullReplies;
    final Replies replies;
    final ReplyPulls pulls;
    final MeterRegistry meters = new SimpleMeterRegistry();

    /** @param overrides settings, the mail server's port among them */
    ReplyNode(Ledger ledger, URI platform, Map<String, String> overrides) throws Exception {
        super(
                ledger,
                "replies",
                Map.ofEntries(
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
        ConnectorParts.add(camel, ledger, settings);
        SigningKey key = ConversationParts.key(ledger, settings);
        conversations = ConversationParts.conversations(ledger, settings);
        replies = new Replies(ledger);
        pulls = new ReplyPulls(ledger, settings);
        ReplyMeters replyMeters = new ReplyMeters(meters, settings);
        pullReplies = new PullRepliesProcessor(
                camel,
                ledger,
                new ReplyPuller(
                        ledger, ConnectorParts.client(camel, ledger), conversations, replies, spools, replyMeters),
                pulls,
                new ReplySchedule(conversations, settings),
                conversations,
                settings);
        camel.addComponent(
                "reply",
                new ReplyComponent(
                        settings,
                        new ReplyRenderer(
                                ledger,
                                replies,
                                conversations,
                                new ReplyPolicy(ledger, conversations),
                                key,
                                replyMeters)));
        camel.getRegistry().bind("pullReplies", pullReplies);
        camel.getRegistry().bind("settleReply", new SettleReplyProcessor(replies, replyMeters));
        camel.getRegistry()
                .bind(
                        "sendMail",
                        new SendMail(
                                settings,
                                settings.get(SettingsCatalogue.DIGEST_TEMPLATES)
                                        .toAbsolutePath()
                                        .getParent(),
                                new RunTimeSecrets(),
                                new HttpAccess(settings.network()),
                                Duration.ofSeconds(20)));
        camel.start();
    }

    /** Runs the shipped routes. */
    ReplyNode start() throws Exception {
        run("send-replies.camel.yaml");
        run("pull-replies.camel.yaml");
        return this;
    }
}
