package io.threadpost.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** A JDBC URL of one of the two databases that the ledger is made for. */
record LedgerUrl() implements ValueType<String> {
    @Override
    public String parse(String text) throws InvalidSettingValue {
        if (text.contains("@") || text.toLowerCase(Locale.ROOT).matches(".*[?&;](user|password|sslpassword)=.*")) {
            // Not quoted: it may hold the password.
            throw new InvalidSettingValue("must not hold a user or password;"
                    + " write them to threadpost.ledger.username and threadpost.ledger.password");
        }
        if (text.startsWith(LedgerSettings.SQLITE)) {
            return sqlite(text);
        }
        if (text.startsWith(LedgerSettings.POSTGRESQL) && text.length() > LedgerSettings.POSTGRESQL.length()) {
            return text;
        }
        throw new InvalidSettingValue("`" + text + "` is neither an SQLite nor a PostgreSQL URL; write " + form());
    }

    private String sqlite(String text) throws InvalidSettingValue {
        String file = text.substring(LedgerSettings.SQLITE.length());
        if (file.isEmpty() || file.startsWith("?") || file.startsWith(":") || file.startsWith("file:")) {
            throw new InvalidSettingValue("`" + text + "` names no file, and the ledger must outlive the process;"
                    + " write jdbc:sqlite: and a path, such as jdbc:sqlite:state/ledger.db");
        }
        Optional<String> locale = new SystemLocale().refusal(file);
        if (locale.isPresent()) {
            throw new InvalidSettingValue(locale.get());
        }
        try {
            Path.of(file);
        } catch (InvalidPathException e) {
            throw new InvalidSettingValue(
                    "`" + text + "` holds no usable path; write it like jdbc:sqlite:state/ledger.db");
        }
        return text;
    }

    @Override
    public String form() {
        return "jdbc:sqlite:PATH or jdbc:postgresql://HOST/DATABASE";
    }
}
