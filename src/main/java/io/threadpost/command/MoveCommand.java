package io.threadpost.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

import io.threadpost.backup.LedgerMove;
import io.threadpost.settings.LedgerSettings;

/** {@code threadpost move}: moves the ledger from one database to another one. */
final class MoveCommand implements Command {
    @Override
    public CommandSpec spec() {
        return new CommandSyntax(
                        "move",
                        "Moves a ledger to the database that threadpost.ledger.url names, such as from SQLite to"
                                + " PostgreSQL. All nodes must be stopped, and none starts on the old one any more.")
                .parameter("URL", "the ledger until now, such as jdbc:sqlite:state/ledger.db")
                .flag(LedgerArguments.REPLACE, LedgerArguments.REPLACES)
                .option("--username", "NAME", "the user of that ledger, when it is on PostgreSQL")
                .option("--password-file", "FILE", "the file with that user's password")
                .spec();
    }

    @Override
    public int run(ParseResult arguments, CommandContext context) throws CommandFailure, IOException {
        LedgerArguments given = new LedgerArguments(arguments);
        LedgerSettings to = context.settings().ledger();
        String url = given.text();
        if (!url.matches("jdbc:(sqlite|postgresql):.+")) {
            throw new CommandFailure("`" + url + "` is not the URL of a ledger; write it like"
                    + " jdbc:sqlite:state/ledger.db or jdbc:postgresql://HOST/DATABASE");
        }
        String user = arguments.matchedOptionValue("--username", to.username());
        String passwordFile = arguments.matchedOptionValue("--password-file", "");
        LedgerSettings from =
                new LedgerSettings(url, user, passwordFile.isEmpty() ? to.password() : password(passwordFile));
        LedgerArguments.prepare(to);
        Optional<Path> kept = new LedgerMove(from, to, context.home()).move(given.replace());
        context.out().println("threadpost: moved the ledger; no process starts on the old one any more");
        kept.ifPresent(file -> context.out().println("threadpost: what the new one held before is kept in " + file));
        return 0;
    }

    private static String password(String file) throws CommandFailure {
        try {
            return Files.readString(Path.of(file)).replaceFirst("\\R$", "");
        } catch (IOException | InvalidPathException e) {
            throw new CommandFailure("the password file `" + file + "` cannot be read; name one with the password");
        }
    }
}
