package io.threadpost.node;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;

/** The nodes in the ledger: this one's heartbeat, and what is known of all. */
@Singleton
public final class Nodes {
    /** A clock that differs by more from the ledger's is reported. */
    public static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(5);

    private static final Logger LOG = Logger.getLogger(Nodes.class);
    /**
     * After this time without a heartbeat, a node was killed or cannot reach the ledger. It beats every ten seconds.
     */
    private static final Duration SILENT = Duration.ofSeconds(35);

    private static final Duration KEPT = Duration.ofDays(1);

    /** A node that is gone for longer was given up, and the others have its work. */
    private static final Duration GONE = Duration.ofHours(1);

    private final Ledger ledger;
    private final String version;
    private final String host;
    private boolean clockReported;

    @Inject
    Nodes(Ledger ledger, @ConfigProperty(name = "quarkus.application.version") String version) {
        this(ledger, host(), version);
    }

    /** @param host the name of the machine, for people */
    public Nodes(Ledger ledger, String host, String version) {
        this.ledger = ledger;
        this.host = host;
        this.version = version;
    }

    /**
     * A node.
     *
     * @param id its identity, which begins the owner of each of its leases
     * @param name its host
     * @param version of Threadpost
     * @param seen its last heartbeat
     * @param state {@code running}, {@code stopped} or {@code silent}
     * @param self whether it is the one that was asked
     * @param clock its clock minus the ledger's, milliseconds
     * @param holds what it has leases on, for people: "window 12 of main", "3 batches of spool files"
     */
    public record Node(
            String id,
            String name,
            long pid,
            String version,
            Instant started,
            Instant seen,
            String state,
            boolean self,
            long clock,
            List<String> holds) {
        /** Whether it runs, and its clock is so wrong that a person should set it. */
        public boolean clockIsWrong() {
            return state.equals("running") && Math.abs(clock) > CLOCK_TOLERANCE.toMillis();
        }
    }

    /** Writes this node's heartbeat, and forgets nodes that ended long ago. */
    public void beat() {
        long offset = ledger.write(tx -> {
            long before = System.currentTimeMillis();
            long now = tx.now();
            // On SQLite both are the same clock; a clock that was set is not reported.
            long clock = tx.dialect().shared() ? (before + System.currentTimeMillis()) / 2 - now : 0;
            tx.update(
                    "INSERT INTO node (id, name, pid, version, started, seen, clock_ms) VALUES (?, ?, ?, ?, ?, ?, ?)"
                            + " ON CONFLICT (id) DO UPDATE SET seen = excluded.seen, clock_ms = excluded.clock_ms,"
                            + " stopped = NULL",
                    ledger.process(),
                    host,
                    ProcessHandle.current().pid(),
                    version,
                    now,
                    now,
                    clock);
            tx.update("DELETE FROM node WHERE seen < ?", now - KEPT.toMillis());
            return clock;
        });
        report(offset);
    }

    private synchronized void report(long offset) {
        boolean wrong = Math.abs(offset) > CLOCK_TOLERANCE.toMillis();
        if (wrong && !clockReported) {
            LOG.warnf("this machine's clock is %s; set it by NTP", difference(offset));
        }
        clockReported = wrong;
    }

    /** @return such as "300 s ahead of the database's" */
    public static String difference(long clockMillis) {
        return Math.abs(clockMillis) / 1000 + " s " + (clockMillis > 0 ? "ahead of" : "behind") + " the database's";
    }

    /** This node stops gracefully. */
    public void stop() {
        ledger.write(tx ->
                tx.update("UPDATE node SET seen = ?, stopped = ? WHERE id = ?", tx.now(), tx.now(), ledger.process()));
    }

    /** @return all nodes of the last day, those that run first */
    public List<Node> all() {
        return ledger.read(tx -> {
            List<Held> held = held(tx);
            long now = tx.now();
            List<Node> nodes = tx.list(
                    "SELECT id, name, pid, version, started, seen, stopped, clock_ms FROM node ORDER BY started, id",
                    row -> node(row, now, held));
            return nodes.stream()
                    .sorted(Comparator.comparing(node -> !node.state().equals("running")))
                    .toList();
        });
    }

    /** @return nodes that stopped without a word, and that none has replaced which started since */
    public static List<Node> gone(List<Node> all, Instant now) {
        List<Node> started = new ArrayList<>(
                all.stream().filter(node -> node.state().equals("running")).toList());
        List<Node> gone = new ArrayList<>();
        for (Node node : all) {
            if (node.state().equals("silent") && node.seen().isAfter(now.minus(GONE))) {
                Optional<Node> replacement = started.stream()
                        .filter(other -> other.started().isAfter(node.seen()))
                        .findFirst();
                replacement.ifPresentOrElse(started::remove, () -> gone.add(node));
            }
        }
        return gone;
    }

    private Node node(ResultSet row, long now, List<Held> held) throws SQLException {
        String id = row.getString(1);
        boolean silent = row.getLong(6) < now - SILENT.toMillis();
        row.getLong(7);
        String state = !row.wasNull() ? "stopped" : silent ? "silent" : "running";
        return new Node(
                id,
                row.getString(2),
                row.getLong(3),
                row.getString(4),
                Instant.ofEpochMilli(row.getLong(5)),
                Instant.ofEpochMilli(row.getLong(6)),
                state,
                id.equals(ledger.process()),
                row.getLong(8),
                held.stream()
                        .filter(lease -> lease.owner().startsWith(id + "/"))
                        .map(Held::what)
                        .toList());
    }

    private record Held(String owner, String what) {}

    private static List<Held> held(Transaction tx) throws SQLException {
        List<Held> held = new ArrayList<>();
        held.addAll(tx.list(
                "SELECT lease_owner, id, connection FROM pull_window WHERE lease_owner IS NOT NULL AND state = 'open'"
                        + " AND lease_until > ? ORDER BY id",
                row -> new Held(row.getString(1), "window " + row.getLong(2) + " of " + row.getString(3)),
                tx.now()));
        held.addAll(tx.list(
                "SELECT lease_owner, spool, COUNT(*) FROM spool_batch WHERE lease_owner IS NOT NULL"
                        + " AND lease_until > ? GROUP BY lease_owner, spool ORDER BY spool",
                row -> new Held(
                        row.getString(1),
                        row.getLong(3) + (row.getLong(3) == 1 ? " batch" : " batches") + " of spool "
                                + row.getString(2)),
                tx.now()));
        held.addAll(tx.list(
                "SELECT lease_owner, name FROM mailbox WHERE lease_owner IS NOT NULL AND lease_until > ? ORDER BY name",
                row -> new Held(row.getString(1), "mailbox " + row.getString(2)),
                tx.now()));
        held.addAll(tx.list(
                "SELECT owner, connection FROM reply_pull WHERE owner IS NOT NULL AND lease > ? ORDER BY connection",
                row -> new Held(row.getString(1), "replies of " + row.getString(2)),
                tx.now()));
        held.addAll(tx.list(
                "SELECT lease_owner, id, spool FROM redelivery WHERE lease_owner IS NOT NULL AND lease_until > ?"
                        + " ORDER BY id",
                row -> new Held(row.getString(1), "re-delivery " + row.getLong(2) + " to spool " + row.getString(3)),
                tx.now()));
        return held;
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
