package io.threadpost.command;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code threadpost why ID}: tells what happened to a thread or a mail, and why. */
final class WhyCommand implements Command {
    @Override
    public CommandSpec spec() {
        return new CommandSyntax(
                        "why",
                        "Tells what happened to a thread, a mail or an item, and why, by the running installation:"
                                + " which steps it passed, and what each target has.")
                .parameter(
                        "ID",
                        "the id of a thread; a version as Id@UpdatedUtc; the key of an item; a Message-ID; or"
                                + " mail:NUMBER")
                .flag("--json", "print the journey as one JSON object")
                .asksInstallation()
                .spec();
    }

    @Override
    public int run(ParseResult arguments, CommandContext context) throws CommandFailure {
        String id = arguments.matchedPositionalValue(0, "");
        JsonNode journey = ApiClient.of(arguments, context)
                .get("/api/journeys/"
                        + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20"));
        if (arguments.hasMatchedOption("--json")) {
            context.out().println(journey);
        } else {
            journey.path("text").forEach(line -> context.out().println(line.asText()));
        }
        return 0;
    }
}
