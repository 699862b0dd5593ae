package io.threadpost.routecheck;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

import io.threadpost.settings.Nearest;

/** Walks along file and schema together, and says where they part. */
final class SchemaCheck {
    private static final String MARK = "{{";
    private static final Set<String> BOOLEANS = Set.of("true", "false");

    private final Schema schema;
    private final Report report;
    private final List<Element> elements = new ArrayList<>();
    private Element inside;

    SchemaCheck(Schema schema, Report report) {
        this.schema = schema;
        this.report = report;
    }

    /** @return everything that the schema has a name for, in the order of the file */
    List<Element> check(Part file) {
        if (!file.is(Part.Kind.LIST)) {
            report.error(
                    file,
                    "the file is " + file.kind().words() + ", and nothing of it would be loaded",
                    "begin with `- route:`");
            return elements;
        }
        if (file.items().isEmpty()) {
            report.error(file, "the file holds no routes", "write routes into it, or remove it");
        }
        file.items().forEach(item -> check(schema.entry(), item, item));
        return elements;
    }

    /** Looks at one place, and at what is below it. */
    void check(Shape shape, Part key, Part value) {
        if (report.full()) {
            return;
        }
        Element around = inside;
        if (!shape.name().isEmpty()) {
            inside = new Element(shape, key, value, around);
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

    List<Element> elements() {
        return elements;
    }

    private void map(Shape shape, Part key, Part map) {
        if (!shape.allows("object")) {
            wrong(shape, key, map);
            return;
        }
        if (shape.single() && map.entries().size() > 1) {
            Part second = map.entries().get(1).key();
            report.error(
                    second,
                    report.quote(second.text()) + " stands in the same list entry as "
                            + report.quote(map.entries().get(0).name()),
                    "begin it with a dash of its own, or indent it if it belongs to the other");
        }
        if (shape.single() && map.entries().isEmpty()) {
            report.error(map, "an empty list entry", "write a step, or remove it");
        }
        Set<String> meant = new HashSet<>();
        for (Part.Entry entry : map.entries()) {
            JsonNode property = shape.properties().get(entry.name());
            if (property != null) {
                check(schema.shape(property), entry.key(), entry.value());
            } else if (shape.closed()) {
                Set<String> known = shape.properties().keySet();
                new Nearest(known).likely(entry.name()).ifPresent(meant::add);
                report.error(
                        entry.key(),
                        "unknown " + report.quote(entry.name()) + within(shape, key),
                        report.instead(entry.name(), known));
            }
        }
        shape.required().stream()
                .filter(name -> !meant.contains(name))
                .filter(name ->
                        map.at(name).filter(part -> !part.is(Part.Kind.EMPTY)).isEmpty())
                .forEach(name -> report.error(
                        map.entry(name).map(Part.Entry::key).orElse(key),
                        "`" + name + "` is missing" + within(shape, key),
                        "write `" + name + ": …`"));
        shape.choices().stream()
                .filter(choice -> meant.stream().noneMatch(choice.names()::contains))
                .forEach(choice -> choice(choice, shape, key, map));
    }

    private void choice(Shape.Choice choice, Shape shape, Part key, Part map) {
        List<Part.Entry> chosen = map.entries().stream()
                .filter(entry -> choice.names().contains(entry.name()))
                .toList();
        if (chosen.size() > 1) {
            report.error(
                    chosen.get(1).key(),
                    report.quote(chosen.get(1).name()) + " stands beside "
                            + report.quote(chosen.get(0).name()) + within(shape, key),
                    "keep one of them");
        }
        boolean expression = choice.names().contains("simple");
        if (chosen.isEmpty() && (choice.needed() || expression && Expressions.NEEDED.contains(shape.name()))) {
            report.error(
                    key,
                    "an expression is missing" + within(shape, key),
                    "write `expression: {simple: {expression: …}}`, or another language");
        }
    }

    private void list(Shape shape, Part key, Part list) {
        if (!shape.allows("array")) {
            wrong(shape, key, list);
        } else if (shape.items() != null) {
            Shape items = schema.shape(shape.items());
            list.items().forEach(item -> check(items, item, item));
        }
    }

    private void text(Shape shape, Part key, Part text) {
        if (shape.types().isEmpty() || text.text().contains(MARK)) {
            return;
        }
        boolean fits = shape.allows("string")
                || shape.allows("boolean") && BOOLEANS.contains(text.text().toLowerCase(Locale.ROOT))
                || shape.allows("number") && text.text().matches("[-+]?[0-9]+(\\.[0-9]+)?");
        if (!fits) {
            wrong(shape, key, text);
        } else if (!shape.values().isEmpty() && shape.values().stream().noneMatch(text.text()::equalsIgnoreCase)) {
            report.error(
                    text,
                    name(key) + " cannot be " + report.quote(text.text()),
                    report.instead(text.text(), shape.values()));
        }
    }

    private void empty(Shape shape, Part key, Part value) {
        if (!shape.types().isEmpty() && !shape.allows("string")) {
            report.error(
                    key,
                    "nothing stands behind " + name(key),
                    shape.allows("object")
                                    && shape.required().isEmpty()
                                    && shape.choices().isEmpty()
                            ? "write `{}`, or indent what belongs to it"
                            : "write " + wanted(shape) + ", indented deeper");
        } else if (!shape.required().isEmpty()) {
            report.error(
                    key,
                    "nothing stands behind " + name(key),
                    "write its `" + shape.required().get(0) + "`");
        }
    }

    private void wrong(Shape shape, Part key, Part value) {
        String is = value.is(Part.Kind.TEXT)
                ? report.quote(value.text())
                : value.kind().words();
        report.error(value, name(key) + " is " + is, "write " + wanted(shape));
    }

    private String name(Part key) {
        return key.is(Part.Kind.TEXT) ? report.quote(key.text()) : "this list entry";
    }

    private String within(Shape shape, Part key) {
        return key.is(Part.Kind.TEXT) ? " in " + report.quote(key.text()) : shape.single() ? "" : " here";
    }

    private static String wanted(Shape shape) {
        if (shape.allows("array")) {
            return "a list: lines that begin with a dash";
        }
        if (shape.allows("object")) {
            return "a map: `key: value` on lines of their own";
        }
        return shape.allows("boolean") ? "true or false" : shape.allows("number") ? "a number" : "a text";
    }
}
