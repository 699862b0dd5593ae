package io.threadpost.routecheck;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A Camel component, as its jar describes it.
 *
 * @param scheme what its URIs begin with
 * @param syntax of its URIs, such as {@code timer:timerName}
 * @param options by name, without those that are part of the path
 * @param path options that are part of the path, in their order
 * @param prefixes of options that people make up
 * @param lenient whether it takes options that it does not know
 * @param own whether it is Threadpost's
 */
record ComponentModel(
        String scheme,
        String syntax,
        Map<String, Option> options,
        List<Option> path,
        List<String> prefixes,
        boolean lenient,
        boolean consumerOnly,
        boolean producerOnly,
        boolean own) {

    /** An option of an endpoint. */
    record Option(
            String name,
            String type,
            List<String> values,
            boolean required,
            boolean secret,
            String prefix,
            String side) {
        static Option of(String name, JsonNode description) {
            List<String> values = new ArrayList<>();
            description.path("enum").forEach(value -> values.add(value.asText()));
            return new Option(
                    name,
                    description.path("javaType").asText().equals("long")
                                    && description.path("type").asText().equals("integer")
                            ? "long"
                            : description.path("type").asText(),
                    values,
                    description.path("required").asBoolean(),
                    description.path("secret").asBoolean(),
                    description.path("optionalPrefix").asText(),
                    description.path("group").asText());
        }
    }

    static ComponentModel of(String scheme, JsonNode description) {
        Map<String, Option> options = new LinkedHashMap<>();
        List<Option> path = new ArrayList<>();
        List<String> prefixes = new ArrayList<>();
        description.path("properties").properties().forEach(property -> {
            Option option = Option.of(property.getKey(), property.getValue());
            if (property.getValue().path("kind").asText().equals("path")) {
                path.add(option);
            } else {
                options.put(option.name(), option);
            }
            if (property.getValue().path("multiValue").asBoolean()) {
                prefixes.add(property.getValue().path("prefix").asText());
            }
        });
        JsonNode component = description.path("component");
        return new ComponentModel(
                scheme,
                component.path("syntax").asText(),
                options,
                path,
                prefixes,
                component.path("lenientProperties").asBoolean(),
                component.path("consumerOnly").asBoolean(),
                component.path("producerOnly").asBoolean(),
                component.path("javaType").asText().startsWith("io.threadpost."));
    }

    /** @return the option that is meant; empty for one that is not described */
    Optional<Option> option(String name) {
        return options.values().stream()
                .filter(option -> name.equals(option.name())
                        || !option.prefix().isEmpty() && name.equals(option.prefix() + option.name()))
                .findFirst();
    }

    /** @return whether the name belongs to a group of which people make up the names */
    boolean free(String name) {
        return prefixes.stream().anyMatch(prefix -> !prefix.isEmpty() && name.startsWith(prefix));
    }
}
