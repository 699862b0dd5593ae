package io.threadpost.connector;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

import jakarta.inject.Singleton;

import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;
import io.threadpost.retry.Backoff;
import io.threadpost.settings.ConnectionSettings;
import io.threadpost.settings.ConnectorSettings;
import io.threadpost.settings.Settings;

/**
 * Requests an access token may make: a sliding log in the ledger, shared by all nodes and kept over restarts. A request
 * holds its slot from before it is sent until one limit window after its answer, since the platform counts at a moment
 * in between. Answers are written with the next request: after a crash their slots count as in flight, which errs on
 * the safe side.
 */
@Singleton
public final class RequestBudget {
    /** How long a 429 without {@code Retry-After} stops a token, at most. */
    private static final Backoff WITHOUT_RETRY_AFTER = new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(5));

    private static final long POLL_MILLIS = 50;

    private final Ledger ledger;
    private final List<ConnectionSettings> connections;
    private final int limit;
    private final long windowMillis;
    private final long lostMillis;
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final Map<String, RequestQueue> gates = new ConcurrentHashMap<>();

    RequestBudget(Ledger ledger, Settings settings) {
        ConnectorSettings connector = settings.connector();
        this.ledger = ledger;
        this.connections = settings.connections();
        this.limit = connector.limitRequests();
        this.windowMillis = connector.limitWindow().toMillis();
        // The longest that a request can take: the waits for a pooled connection and for its opening; for the head of
        // the response, for a body that is just in time, and one read timeout at its end.
        this.lostMillis = 2 * connector.connectTimeout().toMillis()
                + 3 * connector.responseTimeout().toMillis();
    }

    /**
     * Waits until the token may send a request, and takes the slot. Higher priorities go first.
     *
     * @param token hash of the access token
     * @throws InterruptedException when asked to stop; no slot is taken
     */
    RequestQueue.Slot take(String token, Priority priority) throws InterruptedException {
        RequestQueue requestQueue = gates.computeIfAbsent(
                token,
                name -> new RequestQueue(new BackfillShare(limit, Duration.ofMillis(windowMillis)), ledger.clock()));
        BackfillShare share = requestQueue.backfillShare();
        return requestQueue.acquire(priority, () -> {
            long pace = priority == Priority.BACKFILL
                    ? share.waitNanos(ledger.clock().nanos())
                    : 0;
            if (pace > 0) {
                return RequestQueue.Attempt.later(1 + pace / 1_000_000);
            }
            RequestQueue.Attempt attempt = ledger.write(tx -> attempt(tx, token, priority));
            if (attempt.slot() != null && priority == Priority.BACKFILL) {
                share.took(ledger.clock().nanos());
            } else if (attempt.slot() != null) {
                share.othersTook(ledger.clock().nanos());
            }
            return attempt;
        });
    }

    /** The response has arrived, or the wait for it is over. */
    void answered(RequestQueue.Slot slot) {
        answers.add(new Answer(slot, ledger.clock().nanos()));
    }

    /**
     * The platform answered 429: no request of this token is sent before the wait is over.
     *
     * @param millis what it asks for; negative when it does not say
     * @return milliseconds that all will wait
     */
    long refused(RequestQueue.Slot slot, long millis) {
        return ledger.write(tx -> {
            int refusals = 1
                    + tx.one("SELECT refusals FROM request_pause WHERE token = ?", row -> row.getInt(1), slot.token())
                            .orElse(0);
            long wait = millis < 0 ? WITHOUT_RETRY_AFTER.millis(refusals) : millis;
            tx.update(
                    "INSERT INTO request_pause (token, until, refusals) VALUES (?, ?, ?)"
                            + " ON CONFLICT (token) DO UPDATE SET"
                            + " until = CASE WHEN excluded.until > request_pause.until THEN excluded.until"
                            + " ELSE request_pause.until END, refusals = excluded.refusals",
                    slot.token(),
                    tx.now() + wait,
                    refusals);
            return wait;
        });
    }

    /** A request of this token was served: the next 429 is the first one again. */
    void served(RequestQueue.Slot slot) {
        RequestQueue requestQueue = gates.get(slot.token());
        if (requestQueue != null && requestQueue.refused()) {
            requestQueue.refused(false);
            ledger.write(tx ->
                    tx.update("DELETE FROM request_pause WHERE token = ? AND until <= ?", slot.token(), tx.now()));
        }
    }

    /**
     * The budget of a connection's access token. Connections that share a token share its budget, and each shows it.
     *
     * @param held slots of requests in flight, or answered less than a limit window ago
     * @param limit slots there are
     * @param pausedMillis how long the platform still asks to wait, after a 429; 0 when it does not
     */
    public record Usage(String connection, int held, int limit, long pausedMillis) {}

    /** @return the budget of every connection, in the settings' order */
    public List<Usage> usage() {
        return connections.stream().map(this::usage).toList();
    }

    /** @return milliseconds for which the platform still asks a connection to wait, after a 429; 0 when it does not */
    public long pausedMillis(String connection) {
        return connections.stream()
                .filter(known -> known.name().equals(connection))
                .mapToLong(known -> usage(known).pausedMillis())
                .findFirst()
                .orElse(0);
    }

    private Usage usage(ConnectionSettings connection) {
        String token = tokenHash(connection);
        return ledger.read(tx -> new Usage(
                connection.name(),
                tx.one(
                                "SELECT COUNT(*) FROM request_slot WHERE token = ?"
                                        + " AND (answered IS NULL OR answered > ?)",
                                row -> row.getInt(1),
                                token,
                                tx.now() - windowMillis)
                        .orElse(0),
                limit,
                Math.max(0, tx.number("SELECT until FROM request_pause WHERE token = ?", token) - tx.now())));
    }

    /** The budget counts by access token, and the ledger must not know the token. */
    static String tokenHash(ConnectionSettings connection) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(connection.accessToken().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private RequestQueue.Attempt attempt(Transaction tx, String token, Priority priority) throws SQLException {
        if (tx.dialect().shared()) {
            // Nodes check one at a time: two that saw the last free slot at once would both take it.
            tx.one("SELECT pg_advisory_xact_lock(hashtext(?))", row -> true, "request_slot " + token);
        }
        write(tx, token);
        long pause = tx.number("SELECT until FROM request_pause WHERE token = ?", token);
        gates.get(token).refused(pause > 0);
        if (pause > tx.now()) {
            return RequestQueue.Attempt.later(pause - tx.now());
        }
        tx.update(
                "DELETE FROM request_slot WHERE token = ? AND (answered <= ? OR sent <= ?)",
                token,
                tx.now() - windowMillis,
                tx.now() - windowMillis - lostMillis);
        int share = priority == Priority.BACKFILL
                ? gates.get(token).backfillShare().slots(ledger.clock().nanos())
                : limit;
        List<Long> held = tx.list(
                "SELECT answered FROM request_slot WHERE token = ?"
                        + " ORDER BY CASE WHEN answered IS NULL THEN 1 ELSE 0 END,"
                        + " answered LIMIT " + (limit + 1),
                row -> row.getLong(1),
                token);
        if (held.size() >= share) {
            // Zero: in flight, so nobody knows yet when it will be free.
            long first = held.get(held.size() - share);
            return RequestQueue.Attempt.later(first == 0 ? POLL_MILLIS : first + windowMillis - tx.now());
        }
        return RequestQueue.Attempt.taken(new RequestQueue.Slot(
                tx.insert("INSERT INTO request_slot (token, sent) VALUES (?, ?) RETURNING id", token, tx.now()),
                token));
    }

    private void write(Transaction tx, String token) throws SQLException {
        // Peeked first, as the transaction may fail: an answer written twice is harmless, one forgotten holds its
        // slot.
        List<Answer> written = answers.stream()
                .filter(answer -> answer.slot().token().equals(token))
                .toList();
        // Both clocks are read once, the monotonic one first: an answer that is dated too late is safe, too early is
        // not.
        long nanos = ledger.clock().nanos();
        long now = tx.now();
        for (Answer answer : written) {
            long ago = (nanos - answer.nanos()) / 1_000_000;
            tx.update(
                    "UPDATE request_slot SET answered = ? WHERE id = ?",
                    now - ago,
                    answer.slot().id());
        }
        answers.removeAll(written);
    }

    private record Answer(RequestQueue.Slot slot, long nanos) {}
}
