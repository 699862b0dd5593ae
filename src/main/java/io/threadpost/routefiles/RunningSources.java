package io.threadpost.routefiles;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

import io.threadpost.routecheck.RouteSource;

/** The versions of the route files that run, or ran last, as the ledger has them: for a process that runs none. */
public final class RunningSources {
    private final DataSource ledger;

    public RunningSources(DataSource ledger) {
        this.ledger = ledger;
    }

    /** @return the files, sorted by name; none for a ledger that never ran any */
    public List<RouteSource> read() throws SQLException {
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
}
