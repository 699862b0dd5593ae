package io.threadpost.add;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.threadpost.add.AddState.Attempt;
import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;
import io.threadpost.spool.SpoolItem;
import io.threadpost.spool.Spools;

/**
 * The messages in the ledger: staged ones, intents, what is known about each, and outcomes. At most one message of a
 * thread is unresolved, so that it is known by its text alone; one whose item is dead, which has a code, does not
 * count.
 */
@Singleton
public class MessageAddLedger extends AddLedger<StagedMessage> {
    /** The numbers of mails begin at 1. */
    private static final long NO_MAIL = 0;

    private static final String COLUMNS = "SELECT id, connection, item_key, part, thread, text FROM message_add";

    private final Spools spools;

    MessageAddLedger(Ledger ledger, Spools spools, AttemptClock attemptClock) {
        super(ledger, attemptClock, new Columns("message_add", "expires", "read_backs", "id = ?"));
        this.spools = spools;
    }

    /**
     * Stages the messages of a mail, and delivers one item for them to {@code spool:messages}, both on disk when this
     * returns. A mail whose messages were staged before keeps those.
     *
     * @param mail its number
     * @param key identifies it within the connection
     * @param thread the {@code Id} of the thread that they are added to
     * @param texts at least one, none empty, in their order
     * @return whether they were staged now
     */
    public boolean stage(long mail, String connection, String key, String thread, List<String> texts) {
        boolean staged = ledger.write(tx -> stage(tx, mail, connection, key, thread, texts));
        if (staged) {
            wake();
        }
        return staged;
    }

    /**
     * Stages a message that no mail is the text of, with the caller's transaction; call {@link #wake} after the commit.
     *
     * @param key identifies it within the connection, and differs from those of mails
     * @return false when it was staged before
     */
    public boolean stage(Transaction tx, String connection, String key, String thread, String text)
            throws SQLException {
        return stage(tx, NO_MAIL, connection, key, thread, List.of(text));
    }

    private boolean stage(Transaction tx, long mail, String connection, String key, String thread, List<String> texts)
            throws SQLException {
        for (int part = 0; part < texts.size(); part++) {
            int inserted = tx.update(
                    "INSERT INTO message_add (connection, item_key, part, mail, thread, text, state, touched)"
                            + " VALUES (?, ?, ?, ?, ?, ?, 'staged', ?)"
                            + " ON CONFLICT (connection, item_key, part) DO NOTHING",
                    connection,
                    key,
                    part,
                    mail,
                    thread,
                    texts.get(part),
                    tx.now());
            // All of them are inserted by one transaction, so the first one decides.
            if (inserted == 0) {
                return false;
            }
        }
        Map<String, Object> body = Map.of("thread", thread, "mail", mail, "parts", texts.size());
        spools.accept(tx, AddConstants.MESSAGES, List.of(new SpoolItem(key, connection, Map.of(), body)));
        return true;
    }

    /** Wakes the consumer of {@code spool:messages}. */
    public void wake() {
        spools.wake(List.of(AddConstants.MESSAGES));
    }

    /** @return the messages of an item, in their order; none when nothing was staged under its key */
    List<StagedMessage> messages(String connection, String key) {
        return ledger.read(tx -> tx.list(
                COLUMNS + " WHERE connection = ? AND item_key = ? ORDER BY part",
                MessageAddLedger::message,
                connection,
                key));
    }

    /** @return whether an earlier message of its thread is not settled */
    boolean isBehindAnother(StagedMessage message) {
        return ledger.read(tx -> tx.exists(
                "SELECT 1 FROM message_add WHERE thread = ? AND id <> ? AND"
                        + " (state = 'adding' AND code IS NULL OR state = 'staged' AND id < ?)",
                message.thread(),
                message.id(),
                message.id()));
    }

    /** @return whether the platform has ever taken a message of the connection */
    boolean hasAdded(String connection) {
        return ledger.read(tx ->
                tx.exists("SELECT 1 FROM message_add WHERE connection = ? AND state = 'added' LIMIT 1", connection));
    }

    @Override
    Object[] identity(StagedMessage message) {
        return new Object[] {message.id()};
    }

