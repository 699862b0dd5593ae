package io.threadpost.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

import io.threadpost.backup.LedgerBackup;
import io.threadpost.disk.NativeLibraries;
import io.threadpost.settings.LedgerSettings;

/** {@code threadpost backup}: writes the ledger to a file, while Threadpost runs or not. */
final class BackupCommand implements Command {
    @Override
    public CommandSpec spec() {
        return new CommandSyntax(
                        "backup",
                        "Writes the ledger, as it is at one moment, to a file that either database can be restored"
                                + " from. Threadpost may go on running.")
                .parameter("FILE", "the backup; it must not exist yet")
                .spec();
    }

    @Override
    public int run(ParseResult arguments, CommandContext context) throws CommandFailure, IOException {
        Path file = new LedgerArguments(arguments).file();
        LedgerSettings ledger = context.settings().ledger();
        Path folder = file.toAbsolutePath().getParent();
        if (Files.isDirectory(folder)) {
            new NativeLibraries(folder).load();
        }
        long bytes = new LedgerBackup(ledger).write(file);
        context.out().println("threadpost: backed up to " + file + " (" + bytes + " bytes)");
        return 0;
    }
}
