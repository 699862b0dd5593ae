package io.threadpost.mail;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

import jakarta.inject.Singleton;

import io.threadpost.conversation.Conversation;
import io.threadpost.conversation.Conversations;
import io.threadpost.ledger.Transaction;

/**
 * The order in which the mails of one conversation are added, one at a time: what a mail answers comes before it,
 * otherwise what was written earlier. Every node computes the same order from the mails that are staged and not
 * settled, so that none waits for another one in a circle, whatever headers are forged.
 */
@Singleton
final class ConversationOrder {
    /** With more waiting mails of one conversation, only the time when they were written counts. */
    private static final int MOST = 100;

    private static final int MOST_IDS = 500;
    /** Of those that a mail names. A Message-ID belongs to one, the oldest, unless somebody repeats it. */
    private static final int MOST_CONVERSATIONS = 20;

    private static final Comparator<Waiting> BY_TIME =
            Comparator.comparingLong(Waiting::written).thenComparingLong(Waiting::number);

    private final Conversations conversations;

    ConversationOrder(Conversations conversations) {
        this.conversations = conversations;
    }

    /**
     * A mail that is staged and not settled.
     *
     * @param sender null before it was read
     * @param decided whether it was decided which thread it continues, so that it is being added
     * @param before the Message-IDs of the mails before it
     */
    private record Waiting(
            long number,
            String identity,
            String sender,
            long written,
            boolean decided,
            MailLinks links,
            Set<String> before) {
        boolean answers(Waiting other) {
            return other.links.messageId() != null && before.contains(other.links.messageId());
        }

        /**
         * A stranger who names the same mails holds nobody up, unless somebody answers him; nor does a mail with the
         * same Message-ID, unless it is the same mail, in another mailbox.
         */
        boolean belongsWith(Waiting other) {
            boolean mayShare = sender == null || other.sender == null || sender.equals(other.sender);
            boolean sameId = Objects.equals(links.messageId(), other.links.messageId());
            return answers(other)
                    || other.answers(this)
                    || mayShare && (!sameId || links.messageId() == null || identity.equals(other.identity));
        }
    }

    /** @return the number of a mail that has to be settled before this one; empty when it is its turn */
    Optional<Long> before(Transaction tx, MailRecord mail) throws SQLException {
        Map<Long, Waiting> read = new HashMap<>();
        Waiting own = waiting(tx, List.of(mail.number()), read).get(0);
        Map<Long, Waiting> all = new LinkedHashMap<>(Map.of(own.number(), own));
        Queue<Waiting> next = new ArrayDeque<>(List.of(own));
        while (!next.isEmpty() && all.size() < MOST) {
            Waiting reached = next.remove();
            for (Waiting found : neighbours(tx, mail.connection(), reached, read)) {
                if (reached == own && found.decided()) {
                    return Optional.of(found.number());
                }
                if (!found.decided() && all.putIfAbsent(found.number(), found) == null) {
                    next.add(found);
                }
            }
        }
        Waiting first = all.size() < MOST
                ? first(all.values())
                : all.values().stream().min(BY_TIME).orElse(own);
        return first.number() == own.number() ? Optional.empty() : Optional.of(first.number());
    }

    private static Waiting first(Collection<Waiting> all) {
        return all.stream()
                .filter(mail -> all.stream().noneMatch(other -> other != mail && mail.answers(other)))
                .min(BY_TIME)
                // Forged references form a circle.
                .orElseGet(() -> all.stream().min(BY_TIME).orElseThrow());
    }

    private List<Waiting> neighbours(Transaction tx, String connection, Waiting mail, Map<Long, Waiting> read)
            throws SQLException {
        Set<String> ids = new LinkedHashSet<>(mail.before());
        if (mail.links().messageId() != null) {
            ids.add(mail.links().messageId());
        }
        ids.addAll(mail.links().tokens());
        for (Conversation conversation : conversations(tx, mail.links())) {
            ids.add(conversations.token(conversation));
            ids.addAll(conversations.messageIds(tx, conversation.thread()));
        }
        List<String> known = ids.stream().limit(MOST_IDS).toList();
        if (known.isEmpty()) {
            return List.of();
        }
        List<Object> parameters = new ArrayList<>(known);
        parameters.add(connection);
        parameters.add(mail.number());
        List<Long> numbers = tx.list(
                "SELECT DISTINCT m.id FROM mail_reference r JOIN mail m ON m.id = r.mail WHERE r.message_id IN ("
                        + placeholders(known.size())
                        + ") AND m.state = 'waiting' AND m.connection = ? AND m.id <> ? ORDER BY m.id LIMIT " + MOST,
                row -> row.getLong(1),
                parameters.toArray());
        return waiting(tx, numbers, read).stream().filter(mail::belongsWith).toList();
    }

    private List<Conversation> conversations(Transaction tx, MailLinks links) throws SQLException {
        List<Conversation> found = new ArrayList<>();
        for (String token : links.tokens()) {
            conversations.ofToken(tx, token).ifPresent(found::add);
        }
        found.addAll(conversations.ofMessageIds(tx, links.before(), MOST_CONVERSATIONS));
        Set<String> threads = new HashSet<>();
        return found.stream()
                .filter(one -> threads.add(one.thread()))
                .limit(MOST_CONVERSATIONS)
                .toList();
    }

    /** @param read the mails that were read already; the others are added */
    private static List<Waiting> waiting(Transaction tx, List<Long> numbers, Map<Long, Waiting> read)
            throws SQLException {
        List<Waiting> mails = new ArrayList<>();
        for (long number : numbers) {
            Waiting known = read.get(number);
            Optional<Waiting> mail = known == null ? waiting(tx, number) : Optional.of(known);
            mail.ifPresent(one -> {
                read.put(number, one);
                mails.add(one);
            });
        }
        return mails;
    }

    private static Optional<Waiting> waiting(Transaction tx, long number) throws SQLException {
        MailLinks links = MailLinks.of(tx, number);
        return tx.one(
                "SELECT m.identity, m.sender, m.received, m.written, d.mail FROM mail m"
                        + " LEFT JOIN mail_conversation d ON d.mail = m.id WHERE m.id = ?",
                row -> new Waiting(
                        number,
                        row.getString(1),
                        row.getString(2),
                        written(row.getLong(3), row.getLong(4)),
                        row.getObject(5) != null,
                        links,
                        new LinkedHashSet<>(links.before())),
                number);
    }

    /** A sender's clock that is ahead does not count. */
    private static long written(long received, long date) {
        return date == 0 ? received : Math.min(date, received);
    }

    private static String placeholders(int count) {
        return "?" + ", ?".repeat(count - 1);
    }
}
