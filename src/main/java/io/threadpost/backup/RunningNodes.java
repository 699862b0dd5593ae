package io.threadpost.backup;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import io.threadpost.ledger.LedgerDriver;
import io.threadpost.ledger.LedgerTables;
import io.threadpost.settings.LedgerSettings;

/** The processes that use a ledger on PostgreSQL; on SQLite its lock tells. */
final class RunningNodes {
    /** A node has a heartbeat every few seconds; one without a heartbeat for this time was killed. */
    private static final Duration SILENT = Duration.ofMinutes(1);

    private final LedgerSettings settings;

    RunningNodes(LedgerSettings settings) {
        this.settings = settings;
    }

    /** @throws IOException when one runs, in one line for people */
    void requireNone() throws IOException, SQLException {
        if (!settings.postgresql()) {
            return;
        }
        try (Connection connection = new LedgerDriver(settings).source().getConnection();
                Statement statement = connection.createStatement()) {
            if (!LedgerTables.of(connection).names().contains("node")) {
                return;
            }
            try (ResultSet row = statement.executeQuery("SELECT name, pid,"
                    + " (CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT) - seen) / 1000 AS seconds"
                    + " FROM node WHERE stopped IS NULL"
                    + " AND seen > CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT) - "
                    + SILENT.toMillis() + " ORDER BY seen DESC LIMIT 1")) {
                if (row.next()) {
                    throw new IOException("a node is running on the ledger " + LedgerInstallation.name(settings)
                            + ": process " + row.getLong(2) + " on " + row.getString(1) + ", seen " + row.getLong(3)
                            + " s ago; stop all nodes, or wait for " + SILENT.toSeconds()
                            + " s after one was killed");
                }
            }
        }
    }
}
