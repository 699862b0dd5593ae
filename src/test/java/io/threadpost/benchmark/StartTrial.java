package io.threadpost.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.sandbox.SandboxPlatform;
import io.threadpost.testing.Installation;

/** How long a start takes, until the routes run, and how much memory is resident then. */
final class StartTrial {
    private static final int STARTS = 3;

    private StartTrial() {}

    /** The jar as the package's own options run it, and the executable that a property of the tests names. */
    static void print(Path folder) throws Exception {
        Path app = Path.of("target/quarkus-app").toAbsolutePath();
        System.out.printf("%nstart: seconds until the routes run, resident MB then (each the least of %d)%n", STARTS);
        print(
                folder,
                "jar",
                List.of(Contender.java(), "-jar", app.resolve("quarkus-run.jar").toString()));
        print(
                folder,
                "jar with jvm.options",
                List.of(
                        Contender.java(),
                        "@" + app.resolve("jvm.options"),
                        "-XX:SharedArchiveFile=" + app.resolve("app-cds.jsa"),
                        "-jar",
                        app.resolve("fast-start.jar").toString()));
        String executable = System.getProperty("threadpost.test.executable", "");
        if (!executable.isEmpty()) {
            print(
                    folder,
                    "executable",
                    List.of(Path.of(executable).toAbsolutePath().toString()));
        }
    }

    private static void print(Path folder, String title, List<String> command) throws Exception {
        double seconds = Double.MAX_VALUE;
        double megabytes = Double.MAX_VALUE;
        try (SandboxPlatform platform = SandboxPlatform.start(new SandboxOptions())) {
            for (int start = 0; start < STARTS; start++) {
                Path home = Files.createDirectory(folder.resolve("start"));
                try (Installation installation = new Installation(
                        home,
                        Map.of(
                                "threadpost.connector.address",
                                platform.address().toString()))) {
                    long began = System.nanoTime();
                    installation.start(command);
                    installation.awaitUp();
                    seconds = Math.min(seconds, (System.nanoTime() - began) / 1e9);
                    megabytes = Math.min(megabytes, Measure.megabytes(installation.process(), "VmRSS"));
                }
                PullBenchmark.delete(home);
            }
        }
        System.out.printf(Locale.ROOT, "%-34s %11.2f %11.0f%n", title, seconds, megabytes);
    }
}
