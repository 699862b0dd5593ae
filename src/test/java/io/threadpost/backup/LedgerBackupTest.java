package io.threadpost.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import io.threadpost.ledger.Dialect;
import io.threadpost.ledger.LedgerDriver;
import io.threadpost.ledger.LedgerFixture;
import io.threadpost.ledger.LedgerSchema;
import io.threadpost.ledger.LedgerStartupCheck;
import io.threadpost.ledger.LedgerTables;
import io.threadpost.ledger.PostgresServer;
import io.threadpost.settings.LedgerSettings;

/** Backup, restore and move: what is in the one ledger is in the other one, row by row, on either database. */
class LedgerBackupTest {
    /** What a process that uses a ledger writes for itself, and what begins anew elsewhere. */
    private static final List<String> OWN = List.of("ledger_history", "node", "spool_hold");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"SQLITE,SQLITE", "SQLITE,POSTGRESQL", "POSTGRESQL,SQLITE", "POSTGRESQL,POSTGRESQL"})
    void backupOfEitherDatabaseIsRestoredIntoEither(Dialect from, Dialect to) throws Exception {
        LedgerSettings old = filled(from, "old");
        LedgerSettings fresh = ledger(to, "new");
        Path file = folder.resolve("backup.db");

        new LedgerBackup(old).write(file);
        LedgerRestore.Result result = new LedgerRestore(fresh, folder).restore(file, false);

        assertThat(result.kept()).isEmpty();
        assertThat(rows(fresh)).isEqualTo(rows(old));
        assertThat(query(fresh, "SELECT spool FROM spool_hold ORDER BY spool"))
                .containsExactly("digest", "mine", "replies");
        assertThat(query(fresh, "SELECT event, other FROM ledger_history")).containsExactly("restored|backup.db");
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        // Numbers that were given after the backup are known outside.
        assertThat(nextNumber(fresh)).isGreaterThan(nextNumber(old) + 900);
        assertThat(new LedgerStartupCheck(fresh).run()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"SQLITE,POSTGRESQL", "POSTGRESQL,SQLITE", "SQLITE,SQLITE", "POSTGRESQL,POSTGRESQL"})
    void moveContinuesWhereTheOldLedgerEndedAndClosesIt(Dialect from, Dialect to) throws Exception {
        LedgerSettings old = filled(from, "old");
        LedgerSettings fresh = ledger(to, "new");
        Map<String, List<String>> before = rows(old);

        new LedgerMove(old, fresh, folder).move(false);

        assertThat(rows(fresh)).isEqualTo(before);
        assertThat(query(fresh, "SELECT spool FROM spool_hold")).containsExactly("mine");
        assertThat(nextNumber(fresh)).isEqualTo(LAST_BATCH + 1);
        assertThat(new LedgerStartupCheck(fresh).run()).isEmpty();
        assertThat(new LedgerStartupCheck(old).run().orElseThrow())
                .startsWith("this ledger was moved to " + fresh.url())
                .contains("; set threadpost.ledger.url to that one");

        Map<String, List<String>> moved = rows(fresh);
        assertThatThrownBy(() -> new LedgerMove(fresh, old, folder).move(false)).hasMessageContaining("is not empty");
        Path kept = new LedgerMove(fresh, old, folder).move(true).orElseThrow();

        assertThat(rows(old)).isEqualTo(moved);
        assertThat(new LedgerStartupCheck(old).run()).isEmpty();
        assertThat(new LedgerStartupCheck(fresh).run()).isPresent();
        assertThat(new BackupFile(kept).manifest().version()).isPositive();
    }

    private static final long LAST_BATCH = 41;

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void backupOfLedgerInUseShowsOneMoment(Dialect dialect) throws Exception {
        LedgerSettings settings = filled(dialect, "old");
        AtomicBoolean stop = new AtomicBoolean();
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try (LedgerFixture running = LedgerFixture.open(dialect, settings.url())) {
            // Two rows by one transaction, each time.
            String sql = "INSERT INTO target (name, since) VALUES (?, ?)";
            Future<Integer> writer = threads.submit(() -> {
                int pairs = 0;
                while (!stop.get()) {
                    int pair = pairs++;
                    running.ledger().write(tx -> tx.update(sql, "a" + pair, 1L) + tx.update(sql, "b" + pair, 2L));
                }
                return pairs;
            });
            List<Path> files = new ArrayList<>();
            try {
                for (int i = 0; i < 3; i++) {
                    files.add(folder.resolve("backup-" + i));
                    new LedgerBackup(settings).write(files.get(i));
                }
            } finally {
                stop.set(true);
            }
            int written = writer.get();
            long before = -1;
            for (Path file : files) {
                LedgerSettings copy = new LedgerSettings("jdbc:sqlite:" + file, "", "");
                List<String> counts = query(
                        copy,
                        "SELECT (SELECT COUNT(*) FROM target WHERE since = 1), (SELECT COUNT(*) FROM target WHERE since"
                                + " = 2)");
                long pairs = Long.parseLong(counts.get(0).split("\\|")[0]);
                assertThat(counts).containsExactly(pairs + "|" + pairs);
                assertThat(pairs).isGreaterThanOrEqualTo(before).isLessThanOrEqualTo(written);
                before = pairs;
            }
        } finally {
            threads.shutdown();
        }
    }

    /**
     * An error that nobody catches ends the process as a kill does; what is left on the disk is as a kill leaves it.
     */
    @ParameterizedTest
    @CsvSource({"SQLITE,POSTGRESQL", "POSTGRESQL,SQLITE"})
    void moveThatIsKilledBeforeTheNewLedgerIsThereIsRunAgain(Dialect from, Dialect to) throws Exception {
        LedgerSettings old = filled(from, "old");
        LedgerSettings fresh = ledger(to, "new");
        Map<String, List<String>> before = rows(old);
        Files.writeString(subfolder("state").resolve("ledger-move.tmp"), "of a move that was killed");
        Files.writeString(subfolder("new").resolve("ledger-move.tmp"), "of a move that was killed");

        assertThatThrownBy(() -> new LedgerMove(old, fresh, folder).move(false, () -> {
                    throw new ThreadDeath();
                }))
                .isInstanceOf(ThreadDeath.class);

        // At most one of the two can be started: the new one has nothing, and the old one is closed.
        assertThat(new LedgerInstallation(fresh, folder).isEmpty()).isTrue();
        assertThat(new LedgerStartupCheck(old).run()).isPresent();
        new LedgerMove(old, fresh, folder).move(false);
        assertThat(rows(fresh)).isEqualTo(before);
    }

    @Test
    void moveWhoseCommitFailsLeavesTheOldLedgerClosed() throws Exception {
        LedgerSettings old = filled(Dialect.SQLITE, "old");
        LedgerSettings fresh = ledger(Dialect.SQLITE, "new");
        Map<String, List<String>> before = rows(old);
        Path prepared = subfolder("new").resolve("ledger-move.tmp");

        assertThatThrownBy(() -> new LedgerMove(old, fresh, folder)
                        .move(false, () -> assertThat(prepared.toFile().delete())
                                .isTrue()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("; run this again");

        assertThat(new LedgerStartupCheck(old).run()).isPresent();
        new LedgerMove(old, fresh, folder).move(false);
        assertThat(rows(fresh)).isEqualTo(before);
    }

    @Test
    void moveThatFailsLeavesTheOldLedgerOpen() throws Exception {
        LedgerSettings old = filled(Dialect.SQLITE, "old");
        LedgerSettings fresh = ledger(Dialect.POSTGRESQL, "new");

        assertThatThrownBy(() -> new LedgerMove(old, fresh, folder).move(false, () -> {
                    throw new IllegalStateException("disk full");
                }))
                .hasMessage("disk full");

        assertThat(new LedgerStartupCheck(old).run()).isEmpty();
        assertThat(new LedgerInstallation(fresh, folder).isEmpty()).isTrue();
    }

    @Test
    void leasesEndAndCountAsNoCrash() throws Exception {
        LedgerSettings old = filled(Dialect.SQLITE, "old");
        LedgerSettings fresh = ledger(Dialect.POSTGRESQL, "new");

        new LedgerMove(old, fresh, folder).move(false);

        assertThat(query(fresh, "SELECT lease_owner, crashes FROM spool_batch")).containsExactly("null|0");
        assertThat(query(fresh, "SELECT state, process, looks FROM thread_add WHERE state = 'adding'"))
                .containsExactly("adding|gone|0");
        assertThat(query(fresh, "SELECT COUNT(*) FROM request_slot WHERE answered IS NULL"))
                .containsExactly("0");
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void ledgerThatIsNotEmptyIsReplacedOnlyWhenToldAndKept(Dialect dialect) throws Exception {
        Path file = folder.resolve("backup.db");
        LedgerSettings old = filled(Dialect.SQLITE, "old");
        new LedgerBackup(old).write(file);
        LedgerSettings used = filled(dialect, "used");
        change(used, "UPDATE target SET name = 'of before'");
        Map<String, List<String>> before = rows(used);

        assertThatThrownBy(() -> new LedgerRestore(used, folder).restore(file, false))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is not empty; ")
                .hasMessageNotContaining("password");
        assertThat(rows(used)).isEqualTo(before);

        Path kept = new LedgerRestore(used, folder).restore(file, true).kept().orElseThrow();
        assertThat(rows(used)).isEqualTo(rows(old));
        LedgerSettings again = ledger(Dialect.SQLITE, "again");
        new LedgerRestore(again, folder).restore(kept, false);
        assertThat(rows(again)).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void backupOfAnOlderBuildIsMigrated(Dialect to) throws Exception {
        LedgerSettings old = ledger(Dialect.SQLITE, "old");
        LedgerDriver driver = new LedgerDriver(old);
        new LedgerSchema(Dialect.SQLITE).migrate(driver.source(), 12);
        change(old, "INSERT INTO target (name, since) VALUES ('files', 7)");
        Path file = folder.resolve("backup.db");
        new LedgerBackup(old).write(file);
        LedgerSettings fresh = ledger(to, "new");

        new LedgerRestore(fresh, folder).restore(file, false);

        assertThat(query(fresh, "SELECT name, since FROM target")).containsExactly("files|7");
        try (Connection connection = new LedgerDriver(fresh).source().getConnection()) {
            assertThat(LedgerSchema.version(connection)).isEqualTo(new LedgerSchema(to).newest());
        }
    }

    @Test
    void backupOfPostgresqlOfAnOlderBuildHasItsVersion() throws Exception {
        LedgerSettings old = ledger(Dialect.POSTGRESQL, "old");
        new LedgerSchema(Dialect.POSTGRESQL).migrate(new LedgerDriver(old).source(), 12);
        change(old, "INSERT INTO target (name, since) VALUES ('files', 7)");
        Path file = folder.resolve("backup.db");

        new LedgerBackup(old).write(file);

        assertThat(new BackupFile(file).manifest().version()).isEqualTo(12);
    }

    @Test
    void whatIsNoBackupOrOfANewerBuildIsRefused() throws Exception {
        LedgerSettings fresh = ledger(Dialect.SQLITE, "new");
        Path file = folder.resolve("backup.db");
        LedgerSettings old = filled(Dialect.SQLITE, "old");
        new LedgerBackup(old).write(file);
        change(
                new LedgerSettings("jdbc:sqlite:" + file, "", ""),
                "INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, installed_by,"
                        + " execution_time, success) VALUES (999, '999', 'x', 'SQL', 'x', 'x', 1, 1)");

        assertThatThrownBy(() -> new LedgerRestore(fresh, folder).restore(file, false))
                .hasMessageContaining("is a backup of a newer build (version 999");
        assertThatThrownBy(() -> new LedgerRestore(fresh, folder).restore(old.sqliteFile(), false))
                .hasMessageContaining("is not a backup; ");
        assertThatThrownBy(() -> new LedgerRestore(fresh, folder).restore(folder.resolve("missing"), false))
                .hasMessageContaining("is not a file that can be read; ");
        assertThatThrownBy(() -> new LedgerBackup(old).write(file)).hasMessageContaining("exists; ");
        byte[] half = Arrays.copyOf(Files.readAllBytes(file), (int) Files.size(file) / 2);
        assertThatThrownBy(() ->
                        new LedgerRestore(fresh, folder).restore(Files.write(folder.resolve("half"), half), false))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("; use another one");
        assertThat(Files.exists(fresh.sqliteFile()) ? Files.size(fresh.sqliteFile()) : 0)
                .isZero();
    }

    @Test
    void nothingIsRestoredUnderARunningNode() throws Exception {
        Path file = folder.resolve("backup.db");
        LedgerSettings used = filled(Dialect.POSTGRESQL, "used");
        new LedgerBackup(used).write(file);
        change(
                used,
                "INSERT INTO node (id, name, pid, version, started, seen, clock_ms) VALUES ('n', 'host', 7, '1', 0,"
                        + " CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT), 0)");

        assertThatThrownBy(() -> new LedgerRestore(used, folder).restore(file, true))
                .hasMessageContaining("process 7 on host")
                .hasMessageContaining("; stop all nodes");

        change(used, "UPDATE node SET seen = seen - 61000");
        new LedgerRestore(used, folder).restore(file, true);
    }

    @Test
    void theSameMigrationsRunWithAndWithoutTheApplication() throws Exception {
        for (Dialect dialect : Dialect.values()) {
            LedgerSettings application = ledger(dialect, "application");
            LedgerFixture.open(dialect, application.url()).close();
            LedgerSettings command = ledger(dialect, "command");
            LedgerSchema schema = new LedgerSchema(dialect);
            schema.migrate(new LedgerDriver(command).source(), schema.newest());
            String definition = dialect == Dialect.SQLITE
                    ? "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY sql"
                    : "SELECT table_name, column_name, udt_name, is_identity, is_nullable, column_default FROM"
                            + " information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2";
            String history = "SELECT version, checksum, description FROM flyway_schema_history ORDER BY installed_rank";

            assertThat(query(command, definition)).isEqualTo(query(application, definition));
            assertThat(query(command, history)).isEqualTo(query(application, history));
            // The other one finds nothing to do.
            LedgerFixture.open(dialect, command.url()).close();
        }
    }

    @Test
    void backupHoldsNothingThatWasDeleted() throws Exception {
        LedgerSettings settings = ledger(Dialect.SQLITE, "old");
        try (LedgerFixture running = LedgerFixture.open(Dialect.SQLITE, settings.url())) {
            running.change("INSERT INTO target (name, since) VALUES ('forgotten-guest', 1)");
            running.change("DELETE FROM target");
            Path file = folder.resolve("backup.db");
            new LedgerBackup(settings).write(file);

            assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                    .doesNotContain("forgotten-guest");
        }
    }

    /** A ledger with rows of every kind of column and state, and with numbers that were given and are gone. */
    private LedgerSettings filled(Dialect dialect, String name) throws SQLException {
        LedgerSettings settings = ledger(dialect, name);
        try (LedgerFixture fixture = LedgerFixture.open(dialect, settings.url())) {
            fixture.change("INSERT INTO target (name, since) VALUES ('files', 5)");
            fixture.change("INSERT INTO thread_version (connection, updated_ns, id) VALUES ('main', 9, 'é→😀')");
            fixture.ledger().write(tx -> {
                for (int row = 0; row < 1100; row++) {
                    long parcel = tx.insert(
                            "INSERT INTO spool_parcel (spool, state, size, created, alone) VALUES ('files', ?, 1, 1, ?)"
                                    + " RETURNING id",
                            row % 3 == 0 ? "dead" : "waiting",
                            row % 2 == 0);
                    tx.update("INSERT INTO spool_content (parcel, items) VALUES (?, ?)", parcel, new byte[] {
                        0, (byte) row, -1
                    });
                }
                for (int i = 0; i < LAST_BATCH; i++) {
                    tx.update("INSERT INTO spool_batch (spool, lease_owner, lease_until) VALUES ('files', 'me', 1)");
                }
                return tx.update("DELETE FROM spool_batch WHERE number <> 40");
            });
            fixture.change("INSERT INTO spool_hold (spool, since, reason) VALUES ('mine', 1, 'x')");
            fixture.change("INSERT INTO mail (mailbox, identity, item_key, connection, received, staged, bytes, state,"
                    + " changed, reason) VALUES ('main', 'i', 'k', 'main', 1, 1, 3, 'parked', 1, 'auto')");
            fixture.change("INSERT INTO mail_raw (mail, part, bytes) VALUES (1, 0, ?)", new byte[] {1, 2, 3});
            fixture.change("INSERT INTO thread_add (connection, item_key, state, scope, since, attempts, over, process,"
                    + " looks, touched) VALUES ('main', 'k', 'adding', 'main', 1, 1, 99, 'me', 3, 1)");
            fixture.change("INSERT INTO request_slot (token, sent) VALUES ('t', 1)");
            fixture.change("INSERT INTO signing_key (id, value) VALUES (1, 'key')");
        }
        return settings;
    }

    private LedgerSettings ledger(Dialect dialect, String name) {
        return dialect == Dialect.SQLITE
                ? new LedgerSettings("jdbc:sqlite:" + subfolder(name).resolve("ledger.db"), "", "")
                : new LedgerSettings(PostgresServer.newDatabase(), "postgres", "postgres");
    }

    private Path subfolder(String name) {
        try {
            return Files.createDirectories(folder.resolve(name));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All rows by table, but for what differs on purpose. */
    private static Map<String, List<String>> rows(LedgerSettings settings) throws SQLException {
        Map<String, List<String>> all = new TreeMap<>();
        try (Connection connection = new LedgerDriver(settings).source().getConnection();
                Statement statement = connection.createStatement()) {
            for (String table : RowCopy.tables(connection)) {
                if (OWN.contains(table)) {
                    continue;
                }
                List<String> rows = new ArrayList<>();
                List<String> columns = LedgerTables.of(connection).columns(table).keySet().stream()
                        .filter(column -> !Stream.of("lease_owner", "process", "looks", "sent", "answered")
                                .toList()
                                .contains(column))
                        .sorted()
                        .toList();
                try (ResultSet row =
                        statement.executeQuery("SELECT " + String.join(", ", columns) + " FROM " + table)) {
                    while (row.next()) {
                        rows.add(text(row));
                    }
                }
                rows.sort(null);
                all.put(table, rows);
            }
        }
        return all;
    }

    /** The same text for the same value of both databases. */
    private static String text(ResultSet row) throws SQLException {
        List<String> columns = new ArrayList<>();
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
            Object value = row.getObject(i);
            columns.add(
                    value instanceof byte[] bytes
                            ? Arrays.toString(bytes)
                            : value instanceof Boolean flag ? (flag ? "1" : "0") : String.valueOf(value));
        }
        return String.join("|", columns);
    }

    private static List<String> query(LedgerSettings settings, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = new LedgerDriver(settings).source().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                rows.add(text(row));
            }
        }
        return rows;
    }

    private static void change(LedgerSettings settings, String sql) throws SQLException {
        try (Connection connection = new LedgerDriver(settings).source().getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private static long nextNumber(LedgerSettings settings) throws SQLException {
        try (Connection connection = new LedgerDriver(settings).source().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("INSERT INTO spool_batch (spool) VALUES ('next') RETURNING number")) {
            row.next();
            return row.getLong(1);
        }
    }
}
