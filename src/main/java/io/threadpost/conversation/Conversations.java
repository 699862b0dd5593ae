package io.threadpost.conversation;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import jakarta.inject.Singleton;

import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;

/** The conversations of the ledger. Message-IDs are as headers write them, with angle brackets, without white space. */
@Singleton
public final class Conversations {
    private static final int CHUNK = 500;
    private static final int LONGEST_CHAIN = 30;
    private static final int MOST_FOUND = 1000;
    private static final int REPORT_KEY_BYTES = 16;
    private static final String NO_BOUNCE =
            " AND NOT EXISTS (SELECT 1 FROM mail_conversation d" + " WHERE d.mail = m.id AND d.reply IS NOT NULL)";

    private final Ledger ledger;
    private final ReplyToken replyToken;
    private final SigningKey key;
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

    Conversations(Ledger ledger, SigningKey key) {
        this.ledger = ledger;
        this.replyToken = new ReplyToken(key);
        this.key = key;
    }

    /**
     * Begins a conversation, unless its thread has one.
     *
     * @return the conversation of that thread
     */
    public Conversation begin(Transaction tx, Conversation.Beginning beginning) throws SQLException {
        tx.update(
                "INSERT INTO conversation (thread, connection, mailbox, mail, guest, guest_name, subject, began,"
                        + " unanswerable, authenticated, active) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT (thread) DO NOTHING",
                beginning.thread(),
                beginning.connection(),
                beginning.mailbox(),
                beginning.mail(),
                beginning.guest(),
                beginning.guestName(),
                beginning.subject(),
                beginning.began().toEpochMilli(),
                beginning.unanswerable(),
                beginning.authenticated(),
                tx.now());
        return ofThread(tx, beginning.thread()).orElseThrow();
    }

    /** Records that a mail or a message came in, so that its messages are asked for more often for a while. */
    public void activate(Transaction tx, String thread) throws SQLException {
        tx.update("UPDATE conversation SET active = ? WHERE thread = ?", tx.now(), thread);
    }

    /** Records that a trusted host has authenticated the author of a later mail, who may be the guest. */
    public void authenticate(Transaction tx, String thread, String author) throws SQLException {
        tx.update(
                "UPDATE conversation SET authenticated = TRUE WHERE thread = ? AND guest = ? AND NOT authenticated",
                thread,
                author);
    }

    /**
     * Records that the pull has seen newer versions of threads; those without a conversation are skipped.
     *
     * @return how many have a conversation
     */
    public int moved(Transaction tx, Collection<String> threads) throws SQLException {
        if (threads.isEmpty() || !tx.exists("SELECT 1 FROM conversation LIMIT 1")) {
            return 0;
        }
        int moved = 0;
        List<String> all = new ArrayList<>(threads);
        // In order, so that two nodes lock the rows in the same order.
        Collections.sort(all);
        for (int from = 0; from < all.size(); from += CHUNK) {
            List<String> chunk = all.subList(from, Math.min(all.size(), from + CHUNK));
            moved += tx.update(
                    "UPDATE conversation SET moved = moved + 1 WHERE thread IN (" + placeholders(chunk.size()) + ")",
                    chunk.toArray());
        }
        return moved;
    }

    /** Registers who is told, after the commit, that threads of a connection have moved. */
    public void onMoved(Consumer<String> listener) {
        listeners.add(listener);
    }

    /** Threads of a connection have moved, and that is committed. */
    public void reportMoved(String connection) {
        listeners.forEach(listener -> listener.accept(connection));
    }

    public Optional<Conversation> ofThread(String thread) {
        return ledger.read(tx -> ofThread(tx, thread));
    }

    public Optional<Conversation> ofThread(Transaction tx, String thread) throws SQLException {
        return tx.one(Conversation.COLUMNS + " WHERE c.thread = ?", Conversation::of, thread);
    }

    /**
     * @return the token that recognises the conversation in an address, see {@link #tokens}: at most 28 lower-case
     *     letters and digits, to be set off from letters and digits
     */
    public String token(Conversation conversation) {
        return replyToken.sign(conversation.id());
    }

    /** @return what may be tokens in a plain address, without looking whether they are valid */
    public static List<String> tokens(String address) {
        return ReplyToken.candidates(address);
    }

