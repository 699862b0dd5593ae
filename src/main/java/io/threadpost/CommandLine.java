package io.threadpost;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The parsed command line.
 *
 * @param action what to do
 * @param folder where to do it; the working directory unless {@code check} names another
 * @param json whether {@code check} prints JSON
 * @param strict whether {@code check} treats warnings about route files as errors
 * @param mailboxes whether {@code check} logs in to the mailboxes
 * @param complaint what is wrong with the arguments; empty unless the action is {@link Action#REFUSE}
 */
record CommandLine(Action action, Path folder, boolean json, boolean strict, boolean mailboxes, String complaint) {
    static final String HELP =
            """
            Usage: threadpost            run until stopped
                   threadpost check [folder] [--json] [--strict] [--mailboxes]
                                         check the settings and route files there; starts and changes nothing
                     --json              print the findings as one JSON object
                     --strict            treat warnings about route files as errors
                     --mailboxes         log in to the mailboxes, and report what the first poll would stage
                   threadpost --help     show this help

            Settings are read from application.properties in the working directory, from environment variables such as
            THREADPOST_CONNECTIONS_MAIN_ACCESS_TOKEN, and from Java system properties (-Dthreadpost.…); later ones win.
            Exit codes: 0 success, 1 a problem, which was reported.
            """;

    private static final Path HERE = Path.of("");

    /** What to do. */
    enum Action {
        RUN,
        CHECK,
        HELP,
        REFUSE
    }

    static CommandLine of(String... arguments) {
        List<String> words = new ArrayList<>(List.of(arguments));
        if (words.isEmpty()) {
            return new CommandLine(Action.RUN, HERE, false, false, false, "");
        }
        if (words.contains("--help") || words.contains("-h") || words.equals(List.of("help"))) {
            return new CommandLine(Action.HELP, HERE, false, false, false, "");
        }
        Optional<String> java =
                words.stream().filter(word -> word.matches("-[DX].+")).findFirst();
        if (java.isPresent()) {
            String option = java.get().replaceFirst("=.*", "=…");
            return refuse("`" + option + "` is an option of Java and must precede -jar: java " + option
                    + " -jar quarkus-run.jar");
        }
        boolean check = words.get(0).equals("check");
        boolean json = check && words.remove("--json");
        boolean strict = check && words.remove("--strict");
        boolean mailboxes = check && words.remove("--mailboxes");
        if (json && mailboxes) {
            return refuse("check: --mailboxes cannot be combined with --json; omit one of them");
        }
        int allowed = check ? 2 : 0;
        if (words.size() > allowed) {
            return unknown(words.get(allowed));
        }
        return words.size() == 1
                ? new CommandLine(Action.CHECK, HERE, json, strict, mailboxes, "")
                : check(words.get(1), json, strict, mailboxes);
    }

    private static CommandLine check(String folder, boolean json, boolean strict, boolean mailboxes) {
        if (folder.startsWith("-")) {
            return unknown(folder);
        }
        try {
            Path path = Path.of(folder);
            return Files.isDirectory(path)
                    ? new CommandLine(Action.CHECK, path, json, strict, mailboxes, "")
                    : refuse("check: there is no folder `" + folder + "`");
        } catch (InvalidPathException e) {
            return refuse("check: `" + folder + "` is not a path");
        }
    }

    private static CommandLine unknown(String argument) {
        return refuse("unknown argument `" + argument + "`; try --help");
    }

    private static CommandLine refuse(String complaint) {
        return new CommandLine(Action.REFUSE, HERE, false, false, false, complaint);
    }
}
