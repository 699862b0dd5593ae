package io.threadpost.command;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

import io.threadpost.retry.DurationFormat;

/** Shows how far something is: as a bar that is drawn again each second on a terminal, else as a line a minute. */
final class ProgressBar {
    private static final int WIDTH = 30;
    private static final long STEP_MILLIS = 1_000;
    private static final int STEPS_PER_LINE = 60;

    private final PrintStream out;
    private final boolean terminal;
    private int steps;

    ProgressBar(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /**
     * Shows the state.
     *
     * @param share from 0 to 1
     * @param numbers short, behind the bar
     * @param remaining null when it is not known
     * @param line the same in a line, without a terminal
     */
    void show(double share, String numbers, Duration remaining, String line) {
        if (terminal) {
            int full = (int) (share * WIDTH);
            out.printf(
                    Locale.ROOT,
                    "\r[%s%s] %5.1f %%  %s%s\u001b[K",
                    "#".repeat(full),
                    "-".repeat(WIDTH - full),
                    100 * share,
                    numbers,
                    remaining == null ? "" : ", " + DurationFormat.text(remaining) + " left");
            out.flush();
        } else if (steps > 0 && steps % STEPS_PER_LINE == 0) {
            out.println(line);
        }
        steps++;
    }

    /** @throws CommandFailure when interrupted */
    void pause() throws CommandFailure {
        try {
            Thread.sleep(STEP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted; the job continues");
        }
    }

    /** Shows the last state. */
    void end(String line) {
        out.println(terminal ? "\r" + line + "\u001b[K" : line);
    }
}