    /**
     * A mail system that returns a reply returns its header with this key. The Message-ID proves nothing: everybody who
     * gets an answer to the reply knows it.
     *
     * @param messageId of a reply
     * @return 32 hexadecimal digits that only its recipient's mail systems see
     */
    public String reportKey(String messageId) {
        return HexFormat.of().formatHex(key.sign("report", messageId), 0, REPORT_KEY_BYTES);
    }

    /** Makes {@link #token} and {@link #ofToken} usable within a write transaction; must be called before it. */
    public void loadTokenKey() {
        replyToken.loadKey();
    }

    /** @return the conversation whose valid token it is */
    public Optional<Conversation> ofToken(Transaction tx, String token) throws SQLException {
        OptionalLong id = replyToken.verify(token);
        return id.isEmpty()
                ? Optional.empty()
                : tx.one(Conversation.COLUMNS + " WHERE c.id = ?", Conversation::of, id.getAsLong());
    }

    /**
     * The conversations that messages belong to. A reply is known before it is sent, so that a quick answer finds it. A
     * stranger can send a mail with the Message-ID of another one, so there may be several for one.
     *
     * @param messageIds of mails and of replies
     * @return in the order of these, and for each the oldest mail first
     */
    public List<Conversation> ofMessageIds(Transaction tx, List<String> messageIds) throws SQLException {
        return ofMessageIds(tx, messageIds, MOST_FOUND);
    }

    /** @param most at most so many, the first ones */
    public List<Conversation> ofMessageIds(Transaction tx, List<String> messageIds, int most) throws SQLException {
        if (messageIds.isEmpty()) {
            return List.of();
        }
        String among = " IN (" + placeholders(messageIds.size()) + ")";
        List<Object> parameters = new ArrayList<>(messageIds);
        parameters.addAll(messageIds);
        List<String[]> rows = tx.list(
                "SELECT own.message_id, m.thread, m.id AS mail FROM mail_reference own JOIN mail m ON m.id = own.mail"
                        + " WHERE own.kind = 'own' AND m.thread IS NOT NULL AND own.message_id" + among
                        + " UNION ALL SELECT message_id, thread, 0 AS mail FROM reply WHERE message_id" + among
                        + " ORDER BY mail LIMIT " + MOST_FOUND,
                row -> new String[] {row.getString(1), row.getString(2)},
                parameters.toArray());
        Set<String> threads = new LinkedHashSet<>();
        for (String messageId : messageIds) {
            for (String[] row : rows) {
                if (row[0].equals(messageId)) {
                    threads.add(row[1]);
                }
            }
        }
        return ofThreads(tx, threads.stream().limit(most).toList());
    }

    /** @return in the order of the threads; those without a conversation are skipped */
    private static List<Conversation> ofThreads(Transaction tx, List<String> threads) throws SQLException {
        Map<String, Conversation> found = new HashMap<>();
        for (int from = 0; from < threads.size(); from += CHUNK) {
            List<String> chunk = threads.subList(from, Math.min(threads.size(), from + CHUNK));
            tx.list(
                            Conversation.COLUMNS + " WHERE c.thread IN (" + placeholders(chunk.size()) + ")",
                            Conversation::of,
                            chunk.toArray())
                    .forEach(conversation -> found.put(conversation.thread(), conversation));
        }
        return threads.stream().map(found::get).filter(Objects::nonNull).toList();
    }

    /**
     * The Message-IDs of a thread's mails and replies, for {@code References}: the first one and the latest.
     *
     * @return the oldest first
     */
    public List<String> messageIds(String thread) {
        return ledger.read(tx -> messageIds(tx, thread));
    }

    public List<String> messageIds(Transaction tx, String thread) throws SQLException {
        List<String> ids = tx.texts(
                "SELECT own.message_id, m.received AS at FROM mail m"
                        + " JOIN mail_reference own ON own.mail = m.id AND own.kind = 'own' WHERE m.thread = ?"
                        + NO_BOUNCE
                        + " UNION ALL SELECT message_id, created AS at FROM reply"
                        + " WHERE thread = ? AND message_id IS NOT NULL AND state <> 'withheld' ORDER BY at",
                thread,
                thread);
        List<String> distinct = ids.stream().distinct().toList();
        if (distinct.size() <= LONGEST_CHAIN) {
            return distinct;
        }
        List<String> chain = new ArrayList<>(List.of(distinct.get(0)));
        chain.addAll(distinct.subList(distinct.size() - LONGEST_CHAIN + 1, distinct.size()));
        return chain;
    }

