package io.threadpost.add;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import jakarta.inject.Singleton;

import io.threadpost.add.AddState.Attempt;
import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;
import io.threadpost.settings.ConnectionSettings;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;

/** The adds in the ledger: intents, what is known about each, and outcomes. */
@Singleton
final class AddLedger {
    /**
     * An unresolved add whose message did not come again for so long, such as a discarded mail's, is forsaken and
     * blocks no other one.
     */
    static final long FORSAKEN_MILLIS = Duration.ofHours(1).toMillis();

    private static final String THIS = " WHERE connection = ? AND item_key = ?";
    private static final String UNRESOLVED = " FROM thread_add WHERE scope = ? AND state = 'adding'";

    private final Ledger ledger;
    /**
     * By connection. Connections with the same token share a scope: they see each other's threads. It is named by the
     * first of them.
     */
    private final Map<String, String> scopes = new HashMap<>();

    private final long responseMillis;
    private final long waitMillis;
    private final String process;

    AddLedger(Ledger ledger, Settings settings) {
        this.ledger = ledger;
        // Processes that share a ledger use its clock; with a file, each has its own.
        this.process = ledger.dialect().shared() ? "shared" : UUID.randomUUID().toString();
        Map<String, String> byToken = new HashMap<>();
        for (ConnectionSettings connectionSettings : settings.connections()) {
            scopes.put(
                    connectionSettings.name(),
                    byToken.computeIfAbsent(connectionSettings.accessToken(), token -> connectionSettings.name()));
        }
        this.waitMillis = settings.get(SettingsCatalogue.ADD_WAIT).toMillis();
        this.responseMillis = settings.connector().connectTimeout().toMillis()
                + settings.connector().responseTimeout().toMillis();
    }

    private String scope(String connection) {
        String scope = scopes.get(connection);
        if (scope == null) {
            throw new IllegalArgumentException("there is no connection '" + connection
                    + "'; set the header ThreadpostConnection to one of " + scopes.keySet());
        }
        return scope;
    }

    /** @throws IllegalArgumentException when there is no such connection, in one line for people */
    AddState state(InboundMessage message) {
        return ledger.read(tx -> new AddState(
                outcome(tx, message),
                attempt(tx, message),
                tx.one(
                                "SELECT since" + UNRESOLVED + " AND touched > ? ORDER BY since LIMIT 1",
                                row -> row.getLong(1),
                                scope(message.connection()),
                                tx.now() - FORSAKEN_MILLIS)
                        .orElse(Long.MAX_VALUE),
                tx.now()));
    }

    LearnedTruncations truncations(String connection) {
        return ledger.read(tx -> LearnedTruncations.of(tx, scope(connection)));
    }

    /**
     * Records the intent to send the first request.
     *
     * @param since the platform's time, milliseconds since the epoch
     * @return false when another add of the pair is unresolved, or another process has begun this one
     */
    boolean recordIntent(InboundMessage message, long since) {
        return ledger.write(tx -> {
            String scope = scope(message.connection());
            String pair = LearnedTruncations.of(tx, scope).pair(message.texts());
            tx.update(
                    "UPDATE thread_add SET pair = NULL WHERE scope = ? AND pair = ? AND state = 'adding'"
                            + " AND touched < ?",
                    scope,
                    pair,
                    tx.now() - FORSAKEN_MILLIS);
            return tx.update(
                            "INSERT INTO thread_add (connection, item_key, state, scope, pair, sender, subject, since,"
                                    + " attempts, over, process, touched)"
                                    + " VALUES (?, ?, 'adding', ?, ?, ?, ?, ?, 1, ?, ?, ?)"
                                    + " ON CONFLICT DO NOTHING",
                            message.connection(),
                            message.key(),
                            scope,
                            pair,
                            message.texts().sender(),
                            message.texts().subject(),
                            since,
                            tx.now() + responseMillis + waitMillis,
                            process,
                            tx.now())
                    == 1;
        });
    }

    /**
     * Records the intent to repeat the request.
     *
     * @return false when another process has begun to
     */
    boolean recordRepeat(InboundMessage message, Attempt before) {
        return ledger.write(tx -> tx.update(
                        "UPDATE thread_add SET attempts = attempts + 1, over = ?, process = ?, looks = 0, touched = ?"
                                + THIS + " AND state = 'adding' AND attempts = ?",
                        tx.now() + responseMillis + waitMillis,
                        process,
                        tx.now(),
                        message.connection(),
                        message.key(),
                        before.requests())
                == 1);
    }

    /**
     * The request had no effect: restores what was recorded before it.
     *
     * @param before null when it was the first one
     */
    void revert(InboundMessage message, Attempt before) {
        ledger.write(tx -> before == null
                ? tx.update(
                        "DELETE FROM thread_add" + THIS + " AND state = 'adding' AND attempts = 1",
                        message.connection(),
                        message.key())
                : tx.update(
                        "UPDATE thread_add SET attempts = ?, over = ?, process = ?, looks = ?" + THIS
                                + " AND state = 'adding' AND attempts = ?",
                        before.requests(),
                        before.over(),
                        before.process(),
                        before.readBacks(),
                        message.connection(),
                        message.key(),
                        before.requests() + 1));
    }

