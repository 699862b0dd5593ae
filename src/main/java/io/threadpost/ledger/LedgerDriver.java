package io.threadpost.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;

import javax.sql.DataSource;

import org.postgresql.Driver;
import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

import io.threadpost.settings.LedgerSettings;

/**
 * Connections to a ledger outside of the application, by the driver classes: what DriverManager finds depends on the
 * class loader.
 *
 * @param settings which ledger; for SQLite the library is loaded
 */
public record LedgerDriver(LedgerSettings settings) {
    private static final int LOGIN_SECONDS = 20;
    private static final int BUSY_MILLIS = 10_000;

    public Dialect dialect() {
        return settings.postgresql() ? Dialect.POSTGRESQL : Dialect.SQLITE;
    }

    /** @return a source of new connections, without a pool */
    public DataSource source() {
        return settings.postgresql() ? postgresql() : sqlite();
    }

    private DataSource sqlite() {
        String[] parts = settings.url().split("\\?", 2);
        Properties parameters = new Properties();
        // A data source sets each property, and so overrides those in its URL.
        for (String parameter : parts.length > 1 ? parts[1].split("&") : new String[0]) {
            String[] pair = parameter.split("=", 2);
            parameters.setProperty(pair[0], pair.length > 1 ? pair[1] : "");
        }
        SQLiteConfig config = new SQLiteConfig(parameters);
        config.setBusyTimeout(BUSY_MILLIS);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl(parts[0]);
        return source;
    }

    private DataSource postgresql() {
        Properties login = new Properties();
        if (!settings.username().isEmpty()) {
            login.setProperty("user", settings.username());
        }
        login.setProperty("password", settings.password());
        login.setProperty("loginTimeout", String.valueOf(LOGIN_SECONDS));
        login.setProperty("reWriteBatchedInserts", "true");
        String url = settings.url();
        // The source itself asks DriverManager, and throws no SQLException for a URL that it cannot parse.
        return new PGSimpleDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                return new Driver().connect(url, login);
            }
        };
    }
}