    /** @return the latest mail of its guest in the conversation's thread */
    public Optional<Conversation.Mail> lastMail(Conversation conversation) {
        return ledger.read(tx -> tx.one(
                "SELECT m.id, own.message_id, m.subject FROM mail m"
                        + " LEFT JOIN mail_reference own ON own.mail = m.id AND own.kind = 'own'"
                        + " WHERE m.thread = ? AND (m.sender IS NULL OR m.sender = ?)"
                        + NO_BOUNCE
                        + " ORDER BY m.received DESC, m.id DESC LIMIT 1",
                row -> new Conversation.Mail(row.getLong(1), row.getString(2), row.getString(3)),
                conversation.thread(),
                conversation.guest()));
    }

    /** @return conversations whose thread has moved since the platform was asked, up to the limit */
    public List<Conversation> moved(String connection, int most) {
        return ledger.read(tx -> tx.list(
                Conversation.COLUMNS + " WHERE c.connection = ? AND c.moved > 0 ORDER BY c.asked LIMIT ?",
                Conversation::of,
                connection,
                most));
    }

    /** @return conversations in which something came in since then, the least recently asked first, up to the limit */
    public List<Conversation> active(String connection, Instant since, int most) {
        return ledger.read(tx -> tx.list(
                Conversation.COLUMNS + " WHERE c.connection = ? AND c.active >= ? ORDER BY c.asked LIMIT ?",
                Conversation::of,
                connection,
                since.toEpochMilli(),
                most));
    }

    /**
     * Records that the platform was asked for the messages of conversations. A thread that has moved since a
     * conversation was read is asked about again.
     *
     * @param conversations as they were read before the request
     * @param at until when messages were asked for
     */
    public void asked(Transaction tx, Collection<Conversation> conversations, Instant at) throws SQLException {
        List<Object[]> rows = new ArrayList<>();
        conversations.stream()
                .sorted((one, other) -> Long.compare(one.id(), other.id()))
                .forEach(conversation ->
                        rows.add(new Object[] {at.toEpochMilli(), conversation.moved(), conversation.id()}));
        tx.batch(
                "UPDATE conversation SET asked = ?, moved = CASE WHEN moved = ? THEN 0 ELSE moved END WHERE id = ?",
                rows);
    }

    /** The thread is gone: its messages are no longer requested, unless it moves or another mail comes in. */
    public void end(Transaction tx, String thread) throws SQLException {
        tx.update("UPDATE conversation SET active = 0 WHERE thread = ?", thread);
    }

    /**
     * Stops replies in a conversation.
     *
     * @param why one line for people
     * @return whether it was not stopped before
     */
    public boolean stop(Transaction tx, String thread, String why) throws SQLException {
        return tx.update(
                        "UPDATE conversation SET stopped = ? WHERE thread = ? AND stopped IS NULL",
                        tx.redacted(why),
                        thread)
                > 0;
    }

    /** @return whether replies in the conversation were stopped */
    public boolean resume(Transaction tx, String thread) throws SQLException {
        return tx.update("UPDATE conversation SET stopped = NULL WHERE thread = ? AND stopped IS NOT NULL", thread) > 0;
    }

    /** @return conversations in which replies are stopped, up to the limit */
    public List<Conversation> stopped(int most) {
        return ledger.read(tx -> tx.list(
                Conversation.COLUMNS + " WHERE c.stopped IS NOT NULL ORDER BY c.id LIMIT ?", Conversation::of, most));
    }

    /** @return conversations in which something came in before that time, the latest first, up to the limit */
    public List<Conversation> latest(Instant before, int most) {
        return ledger.read(tx -> tx.list(
                Conversation.COLUMNS + " WHERE c.active < ? ORDER BY c.active DESC, c.id DESC LIMIT ?",
                Conversation::of,
                before.toEpochMilli(),
                most));
    }

    private static String placeholders(int count) {
        return "?" + ", ?".repeat(count - 1);
    }
}
