package io.threadpost.add;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.inject.Singleton;

import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;

/** The adds in the ledger, and how each stands. */
@Singleton
final class AddLedger {
    /**
     * An unresolved add that nobody asked for that long, such as a discarded mail's, keeps no other one from going on.
     */
    static final long FORSAKEN_MILLIS = Duration.ofHours(1).toMillis();

    private static final String THIS = " WHERE connection = ? AND item_key = ?";
    private static final String UNRESOLVED = " FROM thread_add WHERE scope = ? AND state = 'adding'";

    private final Ledger ledger;
    private final TokenScopes tokenScopes;
    private final long responseMillis;
    private final long waitMillis;
    private final String process;

    AddLedger(Ledger ledger, Settings settings) {
        this.ledger = ledger;
        // A shared ledger has a clock that all go by; with a file, each process has its own.
        this.process = ledger.dialect().shared() ? "shared" : UUID.randomUUID().toString();
        this.tokenScopes = new TokenScopes(settings.connections());
        this.waitMillis = settings.get(SettingsCatalogue.ADD_WAIT).toMillis();
        this.responseMillis = settings.connector().connectTimeout().toMillis()
                + settings.connector().responseTimeout().toMillis();
    }

    String scope(String connection) {
        return tokenScopes.of(connection);
    }

    AddState standing(InboundMessage inboundMessage) {
        return ledger.read(tx -> new AddState(
                outcome(tx, inboundMessage),
                attempt(tx, inboundMessage),
                tx.one(
                                "SELECT since" + UNRESOLVED + " AND touched > ? ORDER BY since LIMIT 1",
                                row -> row.getLong(1),
                                scope(inboundMessage.connection()),
                                tx.now() - FORSAKEN_MILLIS)
                        .orElse(Long.MAX_VALUE),
                tx.now()));
    }

    LearnedTruncations cuts(String connection) {
        return ledger.read(tx -> LearnedTruncations.of(tx, scope(connection)));
    }

    /**
     * Writes down that a request is about to be sent.
     *
     * @param since the platform's time, milliseconds since the epoch
     * @return false when another add of the pair is not resolved yet, or somebody else has begun this one
     */
    boolean begin(InboundMessage inboundMessage, long since) {
        return ledger.write(tx -> {
            String scope = scope(inboundMessage.connection());
            String pair = inboundMessage.texts().pair(LearnedTruncations.of(tx, scope));
            tx.update(
                    "UPDATE thread_add SET pair = NULL WHERE scope = ? AND pair = ? AND state = 'adding' AND touched < ?",
                    scope,
                    pair,
                    tx.now() - FORSAKEN_MILLIS);
            return tx.update(
                            "INSERT INTO thread_add (connection, item_key, state, scope, pair, sender, subject, since,"
                                    + " attempts, over, process, touched) VALUES (?, ?, 'adding', ?, ?, ?, ?, ?, 1, ?, ?, ?)"
                                    + " ON CONFLICT DO NOTHING",
                            inboundMessage.connection(),
                            inboundMessage.key(),
                            scope,
                            pair,
                            inboundMessage.texts().sender(),
                            inboundMessage.texts().subject(),
                            since,
                            tx.now() + responseMillis + waitMillis,
                            process,
                            tx.now())
                    == 1;
        });
    }

    /** Writes down that one more request is about to be sent. @return false when somebody else has begun it */
    boolean again(InboundMessage inboundMessage, AddAttempt before) {
        return ledger.write(tx -> tx.update(
                        "UPDATE thread_add SET attempts = attempts + 1, over = ?, process = ?, looks = 0, touched = ?"
                                + THIS + " AND state = 'adding' AND attempts = ?",
                        tx.now() + responseMillis + waitMillis,
                        process,
                        tx.now(),
                        inboundMessage.connection(),
                        inboundMessage.key(),
                        before.requests())
                == 1);
    }

    /** Nothing was carried out: all is as before the request. @param before null when there was no add before */
    void takeBack(InboundMessage inboundMessage, AddAttempt before) {
        ledger.write(tx -> before == null
                ? tx.update(
                        "DELETE FROM thread_add" + THIS + " AND state = 'adding' AND attempts = 1",
                        inboundMessage.connection(),
                        inboundMessage.key())
                : tx.update(
                        "UPDATE thread_add SET attempts = ?, over = ?, process = ?, looks = ?" + THIS
                                + " AND state = 'adding' AND attempts = ?",
                        before.requests(),
                        before.over(),
                        before.process(),
                        before.looks(),
                        inboundMessage.connection(),
                        inboundMessage.key(),
                        before.requests() + 1));
    }

    /** The platform will never carry it out as it stands: when it comes again, all begins anew. */
    void forget(InboundMessage inboundMessage) {
        ledger.write(tx -> tx.update(
                "DELETE FROM thread_add" + THIS + " AND state = 'adding'",
                inboundMessage.connection(),
                inboundMessage.key()));
    }

