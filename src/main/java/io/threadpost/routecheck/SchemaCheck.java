package io.threadpost.routecheck;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

/** Compares the file with the schema of the YAML DSL, and collects its elements. */
final class SchemaCheck {
    private static final String MARK = "{{";
    /** Definitions that need an expression, although the schema does not say so. */
    private static final Set<String> NEED_EXPRESSION = Set.of(
            "SplitDefinition",
            "FilterDefinition",
            "LoopDefinition",
            "ThrottleDefinition",
            "SetBodyDefinition",
            "SetHeaderDefinition",
            "SetPropertyDefinition",
            "SetVariableDefinition",
            "TransformDefinition",
            "ValidateDefinition",
            "ScriptDefinition",
            "RecipientListDefinition",
            "RoutingSlipDefinition",
            "DynamicRouterDefinition",
            "EnrichDefinition",
            "PollEnrichDefinition",
            "IdempotentConsumerDefinition",
            "ResequenceDefinition",
            "WhenDefinition",
            "OnWhenDefinition",
            "DelayDefinition",
            "ExpressionSubElementDefinition",
            "PropertyExpressionDefinition");

    private static final Set<String> BOOLEANS = Set.of("true", "false");

    private final YamlDslSchema schema;
    private final FindingCollector findings;
    private final List<ModelElement> elements = new ArrayList<>();
    private ModelElement inside;

    SchemaCheck(YamlDslSchema schema, FindingCollector findings) {
        this.schema = schema;
        this.findings = findings;
    }

    /** @return the nodes that the schema has a definition for, in the order of the file */
    List<ModelElement> check(YamlNode file) {
        if (!file.is(YamlNode.Kind.LIST)) {
            findings.error(
                    file,
                    "the file is " + file.kind().words() + ", and nothing of it would be loaded",
                    "begin with `- route:`");
            return elements;
        }
        if (file.items().isEmpty()) {
            findings.error(file, "the file contains no routes", "write routes into it, or remove it");
        }
        file.items().forEach(item -> check(schema.entry(), item, item));
        return elements;
    }

    /** Checks a node and its children. */
    void check(YamlDslSchema.Shape shape, YamlNode key, YamlNode value) {
        if (findings.full()) {
            return;
        }
        ModelElement around = inside;
        if (!shape.name().isEmpty()) {
            inside = new ModelElement(shape, key, value, around);
            elements.add(inside);
        }
        switch (value.kind()) {
            case MAP -> map(shape, key, value);
            case LIST -> list(shape, key, value);
            case TEXT -> text(shape, key, value);
            case EMPTY -> empty(shape, key, value);
        }
        inside = around;
    }

    List<ModelElement> elements() {
        return elements;
    }

    private void map(YamlDslSchema.Shape shape, YamlNode key, YamlNode map) {
        if (!shape.allows("object")) {
            wrong(shape, key, map);
            return;
        }
        if (shape.single() && map.entries().size() > 1) {
            YamlNode second = map.entries().get(1).key();
            findings.error(
                    second,
                    findings.quote(second.text()) + " is in the same list entry as "
                            + findings.quote(map.entries().get(0).name()),
                    "begin it with its own dash, or indent it if it belongs to the other");
        }
        if (shape.single() && map.entries().isEmpty()) {
            findings.error(map, "an empty list entry", "write a step, or remove it");
        }
        Set<String> meant = new HashSet<>();
        for (YamlNode.Entry entry : map.entries()) {
            JsonNode property = shape.properties().get(entry.name());
            if (property != null) {
                check(schema.shape(property), entry.key(), entry.value());
            } else if (shape.closed()) {
                Set<String> known = shape.properties().keySet();
                new NearestWord(known).likely(entry.name()).ifPresent(meant::add);
                findings.error(
                        entry.key(),
                        "unknown " + findings.quote(entry.name()) + within(shape, key),
                        findings.instead(entry.name(), known));
            }
        }
        shape.required().stream()
                .filter(name -> !meant.contains(name))
                .filter(name -> map.at(name)
                        .filter(node -> !node.is(YamlNode.Kind.EMPTY))
                        .isEmpty())
                .forEach(name -> findings.error(
                        map.entry(name).map(YamlNode.Entry::key).orElse(key),
                        "`" + name + "` is missing" + within(shape, key),
                        "write `" + name + ": …`"));
        shape.choices().stream()
                .filter(choice -> meant.stream().noneMatch(choice.names()::contains))
                .forEach(choice -> choice(choice, shape, key, map));
    }

