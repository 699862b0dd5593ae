package io.threadpost.routecheck;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.databind.JsonNode;

/** The components that routes of this build can name, Camel's and the application's own. */
final class ComponentModels {
    private final CamelJars jars;
    private final Map<String, RouteVocabulary.Component> own = new LinkedHashMap<>();
    private final Map<String, Component> known = new ConcurrentHashMap<>();

    ComponentModels(CamelJars jars, RouteVocabulary vocabulary) {
        this.jars = jars;
        vocabulary.components().forEach(component -> own.put(component.scheme(), component));
    }

    /**
     * A component, as its jar describes it.
     *
     * @param scheme of its URIs
     * @param syntax of its URIs, such as {@code timer:timerName}
     * @param options by name, without those that are part of the path
     * @param path options that are part of the path, in their order
     * @param prefixes of options with free names
     * @param lenient whether it accepts unknown options
     * @param own what the application says about it; empty for Camel's
     */
    record Component(
            String scheme,
            String syntax,
            Map<String, Option> options,
            List<Option> path,
            List<String> prefixes,
            boolean lenient,
            boolean consumerOnly,
            boolean producerOnly,
            Optional<RouteVocabulary.Component> own) {

        /** @return the option, with or without its prefix; empty for one that is not described */
        Optional<Option> option(String name) {
            return options.values().stream()
                    .filter(option -> name.equals(option.name())
                            || !option.prefix().isEmpty() && name.equals(option.prefix() + option.name()))
                    .findFirst();
        }

        /** @return whether an option of this name is free to be chosen */
        boolean free(String name) {
            return prefixes.stream().anyMatch(prefix -> !prefix.isEmpty() && name.startsWith(prefix));
        }
    }

    /**
     * An option of an endpoint.
     *
     * @param side the group in Camel's description, such as {@code consumer (advanced)}
     */
    record Option(
            String name,
            String type,
            List<String> values,
            boolean required,
            boolean secret,
            String prefix,
            String side) {}

    /** @return the component; empty when it is not in this build */
    Optional<Component> find(String scheme) {
        Component found = known.get(scheme);
        if (found != null) {
            return Optional.of(found);
        }
        Optional<Component> read =
                jars.description(CamelJars.Kind.COMPONENT, scheme).map(description -> component(scheme, description));
        read.ifPresent(component -> known.put(scheme, component));
        return read;
    }

    /** @return the rule of an option of the application's own component */
    Optional<RouteVocabulary.TextRule> rule(String scheme, String option) {
        return Optional.ofNullable(own.get(scheme))
                .map(component -> component.options().get(option));
    }

    /** @return the schemes of all components */
    List<String> names() {
        return jars.names(CamelJars.Kind.COMPONENT);
    }

    private Component component(String scheme, JsonNode description) {
        Map<String, Option> options = new LinkedHashMap<>();
        List<Option> path = new ArrayList<>();
        List<String> prefixes = new ArrayList<>();
        description.path("properties").properties().forEach(property -> {
            JsonNode about = property.getValue();
            Option option = option(property.getKey(), about);
            if (about.path("kind").asText().equals("path")) {
                path.add(option);
            } else {
                options.put(option.name(), option);
            }
            if (about.path("multiValue").asBoolean()) {
                prefixes.add(about.path("prefix").asText());
            }
        });
        JsonNode component = description.path("component");
        return new Component(
                scheme,
                component.path("syntax").asText(),
                options,
                path,
                prefixes,
                component.path("lenientProperties").asBoolean(),
                component.path("consumerOnly").asBoolean(),
                component.path("producerOnly").asBoolean(),
                Optional.ofNullable(own.get(scheme)));
    }

    private static Option option(String name, JsonNode description) {
        List<String> values = new ArrayList<>();
        description.path("enum").forEach(value -> values.add(value.asText()));
        String type = description.path("type").asText();
        return new Option(
                name,
                type.equals("integer") && description.path("javaType").asText().equals("long") ? "long" : type,
                values,
                description.path("required").asBoolean(),
                description.path("secret").asBoolean(),
                description.path("optionalPrefix").asText(),
                description.path("group").asText());
    }
}
