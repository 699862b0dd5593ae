package io.threadpost.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.threadpost.Promise;
import io.threadpost.Proves;
import io.threadpost.settings.LedgerSettings;
import io.threadpost.settings.TestSettings;

/** What a start does with the ledger before anything else opens it. */
@Proves(Promise.A_BAD_START_REPORTS_EVERY_PROBLEM)
class LedgerStartupCheckTest {
    @TempDir
    Path folder;

    @Test
    void databaseThatCanBeUsedPassesAndIsNotChanged() throws Exception {
        LedgerSettings sqlite = sqlite("");
        LedgerFixture.create(Dialect.SQLITE, folder).close();
        byte[] before = Files.readAllBytes(sqlite.sqliteFile());

        new LedgerStartupCheck(sqlite).run();
        new LedgerStartupCheck(postgresql(PostgresServer.newDatabase(), "postgres")).run();

        assertThat(Files.readAllBytes(sqlite.sqliteFile())).isEqualTo(before);
        assertThat(content()).containsExactly("ledger.db");
    }

    @Test
    void sqliteThatTakesNoWritesIsRefused() {
        LedgerFixture.create(Dialect.SQLITE, folder).close();

        // Opened for reading only, as it is on a file system that is mounted so.
        assertThatThrownBy(() -> new LedgerStartupCheck(sqlite("?open_mode=1")).run())
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("readonly");
    }

    @Test
    void urlThatPostgresqlCannotParseIsRefused() {
        LedgerSettings wrong = postgresql("jdbc:postgresql://db:port/hotel", "postgres");

        assertThatThrownBy(() -> new LedgerStartupCheck(wrong).run()).isInstanceOf(SQLException.class);
    }

    @Test
    void aPasswordOfAnyPrintableCharactersLogsInToPostgresql() throws Exception {
        String password = new Random(7)
                .ints(200, ' ', '~' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        Path rules = Files.writeString(
                folder.resolve("pg_hba.conf"),
                "host all hotel all scram-sha-256\nhost all all all trust\nlocal all all trust\n");
        rules.toFile().setReadable(true, false);
        folder.toFile().setExecutable(true, false);
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setServerConfig("hba_file", rules.toString())
                .start()) {
            try (Connection connection = server.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE ROLE hotel LOGIN PASSWORD '" + password.replace("'", "''") + "'");
            }
            String url = "jdbc:postgresql://localhost:" + server.getPort() + "/postgres";

            assertThatCode(() -> new LedgerStartupCheck(read(url, password)).run())
                    .doesNotThrowAnyException();
            assertThatThrownBy(() -> new LedgerStartupCheck(read(url, password.substring(1))).run())
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("authentication failed");
        }
    }

    private static LedgerSettings read(String url, String password) {
        return TestSettings.of(Map.of(
                        "threadpost.connector.address", "http://localhost:1",
                        "threadpost.connector.client-token", "client-token",
                        "threadpost.connections.main.access-token", "access-token",
                        "threadpost.ledger.url", url,
                        "threadpost.ledger.username", "hotel",
                        "threadpost.ledger.password", password))
                .ledger();
    }

    @Test
    void postgresqlSaysWhatIsWrongWithDatabaseOrUser() {
        String url = PostgresServer.newDatabase();

        assertThatThrownBy(() -> new LedgerStartupCheck(postgresql(url + "_not", "postgres")).run())
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("database")
                .hasMessageContaining("does not exist");
        assertThatThrownBy(() -> new LedgerStartupCheck(postgresql(url, "nobody")).run())
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("nobody");
    }

    @Test
    void filesOfAnOlderLedgerBecomeTheirOwnersAlone() throws IOException {
        for (String name : List.of("ledger.db", "ledger.db-wal", "ledger.db-shm", "ledger.db.lock")) {
            Files.createFile(
                    folder.resolve(name),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));
        }

        try (LedgerLock lock = LedgerLock.take(sqlite(""))) {
            assertThat(lock).isNotNull();
            assertThat(folder.toFile().listFiles()).hasSize(4).allSatisfy(file -> assertThat(
                            PosixFilePermissions.toString(Files.getPosixFilePermissions(file.toPath())))
                    .isEqualTo("rw-------"));
        }
    }

    @Test
    void startThatFailedTakesAwayWhatItCreatedAndNothingElse() throws IOException {
        try (LedgerLock lock = LedgerLock.take(sqlite(""))) {
            assertThatCode(() -> new LedgerStartupCheck(sqlite("")).run()).doesNotThrowAnyException();
            lock.discard();
        }
        assertThat(content()).isEmpty();

        Files.writeString(folder.resolve("ledger.db"), "somebody's");
        try (LedgerLock lock = LedgerLock.take(sqlite(""))) {
            lock.discard();
        }
        assertThat(content()).containsExactly("ledger.db");
    }

    private LedgerSettings sqlite(String parameters) {
        return new LedgerSettings("jdbc:sqlite:" + folder.resolve("ledger.db") + parameters, "", "");
    }

    private static LedgerSettings postgresql(String url, String user) {
        return new LedgerSettings(url, user, "postgres");
    }

    private List<String> content() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
