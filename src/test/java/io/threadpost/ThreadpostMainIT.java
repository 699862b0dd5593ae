package io.threadpost;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.threadpost.testing.Program;

/** The packaged program, started as people start it: a process in a folder of its own. */
@Proves({Promise.SECRETS_STAY_INSIDE, Promise.A_BAD_START_REPORTS_EVERY_PROBLEM})
class ThreadpostMainIT {
    private static final String GOOD =
            """
            threadpost.connector.address=https://api.mews-demo.com
            threadpost.connector.client-token=client-secret
            threadpost.connections.main.access-token=access-secret
            """;

    @TempDir
    private Path folder;

    @TempDir
    private Path elsewhere;

    private record Ended(int code, List<String> out, List<String> err) {}

    @BeforeEach
    void routesFolder() throws IOException {
        Files.createDirectory(folder.resolve("routes"));
    }

    @Test
    void badSettingsEndTheStartWithALineEachAndLeaveTheFolderAlone() throws Exception {
        write(GOOD + "threadpost.pull.period=30\nthreadpost.pul.period=30s\n");

        Ended ended = run(Map.of("THREADPOST_PULL_WALKERS", "99"), List.of("-Dthreadpost.spool.lease=x"));

        assertThat(ended.err())
                .containsExactly(
                        "threadpost: application.properties:4: threadpost.pull.period: `30` has no unit; write 30s for"
                                + " seconds, 30ms for milliseconds, 30m for minutes",
                        "threadpost: environment variable THREADPOST_PULL_WALKERS: `99` is out of range; write a whole"
                                + " number from 1 to 16",
                        "threadpost: -Dthreadpost.spool.lease: `x` is not a duration; write it like 500ms, 30s, 5m,"
                                + " 24h, 7d or PT30S",
                        "threadpost: application.properties:5: threadpost.pul.period: unknown; did you mean"
                                + " `threadpost.pull.period`?");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out()).isEmpty();
        assertThat(content()).containsExactlyInAnyOrder("application.properties", "routes");
    }

    @Test
    void withoutSettingsEverythingNeededIsSaid() throws Exception {
        Ended ended = run(Map.of(), List.of());

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).hasSize(3).allMatch(line -> line.startsWith("threadpost: threadpost.con"));
        assertThat(content()).containsExactly("routes");
    }

    @Test
    void folderThatCannotBeWrittenEndsTheStart() throws Exception {
        Files.createFile(folder.resolve("out"));
        write(GOOD);

        Ended ended = run(Map.of(), List.of());

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err())
                .singleElement()
                .asString()
                .startsWith("threadpost: threadpost.files.directory: ")
                .endsWith("is not a folder, so `out/threads` cannot be one; choose another");
        assertThat(content()).containsExactlyInAnyOrder("application.properties", "out", "routes");
    }

    @Test
    void folderThatOnlyTheStartFindsUnwritableLeavesNothingBehind() throws Exception {
        // Nobody can create a folder here, and root's rights do not say so.
        write(GOOD + "threadpost.ledger.url=jdbc:sqlite:/proc/threadpost/ledger.db\n");

        Ended ended = run(Map.of(), List.of());

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err())
                .singleElement()
                .asString()
                .startsWith(
                        "threadpost: application.properties:4: threadpost.ledger.url: `/proc/threadpost` cannot be");
        assertThat(content()).containsExactlyInAnyOrder("application.properties", "routes");
    }

    @Test
    void whatQuarkusRefusesIsSaidWithItsPlace() throws Exception {
        write(GOOD + "quarkus.management.port=abc\n");

        Ended ended = run(Map.of("QUARKUS_LOG_LEVEL", "LOUD"), List.of());

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err())
                .filteredOn(line -> line.startsWith("threadpost: "))
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line)
                                .contains("application.properties:4: quarkus.management.port: ", "\"abc\""),
                        line -> assertThat(line).contains("environment variable QUARKUS_LOG_LEVEL: ", "LOUD"));
        assertThat(content()).containsExactlyInAnyOrder("application.properties", "routes");
    }

    @Test
    void ledgerThatIsNoDatabaseEndsTheStartWithOneLineAndStaysAsItIs() throws Exception {
        Files.createDirectory(folder.resolve("state"));
        Path ledger = folder.resolve("state/ledger.db");
        // As SQLite begins, and then nothing it can read.
        Files.writeString(ledger, "SQLite format 3\0" + "garbage ".repeat(1000));
        write(GOOD);

        Ended ended = run(Map.of(), List.of());

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err())
                .singleElement()
                .asString()
                .startsWith("threadpost: threadpost.ledger.url: the database cannot be used: [SQLITE_NOTADB]");
        assertThat(ended.out()).isEmpty();
        assertThat(Files.readString(ledger)).hasSize(16 + 8000);
        assertThat(content()).containsExactlyInAnyOrder("application.properties", "routes", "state", "state/ledger.db");
    }

    @Test
    void postgresqlThatIsNotThereEndsTheStartWithOneLineThatNamesTheSetting() throws Exception {
        write(GOOD + "threadpost.ledger.url=jdbc:postgresql://127.0.0.1:1/threadpost\n"
                + "threadpost.ledger.password=ledger-secret\n");

        Ended ended = run(Map.of(), List.of());

        assertThat(ended.code()).isEqualTo(75);
        assertThat(ended.err())
                .singleElement()
                .asString()
                .startsWith(
                        "threadpost: application.properties:4: threadpost.ledger.url: the database cannot be reached:"
                                + " Connection to 127.0.0.1:1 refused.")
                .doesNotContain("ledger-secret");
        assertThat(ended.out()).isEmpty();
        assertThat(content()).containsExactlyInAnyOrder("application.properties", "routes");
    }

    @Test
    void checkSaysWhetherSettingsAndRoutesCanBeUsedAndChangesNothing() throws Exception {
        write("threadpost.pull.page-size=10\n");
        Files.copy(Path.of("routes/to-files.camel.yaml"), folder.resolve("routes/to-files.camel.yaml"));

        Ended good = run(elsewhere, Map.of(), List.of(), "check", folder.toString());
        assertThat(good.code()).isZero();
        assertThat(good.err()).hasSize(3).allMatch(line -> line.startsWith("threadpost: warning: threadpost.con"));
        assertThat(good.out())
                .containsExactly("threadpost: no other problem in the settings (read from "
                        + folder.resolve("application.properties") + ") and the route files");

        write("threadpost.pull.page-size=0\n");
        Files.writeString(folder.resolve("routes/to-log.camel.yaml"), "- rout: {}\n");
        Ended bad = run(Map.of(), List.of(), "check");
        assertThat(bad.code()).isEqualTo(1);
        assertThat(bad.err())
                .contains(
                        "threadpost: application.properties:1: threadpost.pull.page-size: `0` is out of range; write"
                                + " a whole number from 1 to 1000",
                        "threadpost: routes/to-log.camel.yaml:1:3: error: unknown `rout`; did you mean `route`?");

        Ended json = run(Map.of(), List.of(), "check", "--json");
        assertThat(json.code()).isEqualTo(1);
        assertThat(json.err()).isEmpty();
        assertThat(json.out())
                .singleElement()
                .asString()
                .startsWith("{\"ok\":false,\"findings\":[{")
                .contains("{\"severity\":\"error\",\"file\":\"routes/to-log.camel.yaml\",\"line\":1,\"column\":3,");
        assertThat(content())
                .containsExactlyInAnyOrder(
                        "application.properties", "routes", "routes/to-files.camel.yaml", "routes/to-log.camel.yaml");
    }

    @Test
    void unknownArgumentIsRefused() throws Exception {
        Ended ended = run(Map.of(), List.of(), "chekc");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err())
                .containsExactly("threadpost: unknown argument `chekc`; did you mean `check`? try --help");
    }

    @ParameterizedTest
    @CsvSource({"quarkus.management.port, quarkus.http.port", "quarkus.http.port, quarkus.management.port"})
    void portInUseIsSaidInOneLineAndLeavesNothingBehind(String port, String other) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            write(GOOD + other + "=0\n" + port + "=" + taken.getLocalPort() + "\n");

            Ended ended = run(Map.of(), List.of());

            assertThat(ended.code()).isEqualTo(1);
            assertThat(ended.err())
                    .containsExactly("threadpost: could not start; port " + taken.getLocalPort() + " is in use or not"
                            + " allowed; stop what uses it, or set " + port + " to another");
            assertThat(content()).containsExactlyInAnyOrder("application.properties", "routes");
        }
    }

    @Test
    void actionsForOtherMachinesNeedAToken() throws Exception {
        write(GOOD + "quarkus.http.host=0.0.0.0\n");
        String line =
                "threadpost: application.properties:4: quarkus.http.host: `0.0.0.0` lets other machines act on the"
                        + " spools; set THREADPOST_API_TOKEN in the environment, or remove this";

        Ended started = run(Map.of(), List.of());
        Ended checked = run(Map.of(), List.of(), "check");

        assertThat(started.code()).isEqualTo(1);
        assertThat(started.err()).containsExactly(line);
        assertThat(checked.code()).isEqualTo(1);
        assertThat(checked.err()).contains(line);
        assertThat(content()).containsExactlyInAnyOrder("application.properties", "routes");
    }

    @Test
    void runningProgramSeesTheSettingsAndShowsNoSecret() throws Exception {
        write(
                GOOD
                        + """
                threadpost.files.directory=from-file
                threadpost.pull.page-size=11
                threadpost.pull.walkers=
                camel.main.routes-include-pattern=file:routes/*.yaml
                quarkus.log.file.enabled=true
                quarkus.log.file.path=file.log
                quarkus.log.handler.file."mine".enabled=true
                quarkus.log.handler.file."mine".path=mine.log
                quarkus.log.handlers=mine
                quarkus.management.port=0
                quarkus.http.port=0
                """);
        Files.writeString(
                folder.resolve("routes/show.yaml"),
                """
                - route:
                    id: show
                    from:
                      uri: timer:show
                      parameters: {delay: 0, repeatCount: 1}
                      steps:
                        - log:
                            message: "files {{threadpost.files.directory}} size {{threadpost.pull.page-size}} walkers \
                {{threadpost.pull.walkers}} period {{threadpost.pull.period}} token \
                {{threadpost.connections.main.access-token}} YWNjZXNzLXNlY3JldA== {{threadpost.connector.client-token}}."
                """);
        Process process = start(
                folder, Map.of("THREADPOST_PULL_PAGE_SIZE", "22"), List.of("-Dthreadpost.files.directory=from-D"));
        try {
            Path log = folder.resolve("file.log");
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> Files.exists(log) && Files.readString(log).contains("walkers"));
            try (Stream<Path> state = Files.list(folder.resolve("state"))) {
                assertThat(state.map(ThreadpostMainIT::rights))
                        .containsExactlyInAnyOrder(
                                "ledger.db rw-------",
                                "ledger.db-wal rw-------",
                                "ledger.db-shm rw-------",
                                "ledger.db.lock rw-------");
            }
        } finally {
            process.destroy();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }

        for (String log : List.of("out.txt", "file.log", "mine.log")) {
            assertThat(Files.readString((log.equals("out.txt") ? elsewhere : folder).resolve(log)))
                    .as(log)
                    .contains("files from-D size 22 walkers 1 period 30s token *** *** ***.")
                    .doesNotContain("client-secret", "access-secret");
        }
        assertThat(folder.resolve("from-D")).isDirectory();
        assertThat(folder.resolve("from-file")).doesNotExist();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("state"))))
                .isEqualTo("rwx------");
        assertThat(Files.readString(elsewhere.resolve("out.txt")))
                .contains("Settings: read from " + folder.resolve("application.properties"));
    }

    private static String rights(Path file) {
        try {
            return file.getFileName() + " " + PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String settings) throws IOException {
        Files.writeString(folder.resolve("application.properties"), settings);
    }

    private List<String> content() throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(path -> !path.equals(folder))
                    .map(path -> folder.relativize(path).toString())
                    .toList();
        }
    }

    private Ended run(Map<String, String> environment, List<String> options, String... arguments) throws Exception {
        return run(folder, environment, options, arguments);
    }

    private Ended run(Path where, Map<String, String> environment, List<String> options, String... arguments)
            throws Exception {
        Process process = start(where, environment, options, arguments);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends").isTrue();
        return new Ended(
                process.exitValue(),
                Files.readAllLines(elsewhere.resolve("out.txt")),
                Files.readAllLines(elsewhere.resolve("err.txt")));
    }

    private Process start(Path where, Map<String, String> environment, List<String> options, String... arguments)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(Program.command(options, arguments))
                .directory(where.toFile())
                .redirectOutput(elsewhere.resolve("out.txt").toFile())
                .redirectError(elsewhere.resolve("err.txt").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("THREADPOST_") || name.startsWith("JAVA_TOOL"));
        builder.environment().putAll(environment);
        return builder.start();
    }
}
