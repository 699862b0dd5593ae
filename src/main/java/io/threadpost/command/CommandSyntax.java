package io.threadpost.command;

import java.util.List;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Builds the name, help, options and parameters of a command. Values are strings, which the command converts itself:
 * other types would need reflection in the native executable.
 */
final class CommandSyntax {
    private final CommandSpec spec;

    CommandSyntax(String name, String description) {
        spec = CommandSpec.create().name(name);
        spec.usageMessage().description(description);
    }

    /** @param lines instead of the synopsis that follows from options and parameters */
    CommandSyntax synopsis(String... lines) {
        spec.usageMessage().customSynopsis(lines);
        return this;
    }

    /** Adds a parameter that must be given. */
    CommandSyntax parameter(String label, String description) {
        return parameter(label, 1, 1, String.class, description);
    }

    CommandSyntax optionalParameter(String label, String description) {
        return parameter(label, 0, 1, String.class, description);
    }

    CommandSyntax parameters(String label, int least, int most, String description) {
        return parameter(label, least, most, List.class, description);
    }

    private CommandSyntax parameter(String label, int least, int most, Class<?> type, String description) {
        int index = spec.positionalParameters().size();
        spec.addPositional(PositionalParamSpec.builder()
                .index(index + ".." + (index + most - 1))
                .arity(least + ".." + most)
                .required(least > 0)
                .paramLabel(label)
                .hideParamSyntax(true)
                .type(type)
                .auxiliaryTypes(String.class)
                .description(description)
                .build());
        return this;
    }

    CommandSyntax flag(String name, String description) {
        spec.addOption(OptionSpec.builder(name).description(description).build());
        return this;
    }

    CommandSyntax option(String name, String label, String description) {
        return option(name, label, description, String.class, "1");
    }

    /** Adds an option that is empty when it is given without a value. */
    CommandSyntax optionalValue(String name, String label, String description) {
        return option(name, label, description, String.class, "0..1");
    }

    /** Adds an option with an id that may be repeated. */
    CommandSyntax ids(String name, String description) {
        return option(name, "ID", description, List.class, "1");
    }

    private CommandSyntax option(String name, String label, String description, Class<?> type, String arity) {
        spec.addOption(OptionSpec.builder(name)
                .arity(arity)
                .fallbackValue("")
                .paramLabel(label)
                .type(type)
                .auxiliaryTypes(String.class)
                .description(description)
                .build());
        return this;
    }

    /** Adds the option that every command has which asks a running installation. */
    CommandSyntax asksInstallation() {
        spec.addOption(ApiClient.option());
        return this;
    }

    CommandSpec spec() {
        return spec;
    }
}
