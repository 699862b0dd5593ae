package io.threadpost.routecheck;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

import io.threadpost.settings.NearestWord;

/** Walks along file and schema together, and says where they part. */
final class SchemaCheck {
    private static final String MARK = "{{";
    private static final Set<String> BOOLEANS = Set.of("true", "false");

    private final YamlDslSchema yamlDslSchema;
    private final FindingCollector findingCollector;
    private final List<ModelElement> elements = new ArrayList<>();
    private ModelElement inside;

    SchemaCheck(YamlDslSchema yamlDslSchema, FindingCollector findingCollector) {
        this.yamlDslSchema = yamlDslSchema;
        this.findingCollector = findingCollector;
    }

    /** @return everything that the schema has a name for, in the order of the file */
    List<ModelElement> check(YamlNode file) {
        if (!file.is(YamlNode.Kind.LIST)) {
            findingCollector.error(
                    file,
                    "the file is " + file.kind().words() + ", and nothing of it would be loaded",
                    "begin with `- route:`");
            return elements;
        }
        if (file.items().isEmpty()) {
            findingCollector.error(file, "the file holds no routes", "write routes into it, or remove it");
        }
        file.items().forEach(item -> check(yamlDslSchema.entry(), item, item));
        return elements;
    }

    /** Looks at one place, and at what is below it. */
    void check(SchemaShape schemaShape, YamlNode key, YamlNode value) {
        if (findingCollector.full()) {
            return;
        }
        ModelElement around = inside;
        if (!schemaShape.name().isEmpty()) {
            inside = new ModelElement(schemaShape, key, value, around);
            elements.add(inside);
        }
        switch (value.kind()) {
            case MAP -> map(schemaShape, key, value);
            case LIST -> list(schemaShape, key, value);
            case TEXT -> text(schemaShape, key, value);
            case EMPTY -> empty(schemaShape, key, value);
        }
        inside = around;
    }

    List<ModelElement> elements() {
        return elements;
    }

    private void map(SchemaShape schemaShape, YamlNode key, YamlNode map) {
        if (!schemaShape.allows("object")) {
            wrong(schemaShape, key, map);
            return;
        }
        if (schemaShape.single() && map.entries().size() > 1) {
            YamlNode second = map.entries().get(1).key();
            findingCollector.error(
                    second,
                    findingCollector.quote(second.text()) + " stands in the same list entry as "
                            + findingCollector.quote(map.entries().get(0).name()),
                    "begin it with a dash of its own, or indent it if it belongs to the other");
        }
        if (schemaShape.single() && map.entries().isEmpty()) {
            findingCollector.error(map, "an empty list entry", "write a step, or remove it");
        }
        Set<String> meant = new HashSet<>();
        for (YamlNode.Entry entry : map.entries()) {
            JsonNode property = schemaShape.properties().get(entry.name());
            if (property != null) {
                check(yamlDslSchema.shape(property), entry.key(), entry.value());
            } else if (schemaShape.closed()) {
                Set<String> known = schemaShape.properties().keySet();
                new NearestWord(known).likely(entry.name()).ifPresent(meant::add);
                findingCollector.error(
                        entry.key(),
                        "unknown " + findingCollector.quote(entry.name()) + within(schemaShape, key),
                        findingCollector.instead(entry.name(), known));
            }
        }
        schemaShape.required().stream()
                .filter(name -> !meant.contains(name))
                .filter(name -> map.at(name)
                        .filter(yamlNode -> !yamlNode.is(YamlNode.Kind.EMPTY))
                        .isEmpty())
                .forEach(name -> findingCollector.error(
                        map.entry(name).map(YamlNode.Entry::key).orElse(key),
                        "`" + name + "` is missing" + within(schemaShape, key),
                        "write `" + name + ": …`"));
        schemaShape.choices().stream()
                .filter(choice -> meant.stream().noneMatch(choice.names()::contains))
                .forEach(choice -> choice(choice, schemaShape, key, map));
    }

