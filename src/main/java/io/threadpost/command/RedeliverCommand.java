package io.threadpost.command;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code threadpost redeliver}: delivers threads to one spool again. */
final class RedeliverCommand extends JobCommand {
    RedeliverCommand() {
        super("redeliver", "re-delivery", "/api/redeliveries", List.of("pause", "resume", "cancel"));
    }

    @Override
    public CommandSpec spec() {
        return new CommandSyntax(
                        "redeliver",
                        "Delivers threads that were delivered before to one spool again; no other spool gets anything.")
                .synopsis(
                        "threadpost redeliver SPOOL FROM TO [OPTIONS]   threads of that interval",
                        "       threadpost redeliver SPOOL --id ID [OPTIONS]   threads by their ids",
                        "       threadpost redeliver list                      show all re-deliveries",
                        "       threadpost redeliver show|pause|resume|cancel NUMBER")
                .parameters(
                        "SPOOL FROM TO",
                        1,
                        3,
                        "the spool and the interval, or an action and the number of a re-delivery")
                .option("--connection", "NAME", "the connection, when there are several")
                .ids("--id", "the id of a thread; may be repeated")
                .option(
                        "--through",
                        "direct:NAME",
                        "send each thread through this route, and deliver what it sends to the spool")
                .flag("--follow", "show the progress until it ends: a bar on a terminal, else a line a minute")
                .asksInstallation()
                .spec();
    }

    @Override
    ObjectNode request(List<String> words, ParseResult arguments) throws CommandFailure {
        List<String> ids = arguments.matchedOptionValue("--id", List.of());
        if (words.size() != (ids.isEmpty() ? 3 : 1)) {
            throw new CommandFailure(
                    "redeliver: write SPOOL FROM TO, or SPOOL with --id; or try threadpost redeliver --help");
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("spool", words.get(0));
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
        return body;
    }

    @Override
    String numbers(JsonNode redelivery) {
        long threads = redelivery.path("fromLedger").asLong()
                + redelivery.path("fromPlatform").asLong();
        return "of the " + redelivery.path("phase").asText() + ", " + threads + " threads";
    }
}
