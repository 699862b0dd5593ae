package io.threadpost.editor;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.threadpost.routecheck.CamelJars;
import io.threadpost.routecheck.RouteVocabulary;
import io.threadpost.routecheck.RouteVocabulary.ExchangeName;
import io.threadpost.routecheck.RouteVocabulary.Step;
import io.threadpost.settings.Setting;
import io.threadpost.settings.SettingsCatalogue;
import io.threadpost.settings.TargetSystem;

/**
 * The schema of Camel's YAML DSL with Threadpost's components, steps, spools, settings and headers in it. Each is one
 * of several alternatives with any other text, so that editors offer it and accept what is new to them.
 */
public final class RouteSchema {
    private static final String CAMEL = "schema/camelYamlDsl.json";
    private static final String OWN = "threadpost.";
    private static final String REFERENCE = "#/items/definitions/";
    private static final String MODEL = "org.apache.camel.model.";
    /** Spools of the shipped routes that belong to no target. */
    private static final List<String> SPOOLS = List.of("adds", "digest-mails", "files", "mail", "messages", "unrouted");

    /** How a value is written in quotes, by its type: for Camel, it is the same with and without them. */
    private static final Map<String, String> QUOTED =
            Map.of("integer", "|^-?\\d+$", "number", "|^-?[\\d.]+$", "boolean", "|^(true|false)$");

    private final JsonNodeFactory nodes = JsonNodeFactory.instance;
    private final CamelJars jars;
    private final RouteVocabulary vocabulary;
    private final ObjectNode schema;
    private final ObjectNode definitions;

    private RouteSchema(CamelJars jars, RouteVocabulary vocabulary) {
        this.jars = jars;
        this.vocabulary = vocabulary;
        this.schema = jars.json(CAMEL).deepCopy();
        this.definitions = (ObjectNode) schema.path("items").path("definitions");
    }

    /** @return the schema of a route file, as draft 7 */
    public static ObjectNode of(CamelJars jars, RouteVocabulary vocabulary) {
        RouteSchema routes = new RouteSchema(jars, vocabulary);
        routes.define();
        routes.use();
        return routes.schema;
    }

    private void define() {
        // Draft 4, which Camel's is, has no conditions; everything else in it means the same in draft 7.
        schema.put("$schema", "http://json-schema.org/draft-07/schema#")
                .put("title", "Threadpost route file")
                .put("description", "Routes in Camel's YAML DSL, with the components, steps and names of Threadpost.");
        define("Uri", uris());
        define("Processor", steps(Step.Kind.PROCESSOR));
        define("Strategy", steps(Step.Kind.STRATEGY));
        define("Header", names(ExchangeName.Kind.HEADER));
        define("Property", names(ExchangeName.Kind.PROPERTY));
        define("Setting", settings());
        ArrayNode conditions = nodes.arrayNode();
        for (RouteVocabulary.Component component : vocabulary.components()) {
            definitions.set(OWN + component.scheme(), options(component.scheme()));
            ObjectNode condition = conditions.addObject();
            condition.withObject("/if").putArray("required").add("uri");
            condition
                    .withObject("/if/properties/uri")
                    .put("type", "string")
                    .put("pattern", "^" + component.scheme() + ":");
            condition.withObject("/then/properties/parameters").put("$ref", REFERENCE + OWN + component.scheme());
        }
        definitions.putObject(OWN + "Parameters").set("allOf", conditions);
    }

    private void define(String name, Map<String, String> values) {
        ArrayNode alternatives = nodes.arrayNode();
        values.forEach((value, description) ->
                alternatives.addObject().put("const", value).put("description", description));
        definitions.putObject(OWN + name).set("oneOf", alternatives);
    }

    private Map<String, String> uris() {
        Map<String, String> uris = new TreeMap<>();
        vocabulary.endpoints().forEach(uri -> uris.put(uri, "A route of Threadpost itself."));
        for (RouteVocabulary.Component component : vocabulary.components()) {
            JsonNode described = description(component.scheme());
            String what = described.path("component").path("description").asText();
            described.path("properties").forEach(property -> property.path("enum")
                    .forEach(value -> {
                        if (property.path("kind").asText().equals("path")) {
                            uris.put(component.scheme() + ":" + value.asText(), what);
                        }
                    }));
        }
        Stream.concat(SPOOLS.stream(), Stream.of(TargetSystem.values()).map(TargetSystem::id))
                .forEach(spool ->
                        uris.put("spool:" + spool, "The spool `" + spool + "`: a durable queue in the ledger."));
        return uris;
    }

    private Map<String, String> steps(Step.Kind kind) {
        Map<String, String> steps = new TreeMap<>();
        vocabulary.steps().stream()
                .filter(step -> step.kind() == kind)
                .forEach(step -> steps.put(step.name(), step.description()));
        return steps;
    }

    private Map<String, String> names(ExchangeName.Kind kind) {
        Map<String, String> names = new TreeMap<>();
        vocabulary.exchangeNames().stream()
                .filter(name -> name.kind() == kind && name.open())
                .forEach(name -> names.put(name.name(), name.description()));
        return names;
    }

