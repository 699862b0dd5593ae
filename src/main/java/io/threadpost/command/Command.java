package io.threadpost.command;

import java.io.IOException;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** A command of the command line, such as {@code check}. */
interface Command {
    /**
     * Its name, help, options and parameters. Values are strings, which the command converts itself: other types would
     * need reflection in the native executable.
     */
    CommandSpec spec();

    /**
     * Does it.
     *
     * @param arguments the parsed arguments, according to {@link #spec()}
     * @return the exit code: 0, or 1 after a problem that was printed
     * @throws CommandFailure to print one line and end with exit code 1
     * @throws IOException likewise, with a reason for people
     */
    int run(ParseResult arguments, CommandContext context) throws CommandFailure, IOException;
}
