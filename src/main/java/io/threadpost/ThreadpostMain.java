package io.threadpost;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.annotations.QuarkusMain;
import org.jboss.logmanager.LogManager;

import io.threadpost.command.Commands;
import io.threadpost.settings.SystemLocale;

/** The main program. */
@QuarkusMain
public final class ThreadpostMain {
    private static final Path HERE = Path.of("");

    ThreadpostMain() {}

    /**
     * Runs until it is stopped; ends with exit code 1 when it cannot start.
     *
     * @param arguments none to run, or a command with its arguments, or {@code --help}
     */
    public static void main(String... arguments) {
        // Before anything logs: the class path of the package is flat, so no launcher sets it.
        System.setProperty("java.util.logging.manager", LogManager.class.getName());
        String profile = profile();
        SystemLocale locale = new SystemLocale();
        PrintStream out = locale.complete() ? System.out : inUtf8(FileDescriptor.out);
        PrintStream err = locale.complete() ? System.err : inUtf8(FileDescriptor.err);
        Optional<String> elsewhere = locale.refusal(System.getProperty("user.dir"));
        int code = 0;
        if (elsewhere.isPresent()) {
            // No file below it can be opened, not even by a relative path.
            err.println("threadpost: the working directory " + elsewhere.get());
            code = 1;
        } else {
            code = arguments.length == 0 ? new Startup(err).run(HERE, profile) : command(profile, out, err, arguments);
        }
        if (code != 0) {
            System.exit(code);
        }
    }

    private static int command(String profile, PrintStream out, PrintStream err, String... arguments) {
        // Until Quarkus starts, every record is formatted and kept, down to Camel's traces of each step.
        Logger.getLogger("").setLevel(Level.INFO);
        return new Commands(HERE, profile, out, err).run(arguments);
    }

    /** A character that the locale lacks would be printed as a question mark; most readers expect UTF-8. */
    private static PrintStream inUtf8(FileDescriptor stream) {
        return new PrintStream(new FileOutputStream(stream), true, StandardCharsets.UTF_8);
    }

    /**
     * The profile that Quarkus chooses by default. In dev mode it is not set yet, but Quarkus has loaded this class.
     */
    private static String profile() {
        String loader = ThreadpostMain.class.getClassLoader().getClass().getSimpleName();
        LaunchMode mode = loader.equals("QuarkusClassLoader") ? LaunchMode.DEVELOPMENT : LaunchMode.NORMAL;
        return mode.getDefaultProfile();
    }
}
