package io.threadpost;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.threadpost.settings.FolderCheck;
import io.threadpost.settings.Problem;
import io.threadpost.settings.Reading;

/** {@code threadpost check}: says what is wrong, and changes nothing. */
final class SettingsCheck {
    private final PrintStream out;
    private final PrintStream err;

    SettingsCheck(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** The exit code: 1 when something is wrong. An address or token that is not there yet is worth a warning only. */
    int run(Path folder, String profile) {
        Reading reading = Reading.in(folder, profile);
        List<Problem> problems = new ArrayList<>(reading.problems());
        problems.addAll(new FolderCheck(reading, folder).problems());
        problems.forEach(
                problem -> err.println("threadpost: " + (problem.missing() ? "warning: " : "") + problem.line()));
        if (!problems.stream().allMatch(Problem::missing)) {
            return 1;
        }
        out.println("threadpost: nothing" + (problems.isEmpty() ? "" : " else") + " is wrong with the settings ("
                + reading.source() + ")");
        return 0;
    }
}
