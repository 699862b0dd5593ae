package io.threadpost.routefiles;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import jakarta.inject.Singleton;

import io.threadpost.ledger.Ledger;
import io.threadpost.routecheck.RouteSource;

/**
 * The last source of each route file that ran, in the ledger: a restart with a broken edit in the folder stops nothing.
 */
@Singleton
final class LastGoodSources {
    private final Ledger ledger;

    LastGoodSources(Ledger ledger) {
        this.ledger = ledger;
    }

    /** @param since when it started to run */
    record Kept(RouteSource source, Instant since) {}

    void keep(RouteSource routeSource) {
        ledger.write(tx -> tx.update(
                "INSERT INTO route_file (name, source, since) VALUES (?, ?, ?)"
                        + " ON CONFLICT (name) DO UPDATE SET source = excluded.source, since = excluded.since",
                routeSource.name(),
                routeSource.text(),
                tx.now()));
    }

    void forget(String name) {
        ledger.write(tx -> tx.update("DELETE FROM route_file WHERE name = ?", name));
    }

    Optional<Kept> of(String name) {
        return ledger.read(tx -> tx.one(
                "SELECT source, since FROM route_file WHERE name = ?",
                row -> new Kept(new RouteSource(name, row.getString(1)), Instant.ofEpochMilli(row.getLong(2))),
                name));
    }

    /** @return names of all files that ran and were not deleted since */
    Set<String> names() {
        List<String> names = ledger.read(tx -> tx.list("SELECT name FROM route_file", row -> row.getString(1)));
        return new TreeSet<>(names);
    }
}
