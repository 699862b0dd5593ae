package io.threadpost.ops;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.apache.camel.CamelContext;
import org.eclipse.microprofile.health.Readiness;

import io.threadpost.conversation.Conversation;
import io.threadpost.conversation.Conversations;
import io.threadpost.mail.MailEndpoint;
import io.threadpost.reply.PullRepliesProcessor;
import io.threadpost.reply.ReplyPulls;
import io.threadpost.retry.DurationFormat;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;
import io.threadpost.settings.TargetSystem;

/**
 * Down while the platform does not answer requests for messages of the hotel, or no route asks, so that guests get no
 * replies. A conversation whose replies are stopped waits for a person and takes nothing down.
 */
@Readiness
@ApplicationScoped
public class RepliesCheck implements ReportingCheck {
    private static final int MOST_NAMED = 20;
    /** A single lost answer is no failure worth a report. */
    private static final int FAILING = 3;

    /** The first tick comes within seconds. */
    private static final Duration STARTING = Duration.ofMinutes(2);

    private final CamelContext context;
    private final Settings settings;
    private final PullRepliesProcessor pullReplies;
    private final ReplyPulls pulls;
    private final Conversations conversations;
    private final RedactedText redactedText;

    RepliesCheck(
            CamelContext context,
            Settings settings,
            PullRepliesProcessor pullReplies,
            ReplyPulls pulls,
            Conversations conversations,
            RedactedText redactedText) {
        this.context = context;
        this.pullReplies = pullReplies;
        this.settings = settings;
        this.pulls = pulls;
        this.conversations = conversations;
        this.redactedText = redactedText;
    }

    @Override
    public HealthReport report() {
        HealthReport report = new HealthReport("threadpost-replies");
        if (!settings.on().contains(TargetSystem.REPLIES)) {
            return report;
        }
        boolean starting = context.getUptime() == null || context.getUptime().compareTo(STARTING) < 0;
        if (!pullReplies.isRunning() && !starting) {
            report.down(
                    "routes",
                    "no running route has the step pullReplies, so what the hotel answers reaches no guest; copy"
                            + " pull-replies.camel.yaml into the folder of routes, or start that route",
                    null,
                    HealthReport.Remedy.EDIT);
        }
        if (!isSenderChecked()) {
            report.up(
                    "senders",
                    "mail:judge has no authserv: who forges a guest's address and knows a Message-ID of his can write"
                            + " into his thread"
                            + (settings.get(SettingsCatalogue.REPLIES_AUTHENTICATED)
                                    ? "; and " + SettingsCatalogue.REPLIES_AUTHENTICATED.key()
                                            + " withholds every reply"
                                    : ""));
        }
        for (ReplyPulls.Pull pull : pulls.pulls()) {
            if (pull.reason() == null) {
                report.up(pull.connection(), "pulls replies");
            } else if (pull.failures() < FAILING) {
                report.up(pull.connection(), "the last request failed: " + redactedText.clean(pull.reason()));
            } else {
                report.down(
                        pull.connection(),
                        "failing since " + Instant.ofEpochMilli(pull.failing()) + ", next try "
                                + (pull.dueMillis() <= 0
                                        ? "now"
                                        : "in " + DurationFormat.text(Duration.ofMillis(pull.dueMillis())))
                                + ": " + redactedText.clean(pull.reason()),
                        Instant.ofEpochMilli(pull.failing()),
                        HealthReport.Remedy.NONE);
            }
        }
        List<Conversation> stopped = conversations.stopped(MOST_NAMED);
        for (Conversation conversation : stopped) {
            report.up(
                    "thread " + conversation.thread(),
                    "replies are stopped, POST /api/replies/resume resumes them: "
                            + redactedText.clean(conversation.stopped()));
        }
        return report;
    }

    private boolean isSenderChecked() {
        return context.getEndpoints().stream()
                .filter(MailEndpoint.class::isInstance)
                .map(MailEndpoint.class::cast)
                .anyMatch(endpoint -> endpoint.getAuthserv() != null
                        && !endpoint.getAuthserv().isBlank());
    }
}
