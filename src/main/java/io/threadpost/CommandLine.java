package io.threadpost;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was asked for on the command line.
 *
 * @param action what to do
 * @param folder where to do it; the working directory unless {@code check} names another
 * @param json whether a machine asked
 * @param strict whether warnings about route files are errors, too
 * @param mailboxes whether to look into the mailboxes, too
 * @param complaint what is wrong with the arguments; empty unless the action is {@link Action#REFUSE}
 */
record CommandLine(Action action, Path folder, boolean json, boolean strict, boolean mailboxes, String complaint) {
    static final String HELP =
            """
            Usage: threadpost            carry message threads, until it is stopped
                   threadpost check [folder] [--json] [--strict] [--mailboxes]
                                         say what is wrong with the settings and route files there; start and
                                         change nothing; with --json as one JSON object, for machines; with
                                         --strict a warning about a route file is an error, too; with
                                         --mailboxes log in to the mailboxes, and say what a first look would take
                   threadpost --help     show this

            Settings are read from application.properties in the working directory, from environment variables such as
            THREADPOST_CONNECTIONS_MAIN_ACCESS_TOKEN, and from Java system properties (-Dthreadpost.…); the later win.
            Exit codes: 0 all is well, 1 something is wrong and was said.
            """;

    private static final Path HERE = Path.of("");

    /** What can be asked for. */
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
            return refuse("`" + option + "` is for Java, which reads it before the jar only: java " + option
                    + " -jar quarkus-run.jar");
        }
        boolean check = words.get(0).equals("check");
        boolean json = check && words.remove("--json");
        boolean strict = check && words.remove("--strict");
        boolean mailboxes = check && words.remove("--mailboxes");
        if (json && mailboxes) {
            return refuse("check: --mailboxes says what it finds to people; leave --json away");
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
