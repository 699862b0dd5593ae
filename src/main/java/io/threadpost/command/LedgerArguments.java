package io.threadpost.command;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

import picocli.CommandLine.ParseResult;

import io.threadpost.disk.NativeLibraries;
import io.threadpost.disk.PrivateFolder;
import io.threadpost.settings.LedgerSettings;
import io.threadpost.settings.SystemLocale;

/** The arguments of commands that copy ledgers. */
final class LedgerArguments {
    /** The option that lets a ledger with content be replaced. */
    static final String REPLACE = "--replace";

    static final String REPLACES = "replace a ledger that is not empty; what it holds is kept in a file next to it";

    private final ParseResult arguments;

    LedgerArguments(ParseResult arguments) {
        this.arguments = arguments;
    }

    boolean replace() {
        return arguments.hasMatchedOption(REPLACE);
    }

    String text() {
        return arguments.matchedPositionalValue(0, "");
    }

    Path file() throws CommandFailure {
        try {
            return Path.of(text());
        } catch (InvalidPathException e) {
            throw new CommandFailure(
                    new SystemLocale().refusal(text()).orElse("`" + text() + "` is not a path; name a file"));
        }
    }

    /** Creates the folder of a ledger, and loads SQLite's library from it. */
    static void prepare(LedgerSettings ledger) throws IOException {
        new PrivateFolder(ledger.folder().toAbsolutePath()).create();
        new NativeLibraries(ledger.folder()).load();
    }
}
