package io.threadpost.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code threadpost person}: lists what is held about a person, by the address. */
final class PersonCommand implements Command {
    static final String ADDRESS = "the mail address of the person";

    private static final String JSON = "--json";

    /** What an action about a person takes. */
    static ObjectNode body(ParseResult arguments) {
        return JsonNodeFactory.instance.objectNode().put("address", arguments.matchedPositionalValue(0, ""));
    }

    @Override
    public CommandSpec spec() {
        return new CommandSyntax(
                        "person",
                        "Lists what the running installation holds about the sender of mails or threads. It is"
                                + " recorded in the audit log.")
                .parameter("ADDRESS", ADDRESS)
                .flag(JSON, "print everything as one JSON object")
                .asksInstallation()
                .spec();
    }

    @Override
    public int run(ParseResult arguments, CommandContext context) throws CommandFailure {
        JsonNode held = ApiClient.of(arguments, context).post("/api/person/show", body(arguments));
        if (arguments.hasMatchedOption(JSON)) {
            context.out().println(held.toPrettyString());
        } else {
            print(held, context);
        }
        return 0;
    }

    static void print(JsonNode held, CommandContext context) {
        context.out()
                .println(held.path("address").asText() + ": "
                        + held.path("mails").size() + " mails, "
                        + held.path("threads").size() + " threads, "
                        + held.path("replies").size() + " replies, "
                        + held.path("items").size() + " items in spools, "
                        + held.path("files").size() + " files, and "
                        + held.path("mentions").size() + " mails of others that name the person");
        list(held, context, "threads", "thread");
        list(held, context, "files", "file");
        held.path("mails").forEach(mail -> context.out()
                .println("  mail " + mail.path("number").asText() + " of mailbox "
                        + mail.path("mailbox").asText() + ", "
                        + mail.path("state").asText()));
    }

    private static void list(JsonNode held, CommandContext context, String field, String kind) {
        held.path(field).forEach(one -> context.out().println("  " + kind + " " + one.asText()));
    }
}
