package io.threadpost.command;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code threadpost redeliver}: delivers threads to one spool again. */
final class RedeliverCommand implements Command {
    private static final String PATH = "/api/redeliveries";
    private static final List<String> ACTIONS = List.of("pause", "resume", "cancel");

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("redeliver");
        spec.usageMessage()
                .customSynopsis(
                        "threadpost redeliver SPOOL FROM TO [OPTIONS]   threads of that interval",
                        "       threadpost redeliver SPOOL --id ID [OPTIONS]   threads by their ids",
                        "       threadpost redeliver list                      show all re-deliveries",
                        "       threadpost redeliver show|pause|resume|cancel NUMBER")
                .description("Delivers threads that were delivered before to one spool again; no other spool gets"
                        + " anything.");
        spec.addPositional(PositionalParamSpec.builder()
                .index("0..2")
                .arity("1..3")
                .paramLabel("SPOOL FROM TO")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description("the spool and the interval, or an action and the number of a re-delivery")
                .build());
        spec.addOption(OptionSpec.builder("--connection")
                .type(String.class)
                .paramLabel("NAME")
                .description("the connection, when there are several")
                .build());
        spec.addOption(OptionSpec.builder("--id")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .paramLabel("ID")
                .description("the id of a thread; may be repeated")
                .build());
        spec.addOption(OptionSpec.builder("--through")
                .type(String.class)
                .paramLabel("direct:NAME")
                .description("send each thread through this route, and deliver what it sends to the spool")
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
            JsonNode all = api.get(PATH).path("redeliveries");
            all.forEach(one -> context.out().println(one.path("line").asText()));
            if (all.isEmpty()) {
                context.out().println("there is no re-delivery");
            }
            return 0;
        }
        JsonNode redelivery = ask(words, arguments, api);
        context.out().println(redelivery.path("line").asText());
        return arguments.hasMatchedOption("--follow") ? follow(api, redelivery, context) : 0;
    }

    private static JsonNode ask(List<String> words, ParseResult arguments, ApiClient api) throws CommandFailure {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        if (words.size() == 2 && words.get(1).matches("\\d{1,18}")) {
            String path = PATH + "/" + words.get(1);
            if (words.get(0).equals("show")) {
                return api.get(path);
            }
            if (ACTIONS.contains(words.get(0))) {
                return api.post(path + "/" + words.get(0), body);
            }
        }
        List<String> ids = arguments.matchedOptionValue("--id", List.of());
        if (words.size() != (ids.isEmpty() ? 3 : 1)) {
            throw new CommandFailure(
                    "redeliver: write SPOOL FROM TO, or SPOOL with --id; or try threadpost redeliver" + " --help");
        }
        body.put("spool", words.get(0));
        if (ids.isEmpty()) {
            body.put("from", words.get(1)).put("to", words.get(2));
        } else {
            ids.forEach(body.putArray("ids")::add);
        }
        for (String option : List.of("connection", "through")) {
            if (arguments.hasMatchedOption("--" + option)) {
                body.put(option, arguments.matchedOptionValue("--" + option, ""));
            }
        }
        return api.post(PATH, body);
    }

    private static int follow(ApiClient api, JsonNode begun, CommandContext context) throws CommandFailure {
        ProgressBar progress = new ProgressBar(context.out(), System.console() != null);
        JsonNode redelivery = begun;
        while (List.of("running", "paused").contains(redelivery.path("state").asText())) {
            progress.show(
                    redelivery.path("share").asDouble(),
                    "of the " + redelivery.path("phase").asText() + ", "
                            + (redelivery.path("fromLedger").asLong()
                                    + redelivery.path("fromPlatform").asLong())
                            + " threads",
                    null,
                    redelivery.path("line").asText());
            progress.pause();
            redelivery = api.get(PATH + "/" + begun.path("id").asText());
        }
        progress.end(redelivery.path("line").asText());
        return redelivery.path("state").asText().equals("finished") ? 0 : 1;
    }
}
