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
final class MessageLedger implements AddJournal<StagedMessage> {
    private static final String COLUMNS = "SELECT id, connection, item_key, part, thread, text FROM message_add";
    private static final String UNRESOLVED = " WHERE id = ? AND state = 'adding'";

    private final Ledger ledger;
    private final Spools spools;
    private final AttemptClock attemptClock;

    MessageLedger(Ledger ledger, Spools spools, AttemptClock attemptClock) {
        this.ledger = ledger;
        this.spools = spools;
        this.attemptClock = attemptClock;
    }

    /**
     * Stages the messages of a mail, and delivers their item to {@code spool:messages}, in one transaction.
     *
     * @param texts at least one, in their order
     * @return false when they were staged before
     */
    boolean stage(long mail, String connection, String key, String thread, List<String> texts) {
        boolean staged = ledger.write(tx -> stage(tx, mail, connection, key, thread, texts));
        if (staged) {
            wake();
        }
        return staged;
    }

    boolean stage(Transaction tx, long mail, String connection, String key, String thread, List<String> texts)
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

    void wake() {
        spools.wake(List.of(AddConstants.MESSAGES));
    }

    /** @return the messages of an item, in their order; none when nothing was staged under its key */
    List<StagedMessage> messages(String connection, String key) {
        return ledger.read(tx -> tx.list(
                COLUMNS + " WHERE connection = ? AND item_key = ? ORDER BY part",
                MessageLedger::message,
                connection,
                key));
    }

    /** @return whether an earlier message of its thread is not settled */
    boolean isBehindAnother(StagedMessage message) {
        return ledger.read(tx -> tx.one(
                        "SELECT 1 FROM message_add WHERE thread = ? AND id <> ? AND"
                                + " (state = 'adding' AND code IS NULL OR state = 'staged' AND id < ?)",
                        row -> 1,
                        message.thread(),
                        message.id(),
                        message.id()))
                .isPresent();
    }

    /** @return whether the platform has ever taken a message of the connection */
    boolean hasAdded(String connection) {
        return ledger.read(tx -> tx.one(
                        "SELECT 1 FROM message_add WHERE connection = ? AND state = 'added' LIMIT 1",
                        row -> 1,
                        connection))
                .isPresent();
    }

    @Override
    public AddState<StagedMessage> state(StagedMessage message) {
        return ledger.read(tx -> new AddState<>(
                message,
                tx.one(
                        "SELECT message FROM message_add WHERE id = ? AND state = 'added'",
                        row -> new AddOutcome.Added(row.getString(1)),
                        message.id()),
                tx.one(
                        "SELECT since, attempts, expires, process, read_backs FROM message_add" + UNRESOLVED,
                        row -> new Attempt(
                                row.getLong(1), row.getInt(2), row.getLong(3), row.getString(4), row.getInt(5)),
                        message.id()),
                Long.MAX_VALUE,
                tx.now()));
    }

    @Override
    public Optional<UnknownTime> unknownTime(StagedMessage message) {
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
    public boolean recordIntent(StagedMessage message, long since) {
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
    public boolean recordRepeat(StagedMessage message, Attempt before) {
        return ledger.write(tx -> tx.update(
                        "UPDATE message_add SET attempts = attempts + 1, expires = ?, process = ?, read_backs = 0,"
                                + " code = NULL, reason = NULL, touched = ?" + UNRESOLVED + " AND attempts = ?"
                                + " AND NOT EXISTS (SELECT 1 FROM message_add other WHERE other.thread = ?"
                                + " AND other.id <> message_add.id AND other.state = 'adding' AND other.code IS NULL)",
                        attemptClock.sent(tx.now()),
                        attemptClock.process(),
                        tx.now(),
                        message.id(),
                        before.requests(),
                        message.thread())
                == 1);
    }

    @Override
    public void revert(StagedMessage message, Attempt before) {
        ledger.write(tx -> before == null
                ? tx.update(
                        "UPDATE message_add SET state = 'staged', attempts = 0, touched = ?" + UNRESOLVED
                                + " AND attempts = 1",
                        tx.now(),
                        message.id())
                : tx.update(
                        "UPDATE message_add SET attempts = ?, expires = ?, process = ?, read_backs = ?" + UNRESOLVED
                                + " AND attempts = ?",
                        before.requests(),
                        before.over(),
                        before.process(),
                        before.readBacks(),
                        message.id(),
                        before.requests() + 1));
    }

    @Override
    public void answered(StagedMessage message) {
        ledger.write(tx -> tx.update(
                "UPDATE message_add SET expires = ?, touched = ?" + UNRESOLVED + " AND process = ?",
                attemptClock.answered(tx.now()),
                tx.now(),
                message.id(),
                attemptClock.process()));
    }

    @Override
    public void recordNotFound(StagedMessage message, Attempt attempt) {
        ledger.write(tx -> tx.update(
                "UPDATE message_add SET read_backs = read_backs + 1, expires = ?, process = ?, touched = ?" + UNRESOLVED
                        + " AND attempts = ?",
                attemptClock.recorded(attempt, tx.now()),
                attemptClock.process(),
                tx.now(),
                message.id(),
                attempt.requests()));
    }

    @Override
    public boolean isOver(AddState<StagedMessage> state, Attempt attempt) {
        return attemptClock.isOver(attempt, state.now());
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
                || tx.one(
                                "SELECT 1 FROM message_owner WHERE message = ? AND message_add = ?",
                                row -> 1,
                                id,
                                message.id())
                        .isPresent();
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
