package io.threadpost.settings;

import java.nio.file.Path;

/**
 * The database with all durable state.
 *
 * @param url {@code jdbc:sqlite:PATH} or {@code jdbc:postgresql:…}
 * @param username for PostgreSQL; empty when not set
 * @param password for PostgreSQL; empty when not set
 */
public record LedgerSettings(String url, String username, String password) {
    /** Whether the ledger is on PostgreSQL, not in an SQLite file. */
    public boolean postgresql() {
        return url.startsWith(AddressTypes.POSTGRESQL);
    }

    /**
     * The file of an SQLite ledger, relative to the working directory unless absolute.
     *
     * @throws IllegalStateException when the ledger is on PostgreSQL
     */
    public Path sqliteFile() {
        if (postgresql()) {
            throw new IllegalStateException("The ledger is on PostgreSQL, it has no file");
        }
        String path = url.substring(AddressTypes.SQLITE.length());
        int parameters = path.indexOf('?');
        return Path.of(parameters < 0 ? path : path.substring(0, parameters));
    }

    /** The folder of other state next to the ledger, relative to the working directory unless absolute. */
    public Path folder() {
        Path beside = postgresql() ? Path.of("state") : sqliteFile().getParent();
        return beside == null ? Path.of("") : beside;
    }

    static LedgerSettings of(SettingValues values) {
        return new LedgerSettings(
                values.get(SettingsCatalogue.LEDGER_URL),
                values.get(SettingsCatalogue.LEDGER_USERNAME),
                values.get(SettingsCatalogue.LEDGER_PASSWORD));
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "LedgerSettings[url=" + url + ", username=" + username + ", password=***]";
    }
}
