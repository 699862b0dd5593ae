package io.threadpost.backup;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;

import io.threadpost.ledger.Dialect;
import io.threadpost.ledger.LedgerSchema;
import io.threadpost.ledger.LedgerTables;

/**
 * A copy of a backup that is made ready to be a ledger: migrated, and without what belonged to the processes that used
 * it. Nothing that is in flight counts as a crash.
 */
final class PreparedLedger {
    /** Spools whose items go to people: a mail cannot be taken back, and no target absorbs it. */
    private static final List<String> MAILED = List.of("digest", "replies");
    /** More numbers than a ledger gives in a millisecond. */
    private static final long NUMBERS_PER_MILLI = 1;

    private static final long SPARE_NUMBERS = 1000;

    private final BackupFile file;

    /** @param file a backup; it is changed */
    PreparedLedger(BackupFile file) {
        this.file = file;
    }

    /** Migrates it to this build's version. */
    void migrate() throws SQLException {
        try (Connection connection = file.source().getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("DROP TABLE " + BackupFile.MANIFEST);
        }
        LedgerSchema schema = new LedgerSchema(Dialect.SQLITE);
        schema.migrate(file.source(), schema.newest());
    }

    /**
     * A ledger of the past: processes have gone on after it, and nobody knows how far.
     *
     * @param now the time of the ledger that it becomes
     * @param taken when the backup was taken
     * @param from the backup's name
     */
    void restored(Instant now, Instant taken, String from) throws SQLException {
        change(now, connection -> {
            long gone = Math.max(0, Duration.between(taken, now).toMillis());
            Map<String, Long> numbers =
                    new TreeMap<>(LedgerTables.of(connection).lastNumbers());
            // Numbers that were given after the backup are known outside, such as those of mails.
            numbers.replaceAll((table, last) -> last + gone * NUMBERS_PER_MILLI + SPARE_NUMBERS);
            LedgerTables.of(connection).continueAfter(numbers);
            for (String spool : MAILED) {
                update(
                        connection,
                        "INSERT INTO spool_hold (spool, since, reason) VALUES (?, ?, ?) ON CONFLICT (spool) DO NOTHING",
                        spool,
                        now.toEpochMilli(),
                        "the ledger was restored from a backup of " + taken
                                + ": what waits here may have been sent since; look at it, then release the spool");
            }
            record(connection, "restored", now, taken, from);
        });
    }

    /** The same ledger in another place. */
    void moved(Instant now, String from) throws SQLException {
        change(now, connection -> record(connection, "moved-here", now, now, from));
    }

    private void change(Instant now, Change change) throws SQLException {
        try (Connection connection = file.source().getConnection()) {
            connection.setAutoCommit(false);
            detach(connection, now);
            change.in(connection);
            connection.commit();
        }
    }

    private static void detach(Connection connection, Instant now) throws SQLException {
        SortedSet<String> tables = RowCopy.tables(connection);
        for (String table : tables) {
            if (LedgerTables.of(connection).columns(table).containsKey("lease_owner")) {
                update(connection, "UPDATE " + table + " SET lease_owner = NULL WHERE lease_owner IS NOT NULL");
            }
        }
        update(connection, "UPDATE reply_pull SET owner = NULL, lease = 0");
        update(connection, "DELETE FROM node");
        // Requests that may have been sent just before: their slots are held for one whole window from now on, by the
        // clock of the new ledger.
        update(connection, "UPDATE request_slot SET sent = ?, answered = ?", now.toEpochMilli(), now.toEpochMilli());
        // That clock is gone, so the platform is asked, and asked again after the whole time.
        update(connection, "UPDATE thread_add SET process = 'gone', looks = 0 WHERE state = 'adding'");
        update(connection, "UPDATE message_add SET process = 'gone', read_backs = 0 WHERE state = 'adding'");
    }

    static void record(Connection connection, String event, Instant at, Instant taken, String other)
            throws SQLException {
        update(
                connection,
                "INSERT INTO ledger_history (event, at, taken, other) VALUES (?, ?, ?, ?)",
                event,
                at.toEpochMilli(),
                taken.toEpochMilli(),
                other);
    }

    private static void update(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.executeUpdate();
        }
    }

    @FunctionalInterface
    private interface Change {
        void in(Connection connection) throws SQLException;
    }
}
