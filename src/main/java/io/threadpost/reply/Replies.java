package io.threadpost.reply;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import jakarta.inject.Singleton;

import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;
import io.threadpost.spool.DeadItems;
import io.threadpost.spool.Spools;

/**
 * The replies of the ledger. Those of a thread are sent in the order in which the hotel wrote them; one that is dead,
 * or that could not be sent for a day, holds no other one up.
 */
@Singleton
public final class Replies {
    private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();
    /** Nothing waits longer for an earlier reply: its mail server may defer it for days. */
    private static final long LONGEST_WAIT_MILLIS = Duration.ofDays(1).toMillis();

    private static final int MOST_WAITING = 100;

    /** The spool of the hotel's messages that are to be sent. */
    static final String SPOOL = "replies";

    private final Ledger ledger;
    private final DeadItems dead;
    private final Spools spools;

    Replies(Ledger ledger, DeadItems dead, Spools spools) {
        this.ledger = ledger;
        this.dead = dead;
        this.spools = spools;
    }

    /**
     * Replies to list.
     *
     * @param state null for any
     * @param thread null for any
     */
    public record Selection(Reply.State state, String thread) {}

    /** @return selected replies, the newest first, seen before that time */
    public List<Reply> list(Selection selection, Instant before, int limit) {
        List<Object> parameters = new ArrayList<>(List.of(before.toEpochMilli()));
        StringBuilder condition = new StringBuilder(" WHERE seen < ?");
        if (selection.state() != null) {
            condition.append(" AND state = ?");
            parameters.add(selection.state().word());
        }
        if (selection.thread() != null) {
            condition.append(" AND thread = ?");
            parameters.add(selection.thread());
        }
        return ledger.read(tx -> tx.list(
                Reply.COLUMNS + condition + " ORDER BY seen DESC, message LIMIT " + limit,
                Reply::of,
                parameters.toArray()));
    }

