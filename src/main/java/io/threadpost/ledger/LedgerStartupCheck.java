package io.threadpost.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

import io.threadpost.settings.LedgerSettings;

/**
 * Opens the ledger once before anything else does, and changes nothing: a database that cannot be used ends the start
 * with a line for people, before ports are bound. A running process waits for the end of an outage instead.
 */
public final class LedgerStartupCheck {
    private static final String HISTORY = "ledger_history";

    private final LedgerSettings settings;

    /** @param settings which ledger; the lock on an SQLite file is held */
    public LedgerStartupCheck(LedgerSettings settings) {
        this.settings = settings;
    }

    /**
     * Opens it.
     *
     * @return why no process may use it, for people; empty when one may
     * @throws SQLException with the database's message when it cannot be opened, or accepts no writes
     */
    public Optional<String> run() throws SQLException {
        try (Connection connection = new LedgerDriver(settings).source().getConnection();
                Statement statement = connection.createStatement()) {
            if (!settings.postgresql()) {
                // On a read-only file, beginning a transaction alone reports no error.
                statement.execute("BEGIN IMMEDIATE");
                statement.execute("CREATE TABLE ledger_trial (id INTEGER)");
                statement.execute("ROLLBACK");
            }
            return moved(connection, statement);
        }
    }

    /** A process that went on from rows that another ledger has by now would do everything twice. */
    private static Optional<String> moved(Connection connection, Statement statement) throws SQLException {
        if (!LedgerTables.of(connection).names().contains(HISTORY)) {
            return Optional.empty();
        }
        try (ResultSet row =
                statement.executeQuery("SELECT event, other, at FROM " + HISTORY + " ORDER BY id DESC LIMIT 1")) {
            return row.next() && row.getString(1).equals("moved-away")
                    ? Optional.of("this ledger was moved to " + row.getString(2) + " at "
                            + Instant.ofEpochMilli(row.getLong(3)).truncatedTo(ChronoUnit.SECONDS)
                            + "; set threadpost.ledger.url to that one, or move it back by `threadpost move`")
                    : Optional.empty();
        }
    }

    /**
     * Whether a database refuses for a while only: it is starting, shutting down or out of connections, or the network
     * is down. It refuses a login or a name until somebody changes something.
     */
    public static boolean temporary(SQLException refusal) {
        String state = String.valueOf(refusal.getSQLState());
        return state.startsWith("08") || state.startsWith("57P") || state.startsWith("53");
    }
}
