package io.threadpost.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code threadpost schema}: the JSON schema of example files, for editors. */
final class SchemaCommand implements Command {
    private static final String SCHEMA = "/schema/threadpost-example.json";

    @Override
    public CommandSpec spec() {
        return new CommandSyntax("schema", "Prints the JSON schema of example files, for editors.").spec();
    }

    @Override
    public int run(ParseResult arguments, CommandContext context) throws IOException {
        try (InputStream schema = SchemaCommand.class.getResourceAsStream(SCHEMA)) {
            context.out().print(new String(schema.readAllBytes(), StandardCharsets.UTF_8));
        }
        return 0;
    }
}
