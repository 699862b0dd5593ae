package io.threadpost.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.awaitility.core.ConditionTimeoutException;

import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.sandbox.SandboxPlatform;

/**
 * The packaged program in a folder of its own, as an operator runs it: a real process that can be stopped and killed.
 */
public final class Installation implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Several that start at once on a busy machine take a minute each. */
    private static final Duration START = Duration.ofMinutes(5);

    private final Path folder;
    private final List<String> jvm = new ArrayList<>();
    private Process process;
    /** Length of the log before the last start. */
    private int begun;

    /** @param folder an empty folder; gets application.properties and the project's routes */
    public Installation(Path folder, Map<String, String> settings) throws IOException {
        this.folder = folder;
        Map<String, String> all = new LinkedHashMap<>();
        all.put("threadpost.connector.client-token", SandboxOptions.CLIENT_TOKEN);
        all.put("threadpost.connections.main.access-token", SandboxOptions.ACCESS_TOKEN);
        all.put("quarkus.management.port", String.valueOf(freePort()));
        all.put("quarkus.http.port", String.valueOf(freePort()));
        all.putAll(settings);
        Files.write(
                folder.resolve("application.properties"),
                all.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .toList());
        Files.createDirectories(folder.resolve("routes"));
        try (Stream<Path> routes = Files.list(Path.of("routes"))) {
            for (Path route : routes.toList()) {
                Files.copy(route, folder.resolve("routes").resolve(route.getFileName()));
            }
        }
    }

    /**
     * An installation in a new folder that pulls from a platform each second.
     *
     * @param more settings
     */
    public static Installation pulling(Path folder, SandboxPlatform platform, Map<String, String> more)
            throws IOException {
        Map<String, String> settings = new LinkedHashMap<>(Map.of(
                "threadpost.connector.address", platform.address().toString(),
                "threadpost.connector.limit.requests", "100000",
                "threadpost.pull.start", "P30D",
                "threadpost.pull.period", "1s",
                "threadpost.pull.settle", "2s"));
        settings.putAll(more);
        return new Installation(Files.createDirectory(folder), settings);
    }

    /** Adds an option of the Java virtual machine, such as {@code -Xmx96m}. */
    public Installation jvm(String option) {
        jvm.add(option);
        return this;
    }

    /** Replaces a text in a route file; fails when it is not there. */
    public Installation edit(String route, String text, String replacement) throws IOException {
        Path file = folder.resolve("routes").resolve(route);
        String before = Files.readString(file);
        if (!before.contains(text)) {
            throw new IllegalArgumentException(route + " does not hold " + text);
        }
        Files.writeString(file, before.replace(text, replacement));
        return this;
    }

    public void start() throws IOException {
        start(Program.command(jvm));
    }

    /** @param command in place of the {@link Program}'s usual one */
    public void start(List<String> command) throws IOException {
        begun = Files.exists(log()) ? said().length() : 0;
        process = launch(command);
    }

    private Process launch(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
    }

    /** Changes a setting for the next start; null removes it. */
    public void set(String key, String value) throws IOException {
        Path file = folder.resolve("application.properties");
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        lines.removeIf(line -> line.startsWith(key + "="));
        if (value != null) {
            lines.add(key + "=" + value);
        }
        Files.write(file, lines);
    }

    /** Starts a command of the program; what it prints is in the log. */
    public void startCommand(String... arguments) throws IOException {
        process = launch(Program.command(jvm, arguments));
    }

    /**
     * Runs a command of the program; a node that runs goes on.
     *
     * @return its exit code
     */
    public int command(String... arguments) throws IOException, InterruptedException {
        return end(launch(Program.command(jvm, arguments)));
    }

    /**
     * Waits until the process ends by itself.
     *
     * @return its exit code
     */
    public int awaitEnd() throws InterruptedException, IOException {
        return end(process);
    }

    private int end(Process ending) throws InterruptedException, IOException {
        if (!ending.waitFor(3, TimeUnit.MINUTES)) {
            ending.destroyForcibly();
            throw new AssertionError("did not end; its log:\n" + said());
        }
        return ending.exitValue();
    }

    /** Kills the process after that time, unless it has ended by itself before. */
    public void killAfterOrEnd(Duration time) throws InterruptedException {
        if (!process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
            kill();
        }
    }

    /** Waits until the process says that its routes run. */
    public void awaitUp() throws IOException {
        try {
            Patience.await("the program is up").atMost(START).until(() -> {
                if (!process.isAlive()) {
                    throw new AssertionError("ended by itself with " + process.exitValue() + "; its log:\n" + said());
                }
                return said().substring(begun).contains("Routes: to-files.camel.yaml: started");
            });
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("did not come up; its log since the start:\n" + said().substring(begun), e);
        }
    }

    /** Kills the process after that time, as {@code kill -9} does; it must not end by itself before. */
    public void killAfter(Duration time) throws InterruptedException, IOException {
        if (process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("ended by itself with " + process.exitValue() + "; its log:\n" + said());
        }
        kill();
    }

    /** Kills the process as {@code kill -9} does. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /**
     * Stops the process in an orderly way.
     *
     * @return its exit code
     */
    public int stop() throws InterruptedException, IOException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            kill();
            throw new AssertionError("did not stop within a minute; its log:\n" + said());
        }
        return process.exitValue();
    }

    public boolean runs() {
        return process != null && process.isAlive();
    }

    /** @return the process that was started last */
    public ProcessHandle process() {
        return process.toHandle();
    }

    /** @return the one value that a query finds in the ledger */
    public String inLedger(String query) throws SQLException {
        try (Connection ledger = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("state/ledger.db"));
                ResultSet row = ledger.createStatement().executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    /** Beside the folder, so that what the program leaves in it can be looked at. */
    public Path log() {
        return folder.resolveSibling(folder.getFileName() + ".log");
    }

    public String said() throws IOException {
        return Files.exists(log()) ? Files.readString(log()) : "";
    }

    public Path folder() {
        return folder;
    }

    /** @return "Id UpdatedUtc" of every thread file, one entry a file */
    public List<String> jsonFiles() {
        return files(".json").stream().map(Installation::version).collect(Collectors.toList());
    }

    /** @return "Id UpdatedUtc" of every line in every NDJSON file */
    public List<String> ndjsonLines() {
        return files(".ndjson").stream()
                .flatMap(Installation::lines)
                .map(Installation::version)
                .collect(Collectors.toList());
    }

    /** @param format {@code json} or {@code ndjson} @return "Id UpdatedUtc" of everything in files of that format */
    public List<String> versions(String format) {
        return format.equals("json") ? jsonFiles() : ndjsonLines();
    }

    /** @return each "Id UpdatedUtc" that is in finished files more than once, with the file of each copy */
    public Map<String, List<Path>> doubled(String ending) {
        Map<String, List<Path>> places = new TreeMap<>();
        for (Path file : files(ending)) {
            lines(file).forEach(line -> places.computeIfAbsent(version(line), version -> new ArrayList<>())
                    .add(file));
        }
        places.values().removeIf(files -> files.size() == 1);
        return places;
    }

    /** @return finished files with that ending */
    public List<Path> files(String ending) {
        Path out = folder.resolve("out");
        if (!Files.isDirectory(out)) {
            return List.of();
        }
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(out, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (file.toString().endsWith(ending)) {
                        found.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    // a temporary file that got its final name meanwhile
                    return FileVisitResult.CONTINUE;
                }
            });
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        if (runs()) {
            kill();
        }
    }

    /** @return a port that was free a moment ago */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<byte[]> lines(Path file) {
        try {
            return Files.readAllLines(file).stream().map(String::getBytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String version(Path file) {
        try {
            return version(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String version(byte[] json) {
        try {
            JsonNode thread = JSON.readTree(json);
            return thread.get("Id").textValue() + " " + thread.get("UpdatedUtc").textValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
