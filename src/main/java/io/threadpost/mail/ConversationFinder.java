package io.threadpost.mail;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.threadpost.conversation.Conversation;
import io.threadpost.conversation.Conversations;
import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;
import io.threadpost.mail.judge.Authenticity;
import io.threadpost.mail.judge.SenderList;
import io.threadpost.settings.ResolvedThread;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;
import io.threadpost.spool.PostponedException;

/**
 * Decides which thread a mail continues: by a reply token in an address that it was sent to, otherwise by the mails and
 * replies that it names. Only the thread's guest, or a sender that the settings allow, continues it.
 */
@Singleton
final class ConversationFinder {
    private static final int MOST_SUCCESSORS = 10;
    private static final int MOST_OLD = 100;
    private static final long AGAIN_MILLIS = 100;
    private static final long SHORTEST_WAIT_MILLIS = 2_000;
    private static final long LONGEST_WAIT_MILLIS = 30_000;

    private final Ledger ledger;
    private final MailRepository mailRepository;
    private final Conversations conversations;
    private final ConversationOrder order;
    private final ThreadLookup lookup;
    private final SenderList mayContinue;
    private final boolean continuesResolved;
    private final long earlierWaitMillis;

    ConversationFinder(
            Ledger ledger,
            MailRepository mailRepository,
            Conversations conversations,
            ConversationOrder order,
            ThreadLookup lookup,
            Settings settings) {
        this.ledger = ledger;
        this.mailRepository = mailRepository;
        this.conversations = conversations;
        this.order = order;
        this.lookup = lookup;
        this.mayContinue = SenderList.of(settings.get(SettingsCatalogue.MAIL_MAY_CONTINUE));
        this.continuesResolved = settings.get(SettingsCatalogue.MAIL_RESOLVED) == ResolvedThread.CONTINUE;
        this.earlierWaitMillis =
                settings.get(SettingsCatalogue.MAIL_EARLIER_WAIT).toMillis();
    }

    /**
     * What the ledger knows about a mail's conversation.
     *
     * @param continued the thread that it may continue; null without one
     * @param named the thread of another guest, or one that the sender does not prove to be the guest of; null without
     *     one
     */
    private record Found(String continued, String named) {}

    /**
     * @return the decision, the same whenever the mail comes again
     * @throws PostponedException when another mail of the conversation comes first, or the platform does not answer
     */
    ConversationDecision decide(InboundMail mail) {
        long number = mail.record().number();
        Optional<ConversationDecision> known = ledger.read(tx -> ConversationDecision.find(tx, number));
        if (known.isPresent()) {
            return known.get();
        }
        conversations.loadTokenKey();
        ledger.read(tx -> order.before(tx, mail.record())).ifPresent(before -> postpone(mail, before));
        MailLinks links = ledger.read(tx -> MailLinks.of(tx, number));
        beginOld(mail, links);
        // Outside of a write transaction, since the platform is asked.
        Found found = ledger.read(tx -> find(tx, mail, links));
        ConversationDecision decision = decision(mail, found);
        return ledger.write(tx -> {
            ConversationDecision.lock(tx);
            Optional<ConversationDecision> made = ConversationDecision.find(tx, number);
            if (made.isPresent()) {
                return made.get();
            }
            if (order.before(tx, mail.record()).isPresent()
                    || !find(tx, mail, links).equals(found)) {
                throw new PostponedException(Duration.ofMillis(AGAIN_MILLIS), "its conversation has just changed");
            }
            decision.store(tx, number);
            return decision;
        });
    }