    /** The platform refuses the request: when the message comes again, its add starts afresh. */
    void forget(InboundMessage message) {
        ledger.write(tx -> tx.update(
                "DELETE FROM thread_add" + THIS + " AND state = 'adding'", message.connection(), message.key()));
    }

    /** The last request has ended, with an unknown outcome. */
    void answered(InboundMessage message) {
        ledger.write(tx -> tx.update(
                "UPDATE thread_add SET over = ?, touched = ?" + THIS + " AND state = 'adding' AND process = ?",
                tx.now() + waitMillis,
                tx.now(),
                message.connection(),
                message.key(),
                process));
    }

    /**
     * The platform was asked and did not have the thread. A process that takes over an add has another clock, so it
     * waits the whole time.
     */
    void recordNotFound(InboundMessage message, Attempt attempt) {
        ledger.write(tx -> {
            long over = attempt.process().equals(process)
                    ? attempt.over()
                    : Math.max(tx.now() + waitMillis, Math.min(attempt.over(), tx.now() + responseMillis + waitMillis));
            return tx.update(
                    "UPDATE thread_add SET looks = looks + 1, over = ?, process = ?, touched = ?" + THIS
                            + " AND state = 'adding' AND attempts = ?",
                    over,
                    process,
                    tx.now(),
                    message.connection(),
                    message.key(),
                    attempt.requests());
        });
    }

    /** @return whether the last request can have no effect any more, by this process's own clock */
    boolean isOver(AddState state, Attempt attempt) {
        return attempt.process().equals(process) && state.now() >= attempt.over();
    }

    /**
     * Records the thread that a request was answered with.
     *
     * @return empty when another add has adopted that thread: then this one's is still to be found
     */
    Optional<AddOutcome> created(InboundMessage message, CreatedThread thread) {
        return ledger.write(tx -> {
            LearnedTruncations.learn(tx, scope(message.connection()), message.texts(), thread);
            return ThreadOwners.own(tx, message, thread)
                    ? Optional.of(added(tx, message, thread))
                    : Optional.<AddOutcome>empty();
        });
    }

    /** Ends an add with a thread that {@linkplain ThreadOwners#own belongs} to it. */
    AddOutcome added(Transaction tx, InboundMessage message, CreatedThread thread) throws SQLException {
        tx.update(
                "UPDATE thread_add SET state = 'added', thread = ?, pair = NULL, sender = NULL, subject = NULL,"
                        + " touched = ?"
                        + THIS + " AND state = 'adding'",
                thread.id(),
                tx.now(),
                message.connection(),
                message.key());
        return outcome(tx, message).orElseGet(() -> new AddOutcome.Added(thread.id()));
    }

    AddOutcome refused(Transaction tx, InboundMessage message, String code, String words) throws SQLException {
        tx.update(
                "UPDATE thread_add SET state = 'refused', code = ?, words = ?, pair = NULL, sender = NULL,"
                        + " subject = NULL,"
                        + " touched = ?" + THIS + " AND state = 'adding'",
                code,
                tx.redacted(words),
                tx.now(),
                message.connection(),
                message.key());
        return outcome(tx, message).orElseGet(() -> new AddOutcome.Refused(code, words));
    }

    /** @return the texts of all other unresolved adds of the scope */
    List<ThreadTexts> others(Transaction tx, InboundMessage message) throws SQLException {
        return tx.list(
                "SELECT sender, subject" + UNRESOLVED + " AND NOT (connection = ? AND item_key = ?)",
                row -> new ThreadTexts(row.getString(1), row.getString(2)),
                scope(message.connection()),
                message.connection(),
                message.key());
    }

    private static Optional<AddOutcome> outcome(Transaction tx, InboundMessage message) throws SQLException {
        return tx.one(
                "SELECT state, thread, code, words FROM thread_add" + THIS + " AND state <> 'adding'",
                AddLedger::outcome,
                message.connection(),
                message.key());
    }

    private static AddOutcome outcome(ResultSet row) throws SQLException {
        return row.getString(1).equals("added")
                ? new AddOutcome.Added(row.getString(2))
                : new AddOutcome.Refused(row.getString(3), row.getString(4));
    }

    private static Optional<Attempt> attempt(Transaction tx, InboundMessage message) throws SQLException {
        return tx.one(
                "SELECT sender, subject, since, attempts, over, process, looks FROM thread_add" + THIS
                        + " AND state = 'adding'",
                row -> new Attempt(
                        new ThreadTexts(row.getString(1), row.getString(2)),
                        row.getLong(3),
                        row.getInt(4),
                        row.getLong(5),
                        row.getString(6),
                        row.getInt(7)),
                message.connection(),
                message.key());
    }
}