    private void choice(SchemaShape.Choice choice, SchemaShape schemaShape, YamlNode key, YamlNode map) {
        List<YamlNode.Entry> chosen = map.entries().stream()
                .filter(entry -> choice.names().contains(entry.name()))
                .toList();
        if (chosen.size() > 1) {
            findingCollector.error(
                    chosen.get(1).key(),
                    findingCollector.quote(chosen.get(1).name()) + " stands beside "
                            + findingCollector.quote(chosen.get(0).name()) + within(schemaShape, key),
                    "keep one of them");
        }
        boolean expression = choice.names().contains("simple");
        if (chosen.isEmpty()
                && (choice.needed() || expression && ExpressionReader.NEEDED.contains(schemaShape.name()))) {
            findingCollector.error(
                    key,
                    "an expression is missing" + within(schemaShape, key),
                    "write `expression: {simple: {expression: …}}`, or another language");
        }
    }

    private void list(SchemaShape schemaShape, YamlNode key, YamlNode list) {
        if (!schemaShape.allows("array")) {
            wrong(schemaShape, key, list);
        } else if (schemaShape.items() != null) {
            SchemaShape items = yamlDslSchema.shape(schemaShape.items());
            list.items().forEach(item -> check(items, item, item));
        }
    }

    private void text(SchemaShape schemaShape, YamlNode key, YamlNode text) {
        if (schemaShape.types().isEmpty() || text.text().contains(MARK)) {
            return;
        }
        boolean fits = schemaShape.allows("string")
                || schemaShape.allows("boolean")
                        && BOOLEANS.contains(text.text().toLowerCase(Locale.ROOT))
                || schemaShape.allows("number") && text.text().matches("[-+]?[0-9]+(\\.[0-9]+)?");
        if (!fits) {
            wrong(schemaShape, key, text);
        } else if (!schemaShape.values().isEmpty()
                && schemaShape.values().stream().noneMatch(text.text()::equalsIgnoreCase)) {
            findingCollector.error(
                    text,
                    name(key) + " cannot be " + findingCollector.quote(text.text()),
                    findingCollector.instead(text.text(), schemaShape.values()));
        }
    }

    private void empty(SchemaShape schemaShape, YamlNode key, YamlNode value) {
        if (!schemaShape.types().isEmpty() && !schemaShape.allows("string")) {
            findingCollector.error(
                    key,
                    "nothing stands behind " + name(key),
                    schemaShape.allows("object")
                                    && schemaShape.required().isEmpty()
                                    && schemaShape.choices().isEmpty()
                            ? "write `{}`, or indent what belongs to it"
                            : "write " + wanted(schemaShape) + ", indented deeper");
        } else if (!schemaShape.required().isEmpty()) {
            findingCollector.error(
                    key,
                    "nothing stands behind " + name(key),
                    "write its `" + schemaShape.required().get(0) + "`");
        }
    }

    private void wrong(SchemaShape schemaShape, YamlNode key, YamlNode value) {
        String is = value.is(YamlNode.Kind.TEXT)
                ? findingCollector.quote(value.text())
                : value.kind().words();
        findingCollector.error(value, name(key) + " is " + is, "write " + wanted(schemaShape));
    }

    private String name(YamlNode key) {
        return key.is(YamlNode.Kind.TEXT) ? findingCollector.quote(key.text()) : "this list entry";
    }

    private String within(SchemaShape schemaShape, YamlNode key) {
        return key.is(YamlNode.Kind.TEXT)
                ? " in " + findingCollector.quote(key.text())
                : schemaShape.single() ? "" : " here";
    }

    private static String wanted(SchemaShape schemaShape) {
        if (schemaShape.allows("array")) {
            return "a list: lines that begin with a dash";
        }
        if (schemaShape.allows("object")) {
            return "a map: `key: value` on lines of their own";
        }
        return schemaShape.allows("boolean") ? "true or false" : schemaShape.allows("number") ? "a number" : "a text";
    }
}
