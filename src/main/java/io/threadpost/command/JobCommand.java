package io.threadpost.command;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.ParseResult;

import io.threadpost.retry.DurationFormat;

/** A command that begins jobs of the running installation, lists and shows them, and pauses, resumes or ends one. */
abstract class JobCommand implements Command {
    private final String name;
    private final String noun;
    private final String path;
    private final List<String> actions;

    /**
     * A command.
     *
     * @param noun what a job is called, in the singular
     * @param path of the API, which also names the field that holds the list
     * @param actions on one job, as the API names them
     */
    JobCommand(String name, String noun, String path, List<String> actions) {
        this.name = name;
        this.noun = noun;
        this.path = path;
        this.actions = actions;
    }

    /** @return what begins a job */
    abstract ObjectNode request(List<String> words, ParseResult arguments) throws CommandFailure;

    /** @return the numbers that the progress bar shows */
    abstract String numbers(JsonNode job);

    @Override
    public int run(ParseResult arguments, CommandContext context) throws CommandFailure {
        ApiClient api = ApiClient.of(arguments, context);
        List<String> words = arguments.matchedPositionalValue(0, List.of());
        if (words.equals(List.of("list"))) {
            list(api, context.out());
            return 0;
        }
        JsonNode job = job(words, arguments, api);
        context.out().println(line(job));
        return arguments.hasMatchedOption("--follow") ? follow(api, job, context.out()) : 0;
    }

    private JsonNode job(List<String> words, ParseResult arguments, ApiClient api) throws CommandFailure {
        String first = words.get(0);
        boolean show = first.equals("show");
        if (words.size() != 2 || !show && !actions.contains(first)) {
            return api.post(path, request(words, arguments));
        }
        if (!words.get(1).matches("\\d{1,18}")) {
            throw new CommandFailure(name + ": `" + words.get(1) + "` is not the number of a " + noun + "; `" + name
                    + " list` shows them");
        }
        String address = path + "/" + words.get(1);
        return show ? api.get(address) : api.post(address + "/" + first, JsonNodeFactory.instance.objectNode());
    }

    private void list(ApiClient api, PrintStream out) throws CommandFailure {
        JsonNode page = api.get(path);
        String field = path.substring(path.lastIndexOf('/') + 1);
        if (page.path(field).isEmpty()) {
            out.println("there is no " + noun);
        }
        page.path(field).forEach(job -> out.println(line(job)));
        while (page.hasNonNull("next")) {
            page = api.get(path + "?before=" + page.path("next").asLong());
            page.path(field).forEach(job -> out.println(line(job)));
        }
    }

    private int follow(ApiClient api, JsonNode begun, PrintStream out) throws CommandFailure {
        ProgressBar progress = new ProgressBar(out, System.console() != null);
        JsonNode job = begun;
        while (List.of("running", "paused").contains(job.path("state").asText())) {
            Duration remaining = job.hasNonNull("remainingSeconds")
                    ? Duration.ofSeconds(job.path("remainingSeconds").asLong())
                    : null;
            progress.show(job.path("share").asDouble(), numbers(job), remaining, line(job));
            progress.pause();
            job = api.get(path + "/" + begun.path("id").asText());
        }
        progress.end(line(job));
        return job.path("state").asText().equals("finished") ? 0 : 1;
    }

    private static String line(JsonNode job) {
        return job.path("line").asText();
    }

    /** Shows how far something is: as a bar that is drawn again each second on a terminal, else as a line a minute. */
    static final class ProgressBar {
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
}
