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
    private static final String EXECUTABLE = System.getProperty("threadpost.test.executable", "");

    private Program() {}

    public static boolean isExecutable() {
        return !EXECUTABLE.isEmpty();
    }

    /**
     * @param options such as {@code -Dthreadpost.pull.page-size=5} or {@code -Xmx96m}; what a native executable does
     *     not know is left out there
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
            command.addAll(options);
            command.addAll(List.of("-jar", JAR.toString()));
        }
        command.addAll(List.of(arguments));
        return command;
    }
}
