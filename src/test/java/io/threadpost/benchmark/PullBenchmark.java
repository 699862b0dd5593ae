package io.threadpost.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.sandbox.SandboxPlatform;
import io.threadpost.testing.ArrivedLines;
import io.threadpost.testing.Installation;

/**
 * Pulls the same threads from the same sandbox platform, without limit or latency, by the {@link BareLoop} and by the
 * packaged Threadpost with NDJSON files and full durability, in turns, and prints the ratio. Each is a process of its
 * own, measured from its first request to its last line on disk.
 */
public final class PullBenchmark {
    /** Looking costs time on the same machine, and is to be no part of what is measured. */
    private final SandboxPlatform platform;

    private final Path folder;
    private final int threads;

    private PullBenchmark(SandboxPlatform platform, Path folder, int threads) {
        this.platform = platform;
        this.folder = folder;
        this.threads = threads;
    }

    /** @param arguments threads (default 1000000), rounds (default 3) */
    public static void main(String[] arguments) throws Exception {
        int threads = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        Path folder = Files.createTempDirectory(Path.of("target"), "benchmark");
        SandboxOptions options =
                new SandboxOptions().threads(threads).over(Duration.ofDays(20)).noLimit();
        try (SandboxPlatform platform = SandboxPlatform.start(options)) {
            PullBenchmark benchmark = new PullBenchmark(platform, folder, threads);
            double[] ratios = new double[rounds];
            for (int round = 0; round < rounds; round++) {
                double bare = benchmark.bare(round);
                double threadpost = benchmark.threadpost(round);
                ratios[round] = threadpost / bare;
                System.out.printf(
                        Locale.ROOT,
                        "round %d: bare loop %,.0f threads/s, Threadpost %,.0f threads/s, ratio %.2f%n",
                        round + 1,
                        bare,
                        threadpost,
                        ratios[round]);
            }
            Arrays.sort(ratios);
            System.out.printf(
                    Locale.ROOT,
                    "median ratio of %d rounds with %,d threads: %.2f%n",
                    rounds,
                    threads,
                    ratios[rounds / 2]);
        } finally {
            delete(folder);
        }
    }

    private double bare(int round) throws Exception {
        Path file = folder.resolve("bare-" + round + ".ndjson");
        platform.clearRequests();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        BareLoop.class.getName(),
                        platform.address().toString(),
                        file.toString())
                .inheritIO()
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("the bare loop failed");
        }
        long end = System.nanoTime();
        try (Stream<String> lines = Files.lines(file)) {
            require(lines.count());
        }
        Files.delete(file);
        return threads / seconds(end);
    }

    private double threadpost(int round) throws Exception {
        Path home = Files.createDirectory(folder.resolve("threadpost-" + round));
        platform.clearRequests();
        Map<String, String> settings = Map.of(
                "threadpost.connector.address", platform.address().toString(),
                "threadpost.connector.limit.requests", "1000000",
                "threadpost.pull.start", "P29D");
        try (Installation installation = new Installation(home, settings)) {
            installation.edit("to-files.camel.yaml", "threadsAsJson\n", "threadsAsNdjson\n");
            installation.start();
            ArrivedLines lines = new ArrivedLines(installation);
            lines.await(threads);
            long end = System.nanoTime();
            require(lines.count());
            installation.stop();
            return threads / seconds(end);
        }
    }

    /** From the first request, so that neither pays for starting its virtual machine. */
    private double seconds(long end) {
        return (end - platform.requests().get(0).receivedNanos()) / 1e9;
    }

    private void require(long lines) {
        if (lines != threads) {
            throw new IllegalStateException(lines + " lines instead of " + threads);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        }
    }
}