    private Found find(Transaction tx, InboundMail mail, MailLinks links) throws SQLException {
        List<Conversation> byToken = new ArrayList<>();
        for (String token : links.tokens()) {
            conversations.ofToken(tx, token).ifPresent(byToken::add);
        }
        List<Conversation> byReference = conversations.ofMessageIds(tx, links.before());
        postponeForParent(tx, mail, links);
        boolean denied = mail.authenticity() == Authenticity.DENIED;
        boolean proven = !denied && mail.authenticity() != Authenticity.FAILED;
        Optional<Conversation> continued = byToken.stream()
                .filter(conversation -> !denied && allowed(conversation, mail))
                .findFirst()
                .or(() -> byReference.stream()
                        .filter(conversation -> proven && allowed(conversation, mail))
                        .findFirst());
        if (continued.isEmpty() && byToken.isEmpty() && byReference.isEmpty()) {
            continued = later(tx, mail, links).filter(conversation -> proven && allowed(conversation, mail));
        }
        if (continued.isPresent()) {
            return new Found(latest(tx, mail, continued.get()).thread(), null);
        }
        List<String> named = new ArrayList<>();
        byToken.stream()
                .filter(one -> here(one, mail))
                .map(Conversation::thread)
                .forEach(named::add);
        byReference.stream()
                .filter(one -> here(one, mail))
                .map(Conversation::thread)
                .forEach(named::add);
        old(tx, mail, links).stream().map(Conversation.Beginning::thread).forEach(named::add);
        return new Found(null, named.stream().findFirst().orElse(null));
    }

    private boolean allowed(Conversation conversation, InboundMail mail) {
        String author = mail.author();
        return here(conversation, mail)
                && !author.isEmpty()
                && (author.equals(conversation.guest())
                        || mayContinue
                                .entryFor(mail.content().from().subList(0, 1))
                                .isPresent());
    }

    /** A guest of one hotel may be the guest of another one, whose thread is out of reach. */
    private static boolean here(Conversation conversation, InboundMail mail) {
        return conversation.connection().equals(mail.record().connection());
    }

    /**
     * The conversation of a mail that came late, after those that answer it, or that arrived in another mailbox, too.
     */
    private Optional<Conversation> later(Transaction tx, InboundMail mail, MailLinks links) throws SQLException {
        if (links.messageId() == null) {
            return Optional.empty();
        }
        Optional<String> thread = tx.one(
                "SELECT m.thread FROM mail_reference r JOIN mail m ON m.id = r.mail"
                        + " JOIN mail own ON own.id = ?"
                        + " WHERE r.message_id = ? AND m.id <> own.id AND m.thread IS NOT NULL"
                        + " AND m.connection = own.connection AND m.sender = own.sender"
                        + " AND (r.kind IN ('reply', 'reference') OR r.kind = 'own' AND m.identity = own.identity)"
                        + " ORDER BY m.id LIMIT 1",
                row -> row.getString(1),
                mail.record().number(),
                links.messageId());
        return thread.isEmpty() ? Optional.empty() : conversations.ofThread(tx, thread.get());
    }

    /** A resolved thread may have been continued by a new one already. */
    private Conversation latest(Transaction tx, InboundMail mail, Conversation conversation) throws SQLException {
        Conversation latest = conversation;
        for (int i = 0; i < MOST_SUCCESSORS; i++) {
            Optional<String> thread = ConversationDecision.successor(tx, latest.thread());
            Optional<Conversation> next =
                    thread.isEmpty() ? Optional.empty() : conversations.ofThread(tx, thread.get());
            if (next.isEmpty() || !allowed(next.get(), mail)) {
                return latest;
            }
            latest = next.get();
        }
        return latest;
    }

    private ConversationDecision decision(InboundMail mail, Found found) {
        if (found.continued() == null) {
            return ConversationDecision.beginning(null, found.named() == null ? null : answers(mail, found.named()));
        }
        String thread = found.continued();
        return switch (lookup.state(mail.record().connection(), thread)) {
            case OPEN -> ConversationDecision.continuing(thread);
            case RESOLVED ->
                continuesResolved
                        ? ConversationDecision.continuing(thread)
                        : ConversationDecision.beginning(thread, "Continues the resolved thread " + thread);
            case GONE -> ConversationDecision.beginning(thread, "Continues the thread " + thread + ", which is gone");
        };
    }

