package io.threadpost.routefiles;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import javax.sql.DataSource;
import jakarta.inject.Singleton;

import io.threadpost.ledger.Ledger;
import io.threadpost.routecheck.RouteSource;

/**
 * The last source of each route file that ran, in the ledger: a restart with a broken edit in the folder stops nothing.
 * And those before it, to go back to.
 */
@Singleton
public final class LastGoodSources {
    private static final int MOST_VERSIONS = 10;
    /** How long the versions of a file that was deleted are kept at least. */
    private static final Duration KEEP_DELETED = Duration.ofDays(90);

    private final Ledger ledger;

    LastGoodSources(Ledger ledger) {
        this.ledger = ledger;
    }

    /** @param since when it started to run */
    record Kept(RouteSource source, Instant since) {}

    /** Keeps it as the last good one, and as the newest of the versions to go back to. */
    void keep(RouteSource routeSource) {
        String name = routeSource.name();
        String text = routeSource.text();
        ledger.execute(tx -> {
            long now = tx.now();
            tx.update(
                    "INSERT INTO route_file (name, source, since) VALUES (?, ?, ?)"
                            + " ON CONFLICT (name) DO UPDATE SET source = excluded.source, since = excluded.since",
                    name,
                    text,
                    now);
            tx.update("DELETE FROM route_file_version WHERE name = ? AND source = ?", name, text);
            tx.update("INSERT INTO route_file_version (name, source, since) VALUES (?, ?, ?)", name, text, now);
            tx.update(
                    "DELETE FROM route_file_version WHERE name = ? AND id NOT IN"
                            + " (SELECT id FROM route_file_version WHERE name = ? ORDER BY id DESC LIMIT ?)",
                    name,
                    name,
                    MOST_VERSIONS);
            tx.update(
                    "DELETE FROM route_file_version WHERE name NOT IN (SELECT name FROM route_file)"
                            + " AND name NOT IN (SELECT name FROM route_file_version WHERE since >= ?)",
                    now - KEEP_DELETED.toMillis());
        });
    }

    /** @return the versions of a file that ran, the newest first, also of a deleted file */
    List<RouteFileVersion> versions(String name) {
        return ledger.read(tx -> tx.list(
                "SELECT id, source, since FROM route_file_version WHERE name = ? ORDER BY id DESC",
                row -> new RouteFileVersion(row.getLong(1), Instant.ofEpochMilli(row.getLong(3)), row.getString(2)),
                name));
    }

    /** Forgets the last good one. The versions are kept, and the last of them as one that ran until now. */
    void forget(String name) {
        ledger.write(tx -> {
            // First, as in keep: two nodes must not wait for each other.
            tx.update("DELETE FROM route_file WHERE name = ?", name);
            return tx.update(
                    "UPDATE route_file_version SET since = ? WHERE id ="
                            + " (SELECT MAX(id) FROM route_file_version WHERE name = ?)",
                    tx.now(),
                    name);
        });
    }

    Optional<Kept> of(String name) {
        return ledger.read(tx -> tx.one(
                "SELECT source, since FROM route_file WHERE name = ?",
                row -> new Kept(new RouteSource(name, row.getString(1)), Instant.ofEpochMilli(row.getLong(2))),
                name));
    }

    /**
     * For a process that runs no routes.
     *
     * @return the files that run, or ran last, sorted by name; none for a ledger that never ran any
     */
    public static List<RouteSource> all(DataSource ledger) throws SQLException {
        List<RouteSource> sources = new ArrayList<>();
        try (Connection connection = ledger.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT name, source FROM route_file ORDER BY name")) {
            while (rows.next()) {
                sources.add(new RouteSource(rows.getString(1), rows.getString(2)));
            }
        }
        return sources;
    }

    /** @return names of all files that ran and were not deleted since */
    Set<String> names() {
        List<String> names = ledger.read(tx -> tx.texts("SELECT name FROM route_file"));
        return new TreeSet<>(names);
    }
}
