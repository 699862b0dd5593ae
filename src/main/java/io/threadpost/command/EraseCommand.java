package io.threadpost.command;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code threadpost erase}: erases what is held about a person. */
final class EraseCommand implements Command {
    private static final String YES = "--yes";

    @Override
    public CommandSpec spec() {
        return new CommandSyntax(
                        "erase",
                        "Erases a person from the ledger, its state and the files of the running installation, and"
                                + " reports what it cannot reach. Without " + YES + " it lists what would be erased.")
                .parameter("ADDRESS", PersonCommand.ADDRESS)
                .flag(YES, "erase; this cannot be undone")
                .asksInstallation()
                .spec();
    }

    @Override
    public int run(ParseResult arguments, CommandContext context) throws CommandFailure {
        ApiClient client = ApiClient.of(arguments, context);
        if (!arguments.hasMatchedOption(YES)) {
            PersonCommand.print(client.post("/api/person/show", PersonCommand.body(arguments)), context);
            throw new CommandFailure("nothing was erased; add " + YES + " to erase this, which cannot be undone");
        }
        JsonNode erased = client.post("/api/person/erase", PersonCommand.body(arguments));
        context.out()
                .println("threadpost: erased " + erased.path("mails").asInt() + " mails, "
                        + erased.path("conversations").asInt() + " conversations and replies, "
                        + erased.path("items").asInt() + " items of spools and "
                        + erased.path("files").asInt() + " files; masked in "
                        + erased.path("masked").asInt() + " texts of others");
        erased.path("unreachable").forEach(line -> context.out().println("threadpost: not erased: " + line.asText()));
        erased.path("left").forEach(line -> context.err().println("threadpost: left: " + line.asText()));
        return erased.path("complete").asBoolean() ? 0 : 1;
    }
}