    private void choice(YamlDslSchema.Choice choice, YamlDslSchema.Shape shape, YamlNode key, YamlNode map) {
        List<YamlNode.Entry> chosen = map.entries().stream()
                .filter(entry -> choice.names().contains(entry.name()))
                .toList();
        if (chosen.size() > 1) {
            findings.error(
                    chosen.get(1).key(),
                    findings.quote(chosen.get(1).name()) + " conflicts with "
                            + findings.quote(chosen.get(0).name()) + within(shape, key),
                    "keep one of them");
        }
        boolean expression = choice.names().contains("simple");
        if (chosen.isEmpty() && (choice.needed() || expression && NEED_EXPRESSION.contains(shape.name()))) {
            findings.error(
                    key,
                    "an expression is missing" + within(shape, key),
                    "write `expression: {simple: {expression: …}}`, or another language");
        }
    }

    private void list(YamlDslSchema.Shape shape, YamlNode key, YamlNode list) {
        if (!shape.allows("array")) {
            wrong(shape, key, list);
        } else if (shape.items() != null) {
            YamlDslSchema.Shape items = schema.shape(shape.items());
            list.items().forEach(item -> check(items, item, item));
        }
    }

    private void text(YamlDslSchema.Shape shape, YamlNode key, YamlNode text) {
        if (shape.types().isEmpty() || text.text().contains(MARK)) {
            return;
        }
        boolean fits = shape.allows("string")
                || shape.allows("boolean") && BOOLEANS.contains(text.text().toLowerCase(Locale.ROOT))
                || shape.allows("number") && text.text().matches("[-+]?[0-9]+(\\.[0-9]+)?");
        if (!fits) {
            wrong(shape, key, text);
        } else if (!shape.values().isEmpty() && shape.values().stream().noneMatch(text.text()::equalsIgnoreCase)) {
            findings.error(
                    text,
                    name(key) + " cannot be " + findings.quote(text.text()),
                    findings.instead(text.text(), shape.values()));
        }
    }

    private void empty(YamlDslSchema.Shape shape, YamlNode key, YamlNode value) {
        if (!shape.types().isEmpty() && !shape.allows("string")) {
            findings.error(
                    key,
                    name(key) + " has no value",
                    shape.allows("object")
                                    && shape.required().isEmpty()
                                    && shape.choices().isEmpty()
                            ? "write `{}`, or indent what belongs to it"
                            : "write " + wanted(shape) + ", indented deeper");
        } else if (!shape.required().isEmpty()) {
            findings.error(
                    key,
                    name(key) + " has no value",
                    "write its `" + shape.required().get(0) + "`");
        }
    }

    private void wrong(YamlDslSchema.Shape shape, YamlNode key, YamlNode value) {
        String is = value.isText() ? findings.quote(value.text()) : value.kind().words();
        findings.error(value, name(key) + " is " + is, "write " + wanted(shape));
    }

    private String name(YamlNode key) {
        return key.isText() ? findings.quote(key.text()) : "this list entry";
    }

    private String within(YamlDslSchema.Shape shape, YamlNode key) {
        return key.isText() ? " in " + findings.quote(key.text()) : shape.single() ? "" : " here";
    }

    private static String wanted(YamlDslSchema.Shape shape) {
        if (shape.allows("array")) {
            return "a list: lines that begin with a dash";
        }
        if (shape.allows("object")) {
            return "a map: `key: value` on separate lines";
        }
        return shape.allows("boolean") ? "true or false" : shape.allows("number") ? "a number" : "a text";
    }
}
