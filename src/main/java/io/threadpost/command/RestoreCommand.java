package io.threadpost.command;

import java.io.IOException;
import java.nio.file.Path;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

import io.threadpost.backup.LedgerRestore;
import io.threadpost.settings.LedgerSettings;

/** {@code threadpost restore}: makes a backup the ledger. */
final class RestoreCommand implements Command {
    @Override
    public CommandSpec spec() {
        return new CommandSyntax(
                        "restore",
                        "Makes a backup the ledger that threadpost.ledger.url names, on either database. All nodes"
                                + " must be stopped.")
                .parameter("FILE", "a file that `threadpost backup` has written")
                .flag(LedgerArguments.REPLACE, LedgerArguments.REPLACES)
                .spec();
    }

    @Override
    public int run(ParseResult arguments, CommandContext context) throws CommandFailure, IOException {
        LedgerArguments given = new LedgerArguments(arguments);
        Path file = given.file();
        LedgerSettings ledger = context.settings().ledger();
        LedgerArguments.prepare(ledger);
        LedgerRestore.Result result = new LedgerRestore(ledger, context.home()).restore(file, given.replace());
        context.out().println("threadpost: restored the ledger of " + result.taken());
        result.kept().ifPresent(kept -> context.out().println("threadpost: the ledger of before is kept in " + kept));
        context.out()
                .println("threadpost: the spools digest and replies are held, since their mails may have been sent"
                        + " after the backup: docs/operate/backup.md");
        return 0;
    }
}
