package io.threadpost.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.threadpost.sandbox.SandboxBroker;
import io.threadpost.sandbox.SandboxPlatform;
import io.threadpost.testing.ArrivedLines;
import io.threadpost.testing.Installation;

/** What is compared: each pulls everything that the platform has, in a process of its own. */
enum Contender {
    BARE("(a) bare loop") {
        @Override
        Measure run(SandboxPlatform platform, Path folder, int threads) throws Exception {
            return program(BareLoop.class, platform, folder, threads);
        }
    },
    NAIVE("(b) naive route") {
        @Override
        Measure run(SandboxPlatform platform, Path folder, int threads) throws Exception {
            return program(NaiveRoute.class, platform, folder, threads);
        }
    },
    FILES("(c) Threadpost, files") {
        @Override
        Measure run(SandboxPlatform platform, Path folder, int threads) throws Exception {
            return threadpost(platform, folder, threads, Map.of());
        }
    },
    QUEUE("(d) Threadpost, files and queue") {
        @Override
        Measure run(SandboxPlatform platform, Path folder, int threads) throws Exception {
            try (SandboxBroker broker = SandboxBroker.start(null, null)) {
                return threadpost(platform, folder, threads, Map.of("threadpost.queue.url", broker.url()));
            }
        }
    };

    /** The same for all: both compilers, and the heap of a small service. */
    private static final List<String> JVM = List.of("-Xmx256m", "-XX:+UseSerialGC");

    private static final long LOOK_MILLIS = 50;

    private final String title;

    Contender(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** @param folder an empty one */
    abstract Measure run(SandboxPlatform platform, Path folder, int threads) throws Exception;

    private static Measure program(Class<?> main, SandboxPlatform platform, Path folder, int threads) throws Exception {
        Path file = folder.resolve("threads.ndjson");
        platform.clearRequests();
        Process process = new ProcessBuilder(Stream.of(
                                Stream.of(java()),
                                JVM.stream(),
                                Stream.of(
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        main.getName(),
                                        platform.address().toString(),
                                        file.toString()))
                        .flatMap(part -> part)
                        .toList())
                .redirectError(folder.resolve("errors.log").toFile())
                .start();
        try (Measure.Probe probe = new Measure.Probe(platform, process.toHandle());
                BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            String line = out.readLine();
            while (line != null && !line.equals(Requests.DONE)) {
                line = out.readLine();
            }
            if (line == null) {
                throw new IllegalStateException(Files.readString(folder.resolve("errors.log")));
            }
            Measure measure = probe.end(threads);
            require(threads, lines(file));
            return measure;
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static Measure threadpost(SandboxPlatform platform, Path folder, int threads, Map<String, String> settings)
            throws Exception {
        platform.clearRequests();
        Map<String, String> all = new java.util.HashMap<>(settings);
        all.putAll(Map.of(
                "threadpost.connector.address", platform.address().toString(),
                "threadpost.connector.limit.requests", "1000000",
                "threadpost.pull.start", "P29D"));
        try (Installation installation = new Installation(folder, all)) {
            installation.edit("to-files.camel.yaml", "threadsAsJson\n", "threadsAsNdjson\n");
            JVM.forEach(installation::jvm);
            String profile = System.getProperty("benchmark.profile", "");
            if (!profile.isEmpty()) {
                CpuProfile.options().forEach(installation::jvm);
            }
            installation.start();
            try (Measure.Probe probe = new Measure.Probe(platform, installation.process())) {
                while (!drained(installation, threads)) {
                    if (!installation.runs()) {
                        throw new IllegalStateException(installation.said());
                    }
                    Thread.sleep(LOOK_MILLIS);
                }
                Measure measure = probe.end(threads);
                if (!profile.isEmpty()) {
                    CpuProfile.print(installation.process(), Path.of(profile), threads);
                }
                require(threads, new ArrivedLines(installation).count());
                installation.stop();
                return measure;
            }
        }
    }

    /** By the ledger, since counting lines would cost time on the same machine. */
    private static boolean drained(Installation installation, int threads) {
        if (!Files.exists(installation.folder().resolve("state/ledger.db"))) {
            return false;
        }
        try {
            return installation
                    .inLedger("SELECT (SELECT COALESCE(SUM(threads), 0) >= " + threads + " FROM pull_window) AND NOT"
                            + " EXISTS (SELECT 1 FROM spool_parcel WHERE state = 'waiting')")
                    .equals("1");
        } catch (SQLException e) {
            // The first migration is not done yet.
            return false;
        }
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static long lines(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        }
    }

    private static void require(long expected, long lines) {
        if (lines != expected) {
            throw new IllegalStateException(lines + " lines instead of " + expected);
        }
    }
}
