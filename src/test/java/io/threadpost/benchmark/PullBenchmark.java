package io.threadpost.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.sandbox.SandboxPlatform;
import io.threadpost.sandbox.ThreadOrder;

/**
 * Pulls the same threads from the same sandbox platform by each {@link Contender}, in turns, and prints what each took,
 * and its ratio to the bare loop in the same round. The machine may be busy: the ratios and the processor time are what
 * counts.
 */
public final class PullBenchmark {
    /** What the platform's limit of 200 requests in 30 seconds allows. */
    private static final double FULL_RATE = 200 * 1000 / 30.0;
    /** With latency, fewer threads say as much. */
    private static final long WAITING_MILLIS = 10_000;

    private final Path folder;
    private final int threads;
    private final int rounds;
    private final List<Contender> contenders;

    private PullBenchmark(Path folder, int threads, int rounds, List<Contender> contenders) {
        this.folder = folder;
        this.threads = threads;
        this.rounds = rounds;
        this.contenders = contenders;
    }

    /**
     * @param arguments threads (default 500000), rounds (default 3), the platform's latencies in milliseconds (default
     *     {@code 0,50,200,500}), and what is compared with the bare loop (default {@code naive,files,queue})
     */
    public static void main(String[] arguments) throws Exception {
        int threads = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 500_000;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        String latencies = arguments.length > 2 ? arguments[2] : "0,50,200,500";
        String compared = arguments.length > 3 ? arguments[3] : "naive,files,queue";
        List<Contender> contenders = new ArrayList<>(List.of(Contender.BARE));
        for (String name : compared.split(",")) {
            contenders.add(Contender.valueOf(name.toUpperCase(Locale.ROOT)));
        }
        Path folder = Files.createTempDirectory(Path.of("target"), "benchmark");
        try {
            PullBenchmark benchmark = new PullBenchmark(folder, threads, rounds, contenders);
            for (String latency : latencies.split(",")) {
                for (ThreadOrder order : ThreadOrder.values()) {
                    benchmark.pull(Integer.parseInt(latency), order);
                }
            }
            StartTrial.print(folder);
        } finally {
            delete(folder);
        }
    }

    private void pull(int latency, ThreadOrder order) throws Exception {
        int some = latency == 0 ? threads : (int) Math.min(threads, WAITING_MILLIS / latency * Requests.PAGE);
        SandboxOptions options = new SandboxOptions()
                .threads(some)
                .over(Duration.ofDays(20))
                .order(order)
                .latency(Duration.ofMillis(latency))
                .noLimit();
        Map<Contender, List<Measure>> measures = new EnumMap<>(Contender.class);
        try (SandboxPlatform platform = SandboxPlatform.start(options)) {
            for (int round = 0; round < rounds; round++) {
                for (Contender contender : contenders) {
                    Path place = Files.createDirectory(folder.resolve("run"));
                    measures.computeIfAbsent(contender, key -> new ArrayList<>())
                            .add(contender.run(platform, place, some));
                    delete(place);
                }
            }
        }
        System.out.printf("%n%,d threads, latency %d ms, pages in the order %s%n", some, latency, order);
        System.out.printf(
                "%-34s %19s %19s %19s %19s %19s %14s%n",
                "median of " + rounds + " (ratio to (a))",
                "threads/s",
                "CPU s/100,000",
                "peak memory, MB",
                "requests",
                "in busiest 30 s",
                "core, full rate");
        for (Contender contender : contenders) {
            List<Measure> own = measures.get(contender);
            List<Measure> bare = measures.get(Contender.BARE);
            System.out.printf(
                    Locale.ROOT,
                    "%-34s %s %s %s %s %s %13.0f%%%n",
                    contender.title(),
                    column(own, bare, Measure::perSecond),
                    column(own, bare, Measure::cpu),
                    column(own, bare, Measure::memory),
                    column(own, bare, Measure::requests),
                    column(own, bare, Measure::busiest),
                    median(own.stream().mapToDouble(Measure::cpu)) * FULL_RATE / 1000);
        }
    }

    /** The median, and that of the ratios within each round. */
    private static String column(List<Measure> own, List<Measure> bare, ToDoubleFunction<Measure> value) {
        double[] ratios = new double[own.size()];
        for (int round = 0; round < ratios.length; round++) {
            ratios[round] = value.applyAsDouble(own.get(round)) / value.applyAsDouble(bare.get(round));
        }
        return String.format(
                Locale.ROOT, "%,11.2f (%5.2f)", median(own.stream().mapToDouble(value)), median(Arrays.stream(ratios)));
    }

    private static double median(java.util.stream.DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        return sorted[sorted.length / 2];
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        }
    }
}
