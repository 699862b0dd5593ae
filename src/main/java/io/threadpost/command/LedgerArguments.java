package io.threadpost.command;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

import io.threadpost.disk.NativeLibraries;
import io.threadpost.disk.PrivateFolder;
import io.threadpost.settings.LedgerSettings;
import io.threadpost.settings.SystemLocale;

/** The arguments of commands that copy ledgers. */
final class LedgerArguments {
    private static final String REPLACE = "--replace";

    private final ParseResult arguments;

    LedgerArguments(ParseResult arguments) {
        this.arguments = arguments;
    }

    /** A parameter that must be given. */
    static PositionalParamSpec parameter(String label, String description) {
        return PositionalParamSpec.builder()
                .index("0")
                .arity("1")
                .required(true)
                .paramLabel(label)
                .type(String.class)
                .description(description)
                .build();
    }

    /** The option that lets a ledger with content be replaced. */
    static OptionSpec replaceOption() {
        return OptionSpec.builder(REPLACE)
                .description("replace a ledger that is not empty; what it holds is kept in a file next to it")
                .build();
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
