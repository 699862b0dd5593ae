package io.threadpost.command;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.stream.Collectors;

import io.threadpost.settings.SettingProblem;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsResult;

/**
 * Where a command runs.
 *
 * @param home the working directory: where {@code application.properties} is
 * @param profile the configuration profile, such as {@code prod}
 * @param out results
 * @param err problems; each line begins with {@code threadpost: }
 */
record CommandContext(Path home, String profile, PrintStream out, PrintStream err) {
    /**
     * The settings of the working directory.
     *
     * @throws CommandFailure when one is wrong
     */
    Settings settings() throws CommandFailure {
        SettingsResult result = result();
        if (result.problems().isEmpty()) {
            return result.orThrow();
        }
        throw new CommandFailure(result.problems().stream()
                .map(SettingProblem::line)
                .collect(Collectors.joining(System.lineSeparator() + "threadpost: ")));
    }

    /** The settings of the working directory with what is wrong with them. */
    SettingsResult result() {
        return SettingsResult.in(home, profile);
    }
}
