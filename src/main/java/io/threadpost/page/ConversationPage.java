package io.threadpost.page;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import jakarta.inject.Singleton;

import io.quarkus.runtime.annotations.RegisterForReflection;

import io.threadpost.conversation.Conversation;
import io.threadpost.conversation.Conversations;
import io.threadpost.mail.MailRecord;
import io.threadpost.mail.MailStatus;
import io.threadpost.ops.ApiRefusal;
import io.threadpost.reply.Replies;
import io.threadpost.reply.Reply;

/** The list of conversations, and one: the guest's mails and the hotel's replies in their order. */
@Singleton
final class ConversationPage {
    private static final int PAGE = 50;
    /** Mails and replies of one conversation, each; a longer one shows its beginning. */
    private static final int MOST = 500;

    private final Conversations conversations;
    private final MailStatus mails;
    private final Replies replies;

    ConversationPage(Conversations conversations, MailStatus mails, Replies replies) {
        this.conversations = conversations;
        this.mails = mails;
        this.replies = replies;
    }

    /**
     * A page of the list.
     *
     * @param next the address of the next page; empty on the last one
     */
    @RegisterForReflection
    record Listed(String selected, List<MailPage.Tab> tabs, List<Row> rows, String next) {}

    /** A conversation in the list. */
    @RegisterForReflection
    record Row(
            String link, String subject, String guest, String connection, String active, String tone, String state) {}

    /**
     * A conversation.
     *
     * @param stopped whether a person or a loop has stopped its replies
     * @param parameter of its thread, in an address
     */
    @RegisterForReflection
    record View(
            String subject,
            String tone,
            String state,
            String why,
            boolean stopped,
            String parameter,
            List<MailPage.Fact> facts,
            List<Turn> turns) {}

    /**
     * A mail of the guest, or a reply of the hotel.
     *
     * @param link of the mail; empty for a reply
     */
    @RegisterForReflection
    record Turn(
            boolean guest, String who, String when, String what, String link, String tone, String state, String why) {}

    /** @param before milliseconds since the epoch; 0: now */
    Listed list(boolean stopped, long before) {
        Instant now = Instant.now();
        List<Conversation> found = stopped
                ? conversations.stopped(PAGE)
                : conversations.latest(Instant.ofEpochMilli(before == 0 ? Long.MAX_VALUE : before), PAGE + 1);
        String next = found.size() <= PAGE
                ? ""
                : "/conversations?before=" + found.get(PAGE - 1).active().toEpochMilli();
        return new Listed(
                stopped ? "Conversations with stopped replies" : "The latest conversations",
                List.of(
                        new MailPage.Tab("Latest", "/conversations", !stopped),
                        new MailPage.Tab("Replies stopped", "/conversations?stopped=true", stopped)),
                found.stream().limit(PAGE).map(one -> row(one, now)).toList(),
                next);
    }

    private static Row row(Conversation conversation, Instant now) {
        return new Row(
                PageFormat.path("conversations", conversation.thread()),
                subject(conversation),
                conversation.guest(),
                conversation.connection(),
                active(conversation, now),
                tone(conversation),
                state(conversation));
    }

    /** @throws ApiRefusal when no conversation belongs to the thread */
    View view(String thread) {
        Conversation conversation = conversations
                .ofThread(thread)
                .orElseThrow(() -> new ApiRefusal(
                        404,
                        "thread " + thread + " has no conversation",
                        "only threads that began with a mail have one"));
        Instant now = Instant.now();
        List<MailPage.Fact> facts = new ArrayList<>();
        facts.add(new MailPage.Fact("Guest", guest(conversation)));
        facts.add(new MailPage.Fact("Thread", thread));
        facts.add(new MailPage.Fact("Connection", conversation.connection()));
        facts.add(new MailPage.Fact("Mailbox", conversation.mailbox()));
        facts.add(new MailPage.Fact("Began", PageFormat.time(conversation.began())));
        facts.add(new MailPage.Fact("Last mail or message", active(conversation, now)));
        facts.add(new MailPage.Fact("Sender authenticated", conversation.authenticated() ? "yes" : "no"));
        return new View(
                subject(conversation),
                tone(conversation),
                state(conversation),
                why(conversation),
                conversation.stopped() != null,
                PageFormat.parameter(thread),
                facts,
                turns(conversation, now));
    }

    private List<Turn> turns(Conversation conversation, Instant now) {
        record Dated(Instant at, Turn turn) {}
        List<Dated> turns = new ArrayList<>();
        for (MailRecord mail : mails.ofThread(conversation.thread(), MOST)) {
            StatusRows.MailRow row = StatusRows.MailRow.of(mail, now);
            turns.add(new Dated(
                    mail.received(),
                    new Turn(
                            true,
                            row.sender().isEmpty() ? conversation.guest() : row.sender(),
                            row.received(),
                            row.subject(),
                            row.link(),
                            row.tone(),
                            row.state(),
                            row.why())));
        }
        for (Reply reply : replies.list(
                new Replies.Selection(null, conversation.thread()), Instant.ofEpochMilli(Long.MAX_VALUE), MOST)) {
            turns.add(new Dated(
                    reply.created(),
                    new Turn(
                            false,
                            "The hotel",
                            PageFormat.ago(reply.created(), now),
                            "Message " + reply.message(),
                            "",
                            tone(reply.state()),
                            reply.recipient() == null
                                    ? reply.state().word()
                                    : reply.state().word() + " to " + reply.recipient(),
                            reply.why() == null ? "" : reply.why())));
        }
        return turns.stream()
                .sorted(Comparator.comparing(Dated::at))
                .map(Dated::turn)
                .toList();
    }

    private static String tone(Reply.State state) {
        return switch (state) {
            case WAITING -> "waits";
            case SENT -> "ok";
            case WITHHELD -> "warn";
            case BOUNCED, REFUSED -> "bad";
        };
    }

    private static String subject(Conversation conversation) {
        return PageFormat.text(conversation.subject(), "(no subject)");
    }

    private static String guest(Conversation conversation) {
        return conversation.guestName() == null
                ? conversation.guest()
                : conversation.guestName() + " <" + conversation.guest() + ">";
    }

    private static String active(Conversation conversation, Instant now) {
        return conversation.active().toEpochMilli() == 0 ? "long ago" : PageFormat.ago(conversation.active(), now);
    }

    private static String tone(Conversation conversation) {
        return conversation.stopped() != null ? "warn" : conversation.unanswerable() != null ? "off" : "ok";
    }

    private static String state(Conversation conversation) {
        return conversation.stopped() != null
                ? "replies stopped"
                : conversation.unanswerable() != null ? "no replies" : "replies by mail";
    }

    private static String why(Conversation conversation) {
        return conversation.stopped() != null
                ? conversation.stopped()
                : PageFormat.text(
                        conversation.unanswerable(),
                        "What the hotel writes in the thread goes to the guest by mail, if replies are on.");
    }
}
