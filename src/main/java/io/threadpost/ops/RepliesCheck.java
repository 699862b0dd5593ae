package io.threadpost.ops;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.eclipse.microprofile.health.Readiness;

import io.threadpost.conversation.Conversation;
import io.threadpost.conversation.Conversations;
import io.threadpost.reply.ReplyPulls;
import io.threadpost.retry.DurationFormat;
import io.threadpost.settings.Settings;
import io.threadpost.settings.TargetSystem;

/**
 * Down while the platform does not answer requests for messages of the hotel, so that guests get no replies. A
 * conversation whose replies are stopped waits for a person and takes nothing down.
 */
@Readiness
@ApplicationScoped
public class RepliesCheck implements ReportingCheck {
    private static final int MOST_NAMED = 20;
    /** A single lost answer is no failure worth a report. */
    private static final int FAILING = 3;

    private final Settings settings;
    private final ReplyPulls pulls;
    private final Conversations conversations;
    private final RedactedText redactedText;

    @Inject
    RepliesCheck(Settings settings, ReplyPulls pulls, Conversations conversations, RedactedText redactedText) {
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
                                + ": " + redactedText.clean(pull.reason()));
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
}
