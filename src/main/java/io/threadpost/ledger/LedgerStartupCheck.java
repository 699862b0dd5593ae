package io.threadpost.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

import io.threadpost.settings.LedgerSettings;

/**
 * Opens the ledger once before anything else does, and changes nothing: a database that cannot be used ends the start
 * with a line for people, before ports are bound. A running process waits for the end of an outage instead.
 */
public final class LedgerStartupCheck {
    private final LedgerSettings settings;

    /** @param settings which ledger; the lock on an SQLite file is held */
    public LedgerStartupCheck(LedgerSettings settings) {
        this.settings = settings;
    }

    /** @throws SQLException with the database's message when it cannot be opened, or accepts no writes */
    public void run() throws SQLException {
        // By the driver classes: what DriverManager finds depends on the class loader.
        try (Connection connection = settings.postgresql() ? postgresql() : sqlite();
                Statement statement = connection.createStatement()) {
            if (!settings.postgresql()) {
                // On a read-only file, beginning a transaction alone reports no error.
                statement.execute("BEGIN IMMEDIATE");
                statement.execute("CREATE TABLE ledger_trial (id INTEGER)");
                statement.execute("ROLLBACK");
            }
        }
    }

    private Connection sqlite() throws SQLException {
        return new org.sqlite.JDBC().connect(settings.url(), new Properties());
    }

    private Connection postgresql() throws SQLException {
        Properties login = new Properties();
        if (!settings.username().isEmpty()) {
            login.setProperty("user", settings.username());
        }
        login.setProperty("password", settings.password());
        login.setProperty("loginTimeout", "20");
        return new org.postgresql.Driver().connect(settings.url(), login);
    }
}
