package io.threadpost.command;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code threadpost coverage}: answers whether an interval was pulled completely, and fills gaps. */
final class CoverageCommand implements Command {
    private static final String PATH = "/api/coverage";

    @Override
    public CommandSpec spec() {
        return new CommandSyntax(
                        "coverage",
                        "Answers in one line, then lists the gaps; the exit code is 1 when there are any. Without an"
                                + " interval, about all time of the connection.")
                .synopsis(
                        "threadpost coverage [FROM TO] [--connection NAME]   was that interval pulled completely?",
                        "       threadpost coverage FROM TO --audit                compare it with the platform",
                        "       threadpost coverage --fill [--connection NAME]     pull what gaps hold")
                .parameters("FROM TO", 0, 2, "the interval: instants, days, or periods before now")
                .option("--connection", "NAME", "the connection, when there are several")
                .flag("--audit", "compare with what the platform lists now, and pull what is missing")
                .flag("--fill", "begin a backfill of the gaps")
                .asksInstallation()
                .spec();
    }

    @Override
    public int run(ParseResult arguments, CommandContext context) throws CommandFailure {
        ApiClient api = ApiClient.of(arguments, context);
        String connection = arguments.matchedOptionValue("--connection", "");
        List<String> interval = arguments.matchedPositionalValue(0, List.of());
        if (interval.size() == 1 || arguments.hasMatchedOption("--fill") && !interval.isEmpty()) {
            throw new CommandFailure("coverage: write FROM and TO, or neither; --fill takes no interval");
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        if (!connection.isEmpty()) {
            body.put("connection", connection);
        }
        if (arguments.hasMatchedOption("--audit")) {
            if (interval.isEmpty()) {
                throw new CommandFailure("coverage: --audit needs an interval; write FROM and TO");
            }
            body.put("from", interval.get(0)).put("to", interval.get(1));
            JsonNode result = api.post(PATH + "/audit", body);
            context.out().println(result.path("line").asText());
            return result.path("whole").asBoolean() && result.path("missing").asLong() == 0 ? 0 : 1;
        }
        if (arguments.hasMatchedOption("--fill")) {
            JsonNode filled = api.post(PATH + "/fill", body).path("backfill");
            context.out()
                    .println(
                            filled.isNull()
                                    ? "there is no gap to fill"
                                    : filled.path("line").asText());
            return 0;
        }
        StringBuilder query = new StringBuilder("?");
        if (!interval.isEmpty()) {
            query.append("from=").append(encoded(interval.get(0)));
            query.append("&to=").append(encoded(interval.get(1))).append('&');
        }
        if (!connection.isEmpty()) {
            query.append("connection=").append(encoded(connection));
        }
        JsonNode answer = api.get(PATH + query);
        context.out().println(answer.path("line").asText());
        answer.path("gaps").forEach(gap -> context.out()
                .println(gap.path("from").asText() + " to "
                        + gap.path("to").asText() + ": "
                        + gap.path("reason").asText()));
        return answer.path("complete").asBoolean() ? 0 : 1;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
