package io.threadpost.command;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** All commands: parses the arguments, and runs the command that they name. */
public final class Commands {
    private static final String FOOTER =
            """

            Settings are read from application.properties in the working directory, from environment variables such as
            THREADPOST_CONNECTIONS_MAIN_ACCESS_TOKEN, and from Java system properties (-Dthreadpost.…); later ones win.
            Exit codes: 0 success, 1 a problem, which was reported, 75 the database cannot be reached yet: start again.
            """;

    private final Map<String, Command> commands = new LinkedHashMap<>();
    private final Path home;
    private final String profile;
    private final PrintStream out;
    private final PrintStream err;

    /**
     * The commands in a working directory.
     *
     * @param profile the configuration profile, such as {@code prod}
     */
    public Commands(Path home, String profile, PrintStream out, PrintStream err) {
        this.home = home;
        this.profile = profile;
        this.out = out;
        this.err = err;
        commands.put("check", new CheckCommand());
        commands.put("why", new WhyCommand());
        commands.put("backup", new BackupCommand());
        commands.put("restore", new RestoreCommand());
        commands.put("move", new MoveCommand());
        commands.put("preview", new PreviewCommand());
        commands.put("test", new TestCommand());
        commands.put("example", new ExampleCommand());
        commands.put("schema", new SchemaCommand());
        commands.put("person", new PersonCommand());
        commands.put("export", new ExportCommand());
        commands.put("erase", new EraseCommand());
        commands.put("backfill", new BackfillCommand());
        commands.put("coverage", new CoverageCommand());
        commands.put("redeliver", new RedeliverCommand());
    }

    /**
     * Runs the command that the arguments name, or prints help, or what is wrong with them.
     *
     * @param arguments at least one
     * @return the exit code: 0, or 1 after a problem, which was printed
     */
    public int run(String... arguments) {
        Optional<String> java =
                Stream.of(arguments).filter(word -> word.matches("-[DX].+")).findFirst();
        if (java.isPresent()) {
            String option = java.get().replaceFirst("=.*", "=…");
            return fail("`" + option + "` is an option of Java and must precede -jar: java " + option
                    + " -jar quarkus-run.jar");
        }
        String[] words = helpLast(arguments);
        Command named = words.length == 0 ? null : commands.get(words[0]);
        // Describing a command loads its classes.
        CommandLine parser = parser(named == null ? commands.values() : List.of(named));
        try {
            ParseResult parsed = parser.parseArgs(words);
            if (CommandLine.printHelpIfRequested(parsed.asCommandLineList(), out, err, Ansi.OFF)) {
                return 0;
            }
            ParseResult command = parsed.subcommand();
            return commands.get(command.commandSpec().name()).run(command, new CommandContext(home, profile, out, err));
        } catch (ParameterException e) {
            return fail(problem(e));
        } catch (FileSystemException e) {
            return fail(problem(e));
        } catch (CommandFailure | IOException e) {
            return fail(e.getMessage());
        }
    }

    /** Java's message is the path alone, or the path and the error of the operating system. */
    private static String problem(FileSystemException refusal) {
        String why = refusal instanceof NoSuchFileException
                ? "does not exist"
                : "cannot be used"
                        + (refusal.getReason() == null
                                ? " (" + refusal.getClass().getSimpleName().replace("Exception", "") + ")"
                                : ": " + refusal.getReason());
        return "`" + refusal.getFile() + "` " + why + "; check the path, its permissions and the disk";
    }

    private static CommandLine parser(Collection<Command> described) {
        CommandSpec all = CommandSpec.create().name("threadpost");
        all.usageMessage()
                .customSynopsis(
                        "threadpost                     run until stopped",
                        "       threadpost COMMAND [OPTIONS]   run one of the commands below",
                        "       threadpost COMMAND --help      show the options of a command")
                .commandListHeading("%nCommands:%n")
                .footer(FOOTER.split("\n"));
        addHelp(all);
        for (Command command : described) {
            CommandSpec spec = command.spec();
            addHelp(spec);
            all.addSubcommand(spec.name(), spec);
        }
        return new CommandLine(all).setUsageHelpAutoWidth(false).setUsageHelpWidth(110);
    }

    private static void addHelp(CommandSpec spec) {
        spec.addOption(OptionSpec.builder("--help", "-h")
                .usageHelp(true)
                .description("show this help")
                .build());
    }

    /** {@code help check} is {@code check --help}. */
    private static String[] helpLast(String... arguments) {
        return arguments[0].equals("help")
                ? Stream.concat(Stream.of(arguments).skip(1), Stream.of("--help"))
                        .toArray(String[]::new)
                : arguments;
    }

    private static String problem(ParameterException refusal) {
        if (refusal instanceof UnmatchedArgumentException unmatched) {
            List<String> suggestions = unmatched.getSuggestions();
            return "unknown argument `" + unmatched.getUnmatched().get(0) + "`; "
                    + (suggestions.isEmpty() ? "" : "did you mean `" + suggestions.get(0) + "`? ") + "try --help";
        }
        String command = refusal.getCommandLine().getCommandSpec().qualifiedName(" ");
        if (refusal instanceof MissingParameterException missing) {
            ArgSpec argument = missing.getMissing().get(0);
            return (argument instanceof PositionalParamSpec
                            ? argument.paramLabel()
                            : ((OptionSpec) argument).longestName())
                    + " is missing; try " + command + " --help";
        }
        return refusal.getMessage() + "; try " + command + " --help";
    }

    private int fail(String problem) {
        err.println("threadpost: " + problem);
        return 1;
    }
}