    @Override
    AddState<StagedMessage> state(StagedMessage message) {
        return ledger.read(tx -> new AddState<>(
                message,
                tx.one(
                        "SELECT message FROM message_add WHERE id = ? AND state = 'added'",
                        row -> new AddOutcome.Added(row.getString(1)),
                        message.id()),
                attempt(tx, message),
                Long.MAX_VALUE,
                tx.now()));
    }

    @Override
    Optional<UnknownTime> unknownTime(StagedMessage message) {
        return ledger.read(tx -> UnknownTime.of(
                tx,
                tx.one(
                                "SELECT mail.received FROM message_add JOIN mail ON mail.id = message_add.mail"
                                        + " WHERE message_add.id = ?",
                                row -> row.getLong(1),
                                message.id())
                        .orElse(null)));
    }

    @Override
    boolean recordIntent(StagedMessage message, long since) {
        return ledger.write(tx -> tx.update(
                        "UPDATE message_add SET state = 'adding', since = ?, attempts = 1, expires = ?, process = ?,"
                                + " read_backs = 0, code = NULL, reason = NULL, touched = ?"
                                + " WHERE id = ? AND state IN ('staged', 'refused', 'discarded')"
                                + " AND NOT EXISTS (SELECT 1 FROM message_add other WHERE other.thread = ?"
                                + " AND (other.state = 'adding' AND other.code IS NULL"
                                + " OR other.state = 'staged' AND other.id < ?))",
                        since,
                        attemptClock.sent(tx.now()),
                        attemptClock.process(),
                        tx.now(),
                        message.id(),
                        message.thread(),
                        message.id())
                == 1);
    }

    @Override
    boolean recordRepeat(StagedMessage message, Attempt before) {
        return recordRepeat(
                message,
                before,
                ", code = NULL, reason = NULL",
                " AND NOT EXISTS (SELECT 1 FROM message_add other WHERE other.thread = ?"
                        + " AND other.id <> message_add.id AND other.state = 'adding' AND other.code IS NULL)",
                message.thread());
    }

    @Override
    int revertFirst(Transaction tx, StagedMessage message) throws SQLException {
        return tx.update(
                "UPDATE message_add SET state = 'staged', attempts = 0, touched = ?"
                        + " WHERE id = ? AND state = 'adding' AND attempts = 1",
                tx.now(),
                message.id());
    }

    /**
     * Ends an add with the message that it became, one of the platform's that belongs to no other add.
     *
     * @param ids candidates, the best one first; all of them belong to this add from now on
     * @return empty when all of them belong to others
     */
    Optional<AddOutcome> added(StagedMessage message, List<String> ids) {
        return ledger.write(tx -> {
            String first = null;
            for (String id : ids) {
                if (own(tx, message, id) && first == null) {
                    first = id;
                }
            }
            if (first == null) {
                return Optional.empty();
            }
            tx.update(
                    "UPDATE message_add SET state = 'added', message = ?, text = NULL, code = NULL, reason = NULL,"
                            + " touched = ? WHERE id = ? AND state <> 'added'",
                    first,
                    tx.now(),
                    message.id());
            return Optional.of(new AddOutcome.Added(first));
        });
    }

    private static boolean own(Transaction tx, StagedMessage message, String id) throws SQLException {
        return tx.update(
                                "INSERT INTO message_owner (message, message_add) VALUES (?, ?) ON CONFLICT DO NOTHING",
                                id,
                                message.id())
                        == 1
                || tx.exists("SELECT 1 FROM message_owner WHERE message = ? AND message_add = ?", id, message.id());
    }

    /** Records a refusal; the item's later messages share it, since they are not added without this one. */
    void refused(StagedMessage message, AddOutcome.Refused refused) {
        ledger.write(tx -> tx.update(
                "UPDATE message_add SET state = 'refused', attempts = 0, code = ?, reason = ?, touched = ?"
                        + " WHERE connection = ? AND item_key = ?"
                        + " AND (id = ? AND state = 'adding' OR part > ? AND state = 'staged')",
                refused.code(),
                tx.redacted(refused.words()),
                tx.now(),
                message.connection(),
                message.key(),
                message.id(),
                message.part()));
    }

    private static StagedMessage message(ResultSet row) throws SQLException {
        return new StagedMessage(
                row.getLong(1), row.getString(2), row.getString(3), row.getInt(4), row.getString(5), row.getString(6));
    }
}
