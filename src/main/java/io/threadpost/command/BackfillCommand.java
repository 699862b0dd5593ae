package io.threadpost.command;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code threadpost backfill}: begins a backfill, shows the progress of one, and pauses, resumes or cancels it. */
final class BackfillCommand implements Command {
    private static final String PATH = "/api/backfills";
    /** What can be done to a backfill, as its address names it. */
    private static final List<String> ACTIONS = List.of("pause", "resume", "cancel", "again");

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("backfill");
        spec.usageMessage()
                .customSynopsis(
                        "threadpost backfill FROM TO [OPTIONS]   pull that interval behind live pulls",
                        "       threadpost backfill list               show all backfills",
                        "       threadpost backfill show ID            show one; with --follow until it ends",
                        "       threadpost backfill pause|resume|cancel|again ID")
                .description("Begins a backfill in the running installation, or acts on one. FROM and TO are instants"
                        + " (2026-05-01T00:00:00Z), days (2026-05-01) or periods before now (P7D).");
        spec.addPositional(PositionalParamSpec.builder()
                .index("0..1")
                .arity("1..2")
                .paramLabel("FROM TO")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description("the interval, or an action and the number of a backfill")
                .build());
        spec.addOption(OptionSpec.builder("--connection")
                .type(String.class)
                .paramLabel("NAME")
                .description("the connection, when there are several")
                .build());
        spec.addOption(OptionSpec.builder("--enterprise")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .paramLabel("ID")
                .description("only threads of this enterprise; may be repeated")
                .build());
        spec.addOption(OptionSpec.builder("--follow")
                .description("show the progress until it ends: a bar on a terminal, else a line a minute")
                .build());
        return spec.addOption(ApiClient.option());
    }

    @Override
    public int run(ParseResult arguments, CommandContext context) throws CommandFailure {
        ApiClient api = ApiClient.of(arguments, context);
        List<String> words = arguments.matchedPositionalValue(0, List.of());
        if (words.equals(List.of("list"))) {
            JsonNode all = api.get(PATH).path("backfills");
            all.forEach(backfill -> context.out().println(backfill.path("line").asText()));
            if (all.isEmpty()) {
                context.out().println("there is no backfill");
            }
            return 0;
        }
        if (words.size() != 2) {
            throw new CommandFailure("backfill: `" + String.join(" ", words)
                    + "` is not an interval; write FROM and TO, or try threadpost backfill --help");
        }
        JsonNode backfill = ask(words, arguments, api);
        context.out().println(backfill.path("line").asText());
        return arguments.hasMatchedOption("--follow") ? follow(api, backfill, context.out()) : 0;
    }

    private static JsonNode ask(List<String> words, ParseResult arguments, ApiClient api) throws CommandFailure {
        String first = words.get(0);
        if (first.equals("show")) {
            return api.get(PATH + "/" + number(words.get(1)));
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        if (ACTIONS.contains(first)) {
            return api.post(PATH + "/" + number(words.get(1)) + "/" + first, body);
        }
        body.put("from", first).put("to", words.get(1));
        if (arguments.hasMatchedOption("--connection")) {
            body.put("connection", arguments.matchedOptionValue("--connection", ""));
        }
        List<String> enterprises = arguments.matchedOptionValue("--enterprise", List.of());
        if (!enterprises.isEmpty()) {
            enterprises.forEach(body.putArray("enterprises")::add);
        }
        return api.post(PATH, body);
    }

    private static String number(String text) throws CommandFailure {
        if (text.matches("\\d{1,18}")) {
            return text;
        }
        throw new CommandFailure(
                "backfill: `" + text + "` is not the number of a backfill; `backfill list` shows them");
    }

    private static int follow(ApiClient api, JsonNode begun, PrintStream out) throws CommandFailure {
        ProgressBar progress = new ProgressBar(out, System.console() != null);
        JsonNode backfill = begun;
        while (List.of("running", "paused").contains(backfill.path("state").asText())) {
            progress.show(
                    backfill.path("share").asDouble(),
                    backfill.path("threads").asLong() + " threads, "
                            + Math.round(backfill.path("threadsPerSecond").asDouble()) + "/s",
                    backfill.path("remainingSeconds").isNull()
                            ? null
                            : Duration.ofSeconds(
                                    backfill.path("remainingSeconds").asLong()),
                    backfill.path("line").asText());
            progress.pause();
            backfill = api.get(PATH + "/" + begun.path("id").asText());
        }
        progress.end(backfill.path("line").asText());
        return backfill.path("state").asText().equals("finished") ? 0 : 1;
    }
}
