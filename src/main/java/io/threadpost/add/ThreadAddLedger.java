package io.threadpost.add;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.threadpost.add.AddState.Attempt;
import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;
import io.threadpost.settings.ConnectionSettings;
import io.threadpost.settings.Settings;

/** The adds of threads in the ledger: intents, what is known about each, and outcomes. */
@Singleton
public final class ThreadAddLedger extends AddLedger<InboundMessage> {
    /**
     * An unresolved add whose message did not come again for this time, such as a discarded mail's, is forsaken and
     * blocks no other one.
     */
    static final long FORSAKEN_MILLIS = Duration.ofHours(1).toMillis();

    private static final String THIS = " WHERE connection = ? AND item_key = ?";
    private static final String UNRESOLVED = " FROM thread_add WHERE scope = ? AND state = 'adding'";

    /**
     * By connection. Connections with the same token share a scope: they see each other's threads. It is named by the
     * first of them.
     */
    private final Map<String, String> scopes = new HashMap<>();

    ThreadAddLedger(Ledger ledger, AttemptClock attemptClock, Settings settings) {
        super(ledger, attemptClock, new Columns("thread_add", "over", "looks", "connection = ? AND item_key = ?"));
        Map<String, String> byToken = new HashMap<>();
        for (ConnectionSettings connectionSettings : settings.connections()) {
            scopes.put(
                    connectionSettings.name(),
                    byToken.computeIfAbsent(connectionSettings.accessToken(), token -> connectionSettings.name()));
        }
    }

    private String scope(String connection) {
        String scope = scopes.get(connection);
        if (scope == null) {
            throw new IllegalArgumentException("there is no connection '" + connection
                    + "'; set the header ThreadpostConnection to one of " + scopes.keySet());
        }
        return scope;
    }

    @Override
    Object[] identity(InboundMessage message) {
        return new Object[] {message.connection(), message.key()};
    }

    @Override
    AddState<InboundMessage> state(InboundMessage message) {
        return ledger.read(tx -> new AddState<>(
                sent(tx, message),
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

    @Override
    Optional<UnknownTime> unknownTime(InboundMessage message) {
        return ledger.read(tx -> UnknownTime.of(
                tx,
                tx.one("SELECT received FROM mail WHERE item_key = ? LIMIT 1", row -> row.getLong(1), message.key())
                        .orElse(null)));
    }

    LearnedTruncations truncations(String connection) {
        return ledger.read(tx -> LearnedTruncations.of(tx, scope(connection)));
    }

    /** Another add of the pair that is unresolved has to be waited for. */
    @Override
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
                            attemptClock.sent(tx.now()),
                            attemptClock.process(),
                            tx.now())
                    == 1;
        });
    }

    @Override
    boolean recordRepeat(InboundMessage message, Attempt before) {
        return recordRepeat(message, before, "", "");
    }

    @Override
    int revertFirst(Transaction tx, InboundMessage message) throws SQLException {
        return tx.update(
                "DELETE FROM thread_add" + THIS + " AND state = 'adding' AND attempts = 1",
                message.connection(),
                message.key());
    }

    /** The platform refuses the request: when the message comes again, its add starts afresh. */
    void forget(InboundMessage message) {
        ledger.write(tx -> tx.update(
                "DELETE FROM thread_add" + THIS + " AND state = 'adding'", message.connection(), message.key()));
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
                ThreadAddLedger::outcome,
                message.connection(),
                message.key());
    }

    private static AddOutcome outcome(ResultSet row) throws SQLException {
        return row.getString(1).equals("added")
                ? new AddOutcome.Added(row.getString(2))
                : new AddOutcome.Refused(row.getString(3), row.getString(4));
    }

    private static InboundMessage sent(Transaction tx, InboundMessage message) throws SQLException {
        return tx.one(
                        "SELECT sender, subject FROM thread_add" + THIS + " AND state = 'adding'",
                        row -> message.as(new ThreadTexts(row.getString(1), row.getString(2))),
                        message.connection(),
                        message.key())
                .orElse(message);
    }

    /**
     * Forgets a refusal that the ledger keeps: {@code ambiguous} or {@code rough-match}. The next {@code addThread} for
     * the message starts afresh and leaves out the threads that were found. The other refusals need no action: the step
     * retries them whenever the message comes again.
     *
     * @param key the message's identity, as in the header {@code ThreadpostKey}
     * @return whether there was such a refusal
     */
    public boolean retry(Transaction tx, String connection, String key) throws SQLException {
        return tx.update(
                        "DELETE FROM thread_add WHERE connection = ? AND item_key = ? AND state = 'refused'",
                        connection,
                        key)
                == 1;
    }

    /**
     * @param key the key of the message that became the thread
     * @return the platform's time before the first request, so that nothing in the thread is older; empty for a thread
     *     that was not added for this message
     */
    public Optional<Instant> notBefore(Transaction tx, String connection, String key) throws SQLException {
        return tx.one(
                "SELECT since FROM thread_add WHERE connection = ? AND item_key = ? AND state = 'added'",
                row -> Instant.ofEpochMilli(row.getLong(1)),
                connection,
                key);
    }
}
