package io.threadpost.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

import io.threadpost.preview.ExampleRun;
import io.threadpost.preview.JUnitReport;
import io.threadpost.preview.PreviewFolder;

/** {@code threadpost test}: whether the routes do what the examples expect. */
final class TestCommand implements Command {
    @Override
    public CommandSpec spec() {
        return new CommandSyntax(
                        "test",
                        "Runs the examples beside the route files. Nothing is sent, written or started. Exits with 1"
                                + " when one of them fails.")
                .optionalParameter(
                        "folder", "a folder that is laid out like the working directory, or one of route files")
                .option("--examples", "FOLDER", "the examples, unless they are in examples/ beside the routes")
                .option("--junit", "FILE", "write a report for a CI server, too")
                .spec();
    }

    @Override
    public int run(ParseResult arguments, CommandContext context) throws CommandFailure, IOException {
        RoutesLocation location = RoutesLocation.of(arguments.matchedPositionalValue(0, ""), context);
        String named = arguments.matchedOptionValue("--examples", "");
        Path examples = named.isEmpty() ? location.routes().resolveSibling("examples") : Path.of(named);
        if (!Files.isDirectory(examples)) {
            throw new CommandFailure("there is no folder `" + examples + "`; write examples there, a YAML file each");
        }
        printEnvironment(context);
        long begun = System.nanoTime();
        List<ExampleRun.Outcome> outcomes;
        try (PreviewFolder folder = location.preview(context.profile())) {
            outcomes = new ExampleRun(folder).run(examples);
        }
        if (outcomes.isEmpty()) {
            throw new CommandFailure("there is no example in `" + examples + "`; write one, a YAML file each");
        }
        print(outcomes, context);
        long failed = outcomes.stream().filter(outcome -> !outcome.passed()).count();
        context.out()
                .printf(
                        java.util.Locale.ROOT,
                        "threadpost: %d examples, %d failed (%.1f s)%n",
                        outcomes.size(),
                        failed,
                        (System.nanoTime() - begun) / 1e9);
        String junit = arguments.matchedOptionValue("--junit", "");
        if (!junit.isEmpty()) {
            Files.createDirectories(Path.of(junit).toAbsolutePath().getParent());
            Files.writeString(Path.of(junit), new JUnitReport(outcomes).xml());
        }
        return failed == 0 ? 0 : 1;
    }

    /** The same errors of route files are printed once. */
    private static void print(List<ExampleRun.Outcome> outcomes, CommandContext context) {
        Set<String> printed = new HashSet<>();
        for (ExampleRun.Outcome outcome : outcomes) {
            for (String problem : outcome.problems()) {
                int at = problem.indexOf(ExampleRun.UNLOADABLE);
                boolean again = at >= 0 && !printed.add(problem.substring(at));
                context.err()
                        .println(
                                again ? problem.substring(0, at) + ": the routes cannot be loaded, as above" : problem);
            }
        }
    }

    /** What is tested is the folder with the environment, as it would start here. */
    private static void printEnvironment(CommandContext context) {
        List<String> names = System.getenv().keySet().stream()
                .filter(name -> name.startsWith("THREADPOST_"))
                .sorted()
                .toList();
        if (!names.isEmpty()) {
            context.err()
                    .println("threadpost: these settings of the environment count, too: " + String.join(", ", names));
        }
    }
}
