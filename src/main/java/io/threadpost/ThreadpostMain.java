package io.threadpost;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.annotations.QuarkusMain;

/** The way in. */
@QuarkusMain
public final class ThreadpostMain {
    ThreadpostMain() {}

    /**
     * Runs until it is told to stop; ends with exit code 1 when it cannot.
     *
     * @param arguments none, or {@code check [folder] [--json] [--mailboxes]}, or {@code --help}
     */
    public static void main(String... arguments) {
        CommandLine command = CommandLine.of(arguments);
        String profile = profile();
        int code = 0;
        switch (command.action()) {
            case HELP -> System.out.print(CommandLine.HELP);
            case CHECK -> code = check(command, profile);
            case RUN -> code = new Start(System.err).run(command.folder(), profile);
            case REFUSE -> {
                System.err.println("threadpost: " + command.complaint());
                code = 1;
            }
        }
        if (code != 0) {
            System.exit(code);
        }
    }

    private static int check(CommandLine command, String profile) {
        Check check = new Check(System.out, System.err);
        int code = check.run(command.folder(), profile, command.json());
        return command.mailboxes() ? Math.max(code, check.mailboxes(command.folder(), profile)) : code;
    }

    /** The profile that Quarkus will choose by itself. In dev mode it has not said so yet, but has loaded this class. */
    private static String profile() {
        String loader = ThreadpostMain.class.getClassLoader().getClass().getSimpleName();
        LaunchMode mode = loader.equals("QuarkusClassLoader") ? LaunchMode.DEVELOPMENT : LaunchMode.NORMAL;
        return mode.getDefaultProfile();
    }
}
