package io.threadpost.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command that starts what was built: {@code java -jar …}, or the native executable that
 * {@code -Dthreadpost.test.executable=PATH} names.
 */
public final class Program {
    private static final Path JAR =
            Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath();
    /** Of {@code jvm.options}: most tests are over before the other compiler and collector would pay off. */
    private static final List<String> SMALL = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private static final String EXECUTABLE = System.getProperty("threadpost.test.executable", "");

    private Program() {}

    public static boolean isExecutable() {
        return !EXECUTABLE.isEmpty();
    }

    /**
     * @param options such as {@code -Dthreadpost.pull.page-size=5} or {@code -Xmx96m}; without a heap it runs as a
     *     small service does; what a native executable does not know is left out there
     */
    public static List<String> command(List<String> options, String... arguments) {
        List<String> command = new ArrayList<>();
        if (isExecutable()) {
            command.add(Path.of(EXECUTABLE).toAbsolutePath().toString());
            options.stream()
                    .filter(option -> option.startsWith("-D") || option.startsWith("-Xmx"))
                    .forEach(command::add);
        } else {
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            if (options.stream().noneMatch(option -> option.startsWith("-Xmx"))) {
                command.addAll(SMALL);
            }
            command.addAll(options);
            command.addAll(List.of("-jar", JAR.toString()));
        }
        command.addAll(List.of(arguments));
        return command;
    }
}