    /** @return the number of replies by state, {@code waiting} and others, without states that have none */
    public Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        ledger.read(tx -> tx.list(
                "SELECT state, COUNT(*) FROM reply GROUP BY state",
                row -> counts.put(row.getString(1), row.getLong(2))));
        return counts;
    }

    Optional<Reply> find(String message) {
        return ledger.read(tx -> tx.one(Reply.COLUMNS + " WHERE message = ?", Reply::of, message));
    }

    /**
     * @param thread empty for a message without a usable one
     * @param place among those of its thread that the hotel wrote at the same time
     * @return whether it is new: it was not there yet, is later than what was purged, and its conversation was not
     *     erased meanwhile
     */
    boolean add(Transaction tx, String message, String connection, String thread, Instant created, long place)
            throws SQLException {
        boolean added = tx.update(
                        "INSERT INTO reply (message, connection, thread, created, place, seen, state, changed)"
                                + " VALUES (?, ?, ?, ?, ?, ?, 'waiting', ?) ON CONFLICT (message) DO NOTHING",
                        message,
                        connection,
                        thread,
                        created.toEpochMilli(),
                        place,
                        tx.now(),
                        tx.now())
                == 1;
        // Sets nothing, but locks the row: neither a purge nor an erasure comes between.
        boolean open = added
                && (thread.isEmpty()
                        || tx.update(
                                        "UPDATE conversation SET purged = purged WHERE thread = ? AND purged < ?",
                                        thread,
                                        created.toEpochMilli())
                                == 1);
        if (added && !open) {
            tx.update("DELETE FROM reply WHERE message = ?", message);
        }
        return open;
    }

    /** @return whether an earlier one has to be sent before */
    boolean isBehindAnother(Reply reply) {
        return waitingBefore(reply).stream().anyMatch(message -> !dead.isDead(SPOOL, message));
    }

    /** A reply of the thread is settled: those that waited for it are due. */
    void settled(String thread) {
        List<String> waiting = waiting(thread);
        if (!waiting.isEmpty()) {
            ledger.execute(tx -> {
                spools.hasten(tx, SPOOL, waiting);
            });
            spools.wake(List.of(SPOOL));
        }
    }

    /** @return replies of the same thread that wait and were written before, the oldest first */
    private List<String> waitingBefore(Reply reply) {
        return ledger.read(tx -> tx.texts(
                "SELECT message FROM reply WHERE thread = ? AND state = 'waiting' AND seen > ?"
                        + " AND (created < ? OR created = ? AND place < ?) ORDER BY created, place LIMIT "
                        + MOST_WAITING,
                reply.thread(),
                tx.now() - LONGEST_WAIT_MILLIS,
                reply.created().toEpochMilli(),
                reply.created().toEpochMilli(),
                reply.place()));
    }

    /** @return replies of the thread that wait, the oldest first */
    private List<String> waiting(String thread) {
        return ledger.read(tx -> tx.texts(
                "SELECT message FROM reply WHERE thread = ? AND state = 'waiting' ORDER BY created, place LIMIT "
                        + MOST_WAITING,
                thread));
    }

    /**
     * Records what a reply's mail is known by, before it is sent: a quick answer is then recognised. Once recorded it
     * stays.
     *
     * @param rate the most mails to one address in an hour
     * @return milliseconds to wait before it may be sent, nothing being recorded; 0 when it may be sent now
     */
    long record(Reply reply, String messageId, String recipient, String fingerprint, int rate) {
        return ledger.write(tx -> {
            if (tx.dialect().shared()) {
                // Nodes count one at a time.
                tx.one("SELECT pg_advisory_xact_lock(hashtext(?))", row -> true, "reply " + recipient);
            }
            if (reply.messageId() == null) {
                List<Long> sent = tx.list(
                        "SELECT changed FROM reply WHERE recipient = ? AND changed > ? AND state IN ('sent', 'waiting')"
                                + " AND message <> ? ORDER BY changed DESC LIMIT " + rate,
                        row -> row.getLong(1),
                        recipient,
                        tx.now() - HOUR_MILLIS,
                        reply.message());
                if (sent.size() == rate) {
                    return Math.max(1, sent.get(rate - 1) + HOUR_MILLIS - tx.now());
                }
            }
            tx.update(
                    "UPDATE reply SET message_id = ?, recipient = ?, fingerprint = ?, why = NULL, changed = ?,"
                            + " recorded = ? WHERE message = ? AND message_id IS NULL",
                    messageId,
                    recipient,
                    fingerprint,
                    tx.now(),
                    tx.now(),
                    reply.message());
            return 0L;
        });
    }

    /** Records why a reply still waits. */
    void waits(String message, String why) {
        ledger.write(tx -> tx.update(
                "UPDATE reply SET why = ? WHERE message = ? AND state = 'waiting'", tx.redacted(why), message));
    }

    /** @return whether it waited until now */
    boolean sent(String message) {
        return ledger.write(tx -> tx.update(
                        "UPDATE reply SET state = 'sent', why = NULL, changed = ?"
                                + " WHERE message = ? AND state IN ('waiting', 'refused')",
                        tx.now(),
                        message))
                == 1;
    }

    /**
     * @param why one line for people
     * @return whether it waited until now
     */
    boolean refuse(Transaction tx, String message, String why) throws SQLException {
        return tx.update(
                        "UPDATE reply SET state = 'refused', why = ?, changed = ?"
                                + " WHERE message = ? AND state = 'waiting'",
                        tx.redacted(why),
                        tx.now(),
                        message)
                == 1;
    }

    /**
     * @param stopped whether it is because the conversation is stopped, so that a person may release it
     * @param why one line for people
     * @return whether it waited until now
     */
    boolean withhold(Transaction tx, String message, boolean stopped, String why) throws SQLException {
        return tx.update(
                        "UPDATE reply SET state = 'withheld', stopped = ?, why = ?, message_id = NULL, changed = ?"
                                + " WHERE message = ? AND state = 'waiting'",
                        stopped,
                        tx.redacted(why),
                        tx.now(),
                        message)
                == 1;
    }
}
