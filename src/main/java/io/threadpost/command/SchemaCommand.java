package io.threadpost.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

import io.threadpost.editor.ComponentCatalogue;
import io.threadpost.editor.RouteSchema;
import io.threadpost.routecheck.CamelJars;
import io.threadpost.vocabulary.ThreadpostVocabulary;

/** {@code threadpost schema}: JSON schemas of example files and of route files, and the components, for editors. */
final class SchemaCommand implements Command {
    private static final String EXAMPLES = "/schema/threadpost-example.json";

    @Override
    public CommandSpec spec() {
        return new CommandSyntax("schema", "Prints a JSON schema for editors.")
                .optionalParameter(
                        "WHICH",
                        "examples, the default: of example files; routes: of route files; kaoto: the own components, as"
                                + " Kaoto's catalogue has them")
                .spec();
    }

    @Override
    public int run(ParseResult arguments, CommandContext context) throws CommandFailure, IOException {
        String which = arguments.matchedPositionalValue(0, "examples");
        CamelJars jars = new CamelJars(SchemaCommand.class.getClassLoader());
        switch (which) {
            case "examples" -> {
                try (InputStream schema = SchemaCommand.class.getResourceAsStream(EXAMPLES)) {
                    context.out().print(new String(schema.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
            case "routes" ->
                context.out()
                        .println(
                                RouteSchema.of(jars, new ThreadpostVocabulary()).toPrettyString());
            case "kaoto" ->
                context.out()
                        .println(ComponentCatalogue.of(jars, new ThreadpostVocabulary())
                                .toPrettyString());
            default -> throw new CommandFailure("there is no schema `" + which + "`; write examples, routes or kaoto");
        }
        return 0;
    }
}