    /** Names the thread by its Id alone: nothing of one guest is shown in the thread of another. */
    private String answers(InboundMail mail, String thread) {
        boolean guest = ledger.read(tx -> conversations.ofThread(tx, thread))
                .filter(conversation -> allowed(conversation, mail))
                .isPresent();
        return guest
                ? "Answers the thread " + thread + ", but its sender is not authenticated"
                : "Answers the thread of another guest: " + thread;
    }

    private void postponeForParent(Transaction tx, InboundMail mail, MailLinks links) throws SQLException {
        List<String> parents = links.answered().isEmpty()
                ? links.references().stream().limit(1).toList()
                : links.answered();
        for (String parent : parents) {
            if (tx.exists(
                    "SELECT 1 FROM mail_reference WHERE message_id = ? AND kind = 'own'"
                            + " UNION ALL SELECT 1 FROM reply WHERE message_id = ?",
                    parent,
                    parent)) {
                return;
            }
        }
        long left = earlierWaitMillis - age(tx, mail);
        if (!parents.isEmpty() && left > 0) {
            throw new PostponedException(
                    Duration.ofMillis(left), "it answers a mail that is not known, and that may still arrive");
        }
    }

    /** The mail comes again when the other one is settled; the time is for a settlement that hastens nothing. */
    private void postpone(InboundMail mail, long before) {
        boolean waits = mailRepository.waitsFor(mail.record().number(), before);
        long quarter = ledger.read(tx -> age(tx, mail)) / 4;
        throw new PostponedException(
                Duration.ofMillis(
                        waits ? Math.max(SHORTEST_WAIT_MILLIS, Math.min(LONGEST_WAIT_MILLIS, quarter)) : AGAIN_MILLIS),
                "mail " + before + " of the same conversation comes first");
    }

    private static long age(Transaction tx, InboundMail mail) throws SQLException {
        return tx.now()
                - tx.number(
                        "SELECT staged FROM mail WHERE id = ?", mail.record().number());
    }

    /** Begins the conversations of its sender's threads that were added before there were conversations. */
    private void beginOld(InboundMail mail, MailLinks links) {
        String author = mail.author();
        List<Conversation.Beginning> own = ledger.read(tx -> old(tx, mail, links)).stream()
                .filter(beginning -> beginning.guest().equals(author))
                .toList();
        if (!own.isEmpty()) {
            ledger.execute(tx -> {
                for (Conversation.Beginning beginning : own) {
                    conversations.begin(tx, beginning);
                }
            });
        }
    }

    /** @return of the mails that it names, those that are threads without a conversation */
    private static List<Conversation.Beginning> old(Transaction tx, InboundMail mail, MailLinks links)
            throws SQLException {
        if (links.before().isEmpty()) {
            return List.of();
        }
        List<Object> parameters = new ArrayList<>(links.before());
        parameters.add(mail.record().connection());
        // What the hotel wrote before now is not sent.
        Instant began = Instant.ofEpochMilli(tx.now());
        return tx.list(
                "SELECT m.thread, m.connection, m.mailbox, m.id, m.sender, m.subject FROM mail_reference r"
                        + " JOIN mail m ON m.id = r.mail LEFT JOIN conversation c ON c.thread = m.thread"
                        + " WHERE r.message_id IN (?"
                        + ", ?".repeat(links.before().size() - 1) + ")"
                        + " AND r.kind = 'own' AND m.connection = ? AND m.thread IS NOT NULL AND m.sender <> ''"
                        + " AND c.id IS NULL ORDER BY m.id LIMIT " + MOST_OLD,
                row -> new Conversation.Beginning(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getLong(4),
                        row.getString(5),
                        null,
                        Objects.requireNonNullElse(row.getString(6), ""),
                        began,
                        mail.unanswerable(),
                        mail.authenticity() == Authenticity.PASSED),
                parameters.toArray());
    }
}
