package io.threadpost.command;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code threadpost backfill}: begins a backfill, shows the progress of one, and pauses, resumes or cancels it. */
final class BackfillCommand extends JobCommand {
    BackfillCommand() {
        super("backfill", "backfill", "/api/backfills", List.of("pause", "resume", "cancel", "again"));
    }

    @Override
    public CommandSpec spec() {
        return new CommandSyntax(
                        "backfill",
                        "Begins a backfill in the running installation, or acts on one. FROM and TO are instants"
                                + " (2026-05-01T00:00:00Z), days (2026-05-01) or periods before now (P7D).")
                .synopsis(
                        "threadpost backfill FROM TO [OPTIONS]   pull that interval behind live pulls",
                        "       threadpost backfill list               show all backfills",
                        "       threadpost backfill show ID            show one; with --follow until it ends",
                        "       threadpost backfill pause|resume|cancel|again ID")
                .parameters("FROM TO", 1, 2, "the interval, or an action and the number of a backfill")
                .option("--connection", "NAME", "the connection, when there are several")
                .ids("--enterprise", "only threads of this enterprise; may be repeated")
                .flag("--follow", "show the progress until it ends: a bar on a terminal, else a line a minute")
                .asksInstallation()
                .spec();
    }

    @Override
    ObjectNode request(List<String> words, ParseResult arguments) throws CommandFailure {
        if (words.size() != 2) {
            throw new CommandFailure("backfill: `" + String.join(" ", words)
                    + "` is not an interval; write FROM and TO, or try threadpost backfill --help");
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("from", words.get(0)).put("to", words.get(1));
        if (arguments.hasMatchedOption("--connection")) {
            body.put("connection", arguments.matchedOptionValue("--connection", ""));
        }
        List<String> enterprises = arguments.matchedOptionValue("--enterprise", List.of());
        if (!enterprises.isEmpty()) {
            enterprises.forEach(body.putArray("enterprises")::add);
        }
        return body;
    }

    @Override
    String numbers(JsonNode backfill) {
        return backfill.path("threads").asLong() + " threads, "
                + Math.round(backfill.path("threadsPerSecond").asDouble()) + "/s";
    }
}
