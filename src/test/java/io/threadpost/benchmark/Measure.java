package io.threadpost.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import io.threadpost.sandbox.SandboxPlatform;

/**
 * What one pull took, from its first request to its last line: starting a virtual machine is no part of it.
 *
 * @param perSecond threads a second
 * @param cpu seconds of processor time for 100,000 threads
 * @param memory most megabytes that were resident, since the process started
 * @param requests sent
 * @param busiest requests in the busiest 30 seconds
 */
record Measure(double perSecond, double cpu, double memory, double requests, double busiest) {
    private static final int CPU_THREADS = 100_000;

    /** Watches a process from its first request on. */
    static final class Probe implements AutoCloseable {
        private static final long LOOK_MILLIS = 5;

        private final SandboxPlatform platform;
        private final ProcessHandle process;
        private final Thread watcher = new Thread(this::watch, "first-request");
        private volatile Duration before = Duration.ZERO;

        Probe(SandboxPlatform platform, ProcessHandle process) {
            this.platform = platform;
            this.process = process;
            watcher.setDaemon(true);
            watcher.start();
        }

        private void watch() {
            try {
                while (platform.requests().isEmpty()) {
                    Thread.sleep(LOOK_MILLIS);
                }
                before = cpu(process);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** Everything has arrived, and the process still runs. */
        Measure end(int threads) throws IOException {
            double seconds = (System.nanoTime() - platform.requests().get(0).receivedNanos()) / 1e9;
            double cpu = cpu(process).minus(before).toNanos() / 1e9;
            return new Measure(
                    threads / seconds,
                    cpu / threads * CPU_THREADS,
                    megabytes(process, "VmHWM"),
                    platform.requests().size(),
                    platform.maxInWindow());
        }

        @Override
        public void close() {
            watcher.interrupt();
        }
    }

    static Duration cpu(ProcessHandle process) {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /** @param field of Linux's {@code /proc/PID/status}, such as {@code VmHWM} or {@code VmRSS} */
    static double megabytes(ProcessHandle process, String field) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith(field + ":"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }
}
