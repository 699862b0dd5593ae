package io.threadpost.command;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code threadpost export}: writes what is held about a person to one archive. */
final class ExportCommand implements Command {
    @Override
    public CommandSpec spec() {
        return new CommandSyntax(
                        "export",
                        "Writes what the running installation holds about a person to a zip: mails, rows of the"
                                + " ledger, items and files.")
                .parameter("ADDRESS", PersonCommand.ADDRESS)
                .parameter("FILE", "the archive; it must not exist yet")
                .asksInstallation()
                .spec();
    }

    @Override
    public int run(ParseResult arguments, CommandContext context) throws CommandFailure, IOException {
        String name = arguments.matchedPositionalValue(1, "");
        try {
            Path file = Path.of(name);
            ApiClient.of(arguments, context).download("/api/person/export", PersonCommand.body(arguments), file);
            context.out().println("threadpost: exported to " + file);
            return 0;
        } catch (InvalidPathException e) {
            throw new CommandFailure("`" + name + "` is not a path; name a file");
        }
    }
}