    /** Secrets are not among them: a route that names one is rejected. */
    private static Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        for (Setting<?> setting : SettingsCatalogue.settings()) {
            if (!SettingsCatalogue.secrets().contains(setting) && setting.key().matches("[a-z.-]+")) {
                settings.put(
                        "{{" + setting.key() + "}}",
                        setting.description()
                                + (setting.byDefault().isEmpty() ? "" : " Default: " + setting.byDefault() + "."));
            }
        }
        return settings;
    }

    private JsonNode description(String scheme) {
        return jars.description(CamelJars.Kind.COMPONENT, scheme)
                .orElseThrow(() -> new IllegalStateException("no component " + scheme + " in this build"));
    }

    /** @return the parameters of a component; a value may also be a placeholder or an expression */
    private ObjectNode options(String scheme) {
        ObjectNode options = nodes.objectNode().put("type", "object").put("additionalProperties", false);
        ObjectNode properties = options.putObject("properties");
        description(scheme).path("properties").properties().forEach(property -> {
            JsonNode about = property.getValue();
            if (about.path("kind").asText().equals("path")) {
                return;
            }
            ObjectNode option = properties.putObject(property.getKey());
            option.put("title", about.path("displayName").asText());
            option.put("description", about.path("description").asText());
            if (about.has("defaultValue")) {
                option.set("default", about.path("defaultValue"));
            }
            ArrayNode alternatives = option.putArray("anyOf");
            String type = about.path("type").asText();
            if (about.has("enum")) {
                alternatives.addObject().set("enum", typed(about.path("enum")));
            } else if (QUOTED.containsKey(type)) {
                alternatives.addObject().put("type", type);
            } else {
                alternatives
                        .addObject()
                        .putArray("type")
                        .add("string")
                        .add("number")
                        .add("boolean");
            }
            alternatives.addObject().put("$ref", REFERENCE + OWN + "Setting");
            alternatives
                    .addObject()
                    .put("type", "string")
                    .put("pattern", "\\{\\{|\\$\\{" + QUOTED.getOrDefault(type, ""));
        });
        return options;
    }

    /** YAML reads {@code true} as a truth, and Camel as a text. */
    private ArrayNode typed(JsonNode values) {
        ArrayNode typed = nodes.arrayNode();
        values.forEach(value -> {
            typed.add(value);
            if (value.asText().matches("true|false")) {
                typed.add(Boolean.parseBoolean(value.asText()));
            }
        });
        return typed;
    }

    private void use() {
        for (String name : new TreeSet<>(names(definitions))) {
            JsonNode definition = definitions.path(name);
            if (name.startsWith(OWN)) {
                continue;
            }
            useIn((ObjectNode) definition);
            for (JsonNode form : definition.path("oneOf")) {
                useIn((ObjectNode) form);
            }
        }
        offer(MODEL + "ProcessDefinition", "ref", "Processor");
        offer(MODEL + "SetHeaderDefinition", "name", "Header");
        offer(MODEL + "RemoveHeaderDefinition", "name", "Header");
        offer(MODEL + "SetPropertyDefinition", "name", "Property");
        offer(MODEL + "RemovePropertyDefinition", "name", "Property");
        offer(MODEL + "language.SimpleExpression", "expression", "Setting");
        offer(MODEL + "language.ConstantExpression", "expression", "Setting");
    }

    private static List<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }

    private void useIn(ObjectNode form) {
        JsonNode properties = form.path("properties");
        if (properties.path("uri").path("type").asText().equals("string") && properties.has("parameters")) {
            offer((ObjectNode) properties.path("uri"), "Uri");
            ObjectNode values = ((ObjectNode) properties.path("parameters")).putObject("additionalProperties");
            values.putArray("anyOf").addObject().put("$ref", REFERENCE + OWN + "Setting");
            values.withArray("anyOf").addObject();
            form.withArray("allOf").addObject().put("$ref", REFERENCE + OWN + "Parameters");
        }
        if (properties.path("aggregationStrategy").path("type").asText().equals("string")) {
            offer((ObjectNode) properties.path("aggregationStrategy"), "Strategy");
        }
    }

    /** Offers texts for a property of a definition, in each of its forms. */
    private void offer(String definition, String property, String own) {
        JsonNode found = definitions.path(definition);
        Stream.concat(Stream.of(found), Stream.of(found.path("oneOf")).flatMap(forms -> {
                    Stream.Builder<JsonNode> all = Stream.builder();
                    forms.forEach(all);
                    return all.build();
                }))
                .map(form -> form.path("properties").path(property))
                .filter(JsonNode::isObject)
                .forEach(place -> offer((ObjectNode) place, own));
    }

    private void offer(ObjectNode place, String own) {
        place.remove("type");
        ArrayNode alternatives = place.putArray("anyOf");
        alternatives.addObject().put("$ref", REFERENCE + OWN + own);
        alternatives.addObject().put("type", "string");
    }
}
