package io.threadpost.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * {@code threadpost example}: makes an example from a thread or a mail that passed, with the person's words replaced.
 */
final class ExampleCommand implements Command {
    private static final String MAIL_FILE = "mail-file: example.eml";

    @Override
    public CommandSpec spec() {
        return new CommandSyntax(
                        "example",
                        "Makes an example for `threadpost test` from a thread or a mail that passed, by the running"
                                + " installation. Names, addresses, ids and texts are invented; what the routes look"
                                + " for stays.")
                .option("--id", "ID", "the id of a thread, or Id@UpdatedUtc of a version")
                .option("--mail", "NUMBER", "the number of a mail")
                .option("--to", "FILE", "write it to this file, such as examples/late-arrival.yaml; else print it")
                .asksInstallation()
                .spec();
    }

    @Override
    public int run(ParseResult arguments, CommandContext context) throws CommandFailure, IOException {
        String id = arguments.matchedOptionValue("--id", "");
        String mail = arguments.matchedOptionValue("--mail", "");
        if (id.isEmpty() == mail.isEmpty() || !mail.matches("\\d{0,18}")) {
            throw new CommandFailure("example: name a thread with --id ID, or a mail with --mail NUMBER");
        }
        String name = arguments.matchedOptionValue("--to", "");
        Path file = name.isEmpty() ? null : file(name);
        ObjectNode which = JsonNodeFactory.instance.objectNode();
        if (mail.isEmpty()) {
            which.put("id", id);
        } else {
            which.put("mail", Long.parseLong(mail));
        }
        JsonNode made = ApiClient.of(arguments, context).post("/api/examples", which);
        String yaml = made.path("yaml").asText();
        if (file == null) {
            if (made.hasNonNull("mail")) {
                throw new CommandFailure("example: the mail is a file of its own; name the example's with --to FILE");
            }
            context.out().print(yaml);
        } else {
            write(file, yaml, made.path("mail"));
            context.out().println("threadpost: wrote " + file + "; read it before you commit it");
        }
        if (!made.path("same").asBoolean()) {
            context.err()
                    .println("threadpost: it does not take the same way through the routes as the original; preview"
                            + " both, and correct the example");
        }
        return 0;
    }

    private static Path file(String name) throws CommandFailure {
        try {
            Path file = Path.of(name);
            if (!name.matches(".*[^/\\\\]\\.ya?ml")) {
                throw new CommandFailure("example: `" + name + "` is not the name of an example; end it with .yaml");
            }
            for (Path one : new Path[] {file, mailOf(file)}) {
                if (Files.exists(one)) {
                    throw new CommandFailure("example: `" + one + "` exists already; name another file");
                }
            }
            return file;
        } catch (InvalidPathException e) {
            throw new CommandFailure("`" + name + "` is not a path");
        }
    }

    private static void write(Path file, String yaml, JsonNode mail) throws IOException {
        if (file.getParent() != null) {
            Files.createDirectories(file.getParent());
        }
        String text = yaml;
        if (mail.isTextual()) {
            Path beside = mailOf(file);
            Files.write(beside, Base64.getDecoder().decode(mail.asText()));
            text = yaml.replace(
                    MAIL_FILE,
                    MAIL_FILE.replace("example.eml", beside.getFileName().toString()));
        }
        Files.writeString(file, text);
    }

    private static Path mailOf(Path example) {
        return example.resolveSibling(example.getFileName().toString().replaceFirst("\\.ya?ml$", ".eml"));
    }
}