    /** The last request was answered, but not so that one knows what it did. It is over. */
    void answered(InboundMessage inboundMessage) {
        ledger.write(tx -> tx.update(
                "UPDATE thread_add SET over = ?, touched = ?" + THIS + " AND state = 'adding' AND process = ?",
                tx.now() + waitMillis,
                tx.now(),
                inboundMessage.connection(),
                inboundMessage.key(),
                process));
    }

    /**
     * The platform was asked and had nothing. Whoever begins to reckon with an add, by a clock of its own, waits the
     * whole time.
     */
    void looked(InboundMessage inboundMessage, AddAttempt addAttempt) {
        ledger.write(tx -> {
            long over = addAttempt.process().equals(process)
                    ? addAttempt.over()
                    : Math.max(
                            tx.now() + waitMillis, Math.min(addAttempt.over(), tx.now() + responseMillis + waitMillis));
            return tx.update(
                    "UPDATE thread_add SET looks = looks + 1, over = ?, process = ?, touched = ?" + THIS
                            + " AND state = 'adding' AND attempts = ?",
                    over,
                    process,
                    tx.now(),
                    inboundMessage.connection(),
                    inboundMessage.key(),
                    addAttempt.requests());
        });
    }

    /** @return whether the time that an attempt is given is over, and was reckoned by this process */
    boolean over(AddState addState, AddAttempt addAttempt) {
        return addAttempt.process().equals(process) && addState.now() >= addAttempt.over();
    }

    /**
     * A request was answered with its thread.
     *
     * @return empty when another add has taken that thread for its own: then this one's is still to be found
     */
    Optional<AddOutcome> created(InboundMessage inboundMessage, CreatedThread thread) {
        return ledger.write(tx -> {
            LearnedTruncations.learn(tx, scope(inboundMessage.connection()), inboundMessage.texts(), thread);
            return ThreadOwners.own(tx, inboundMessage, thread)
                    ? Optional.of(added(tx, inboundMessage, thread))
                    : Optional.<AddOutcome>empty();
        });
    }

    /** Ends an add with a thread that {@linkplain ThreadOwners#own belongs} to it. */
    AddOutcome added(Transaction tx, InboundMessage inboundMessage, CreatedThread thread) throws SQLException {
        tx.update(
                "UPDATE thread_add SET state = 'added', thread = ?, pair = NULL, sender = NULL, subject = NULL, touched = ?"
                        + THIS + " AND state = 'adding'",
                thread.id(),
                tx.now(),
                inboundMessage.connection(),
                inboundMessage.key());
        return outcome(tx, inboundMessage).orElseGet(() -> new AddOutcome.Added(thread.id()));
    }

    AddOutcome refused(Transaction tx, InboundMessage inboundMessage, String code, String words) throws SQLException {
        tx.update(
                "UPDATE thread_add SET state = 'refused', code = ?, words = ?, pair = NULL, sender = NULL, subject = NULL,"
                        + " touched = ?" + THIS + " AND state = 'adding'",
                code,
                tx.redacted(words),
                tx.now(),
                inboundMessage.connection(),
                inboundMessage.key());
        return outcome(tx, inboundMessage).orElseGet(() -> new AddOutcome.Refused(code, words));
    }

    /** @return the texts of all other unresolved adds of the scope */
    List<ThreadTexts> others(Transaction tx, InboundMessage inboundMessage) throws SQLException {
        return tx.list(
                "SELECT sender, subject" + UNRESOLVED + " AND NOT (connection = ? AND item_key = ?)",
                row -> new ThreadTexts(row.getString(1), row.getString(2)),
                scope(inboundMessage.connection()),
                inboundMessage.connection(),
                inboundMessage.key());
    }

    private static Optional<AddOutcome> outcome(Transaction tx, InboundMessage inboundMessage) throws SQLException {
        return tx.one(
                "SELECT state, thread, code, words FROM thread_add" + THIS + " AND state <> 'adding'",
                AddLedger::outcome,
                inboundMessage.connection(),
                inboundMessage.key());
    }

    private static AddOutcome outcome(ResultSet row) throws SQLException {
        return row.getString(1).equals("added")
                ? new AddOutcome.Added(row.getString(2))
                : new AddOutcome.Refused(row.getString(3), row.getString(4));
    }

    private static Optional<AddAttempt> attempt(Transaction tx, InboundMessage inboundMessage) throws SQLException {
        return tx.one(
                "SELECT sender, subject, since, attempts, over, process, looks FROM thread_add" + THIS
                        + " AND state = 'adding'",
                row -> new AddAttempt(
                        new ThreadTexts(row.getString(1), row.getString(2)),
                        row.getLong(3),
                        row.getInt(4),
                        row.getLong(5),
                        row.getString(6),
                        row.getInt(7)),
                inboundMessage.connection(),
                inboundMessage.key());
    }
}
