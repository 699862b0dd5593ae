package io.threadpost.routecheck;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;

/** Looks at the values of steps' properties that the schema takes for any text: times, choices, paths. */
final class PropertyCheck {
    /** Steps whose short form is one property. */
    private static final Map<String, String> SHORT = Map.of("SetExchangePatternDefinition", "pattern");

    /** What JsonPath knows, whatever it is called on. */
    static final Set<String> FUNCTIONS = Set.of(
            "avg", "stddev", "sum", "min", "max", "concat", "length", "size", "append", "keys", "first", "last",
            "index");

    /** A function, outside of texts and regular expressions. */
    private static final Pattern FUNCTION = Pattern.compile("'[^']*'|\"[^\"]*\"|/[^/]*/|\\.([A-Za-z_]+)\\s*\\(");

    private final StepModels models;
    private final Report report;

    PropertyCheck(StepModels models, Report report) {
        this.models = models;
        this.report = report;
    }

    void check(Element element) {
        String shortForm = SHORT.get(element.definition());
        if (shortForm != null && element.value().is(Part.Kind.TEXT)) {
            choice(element, shortForm, element.value());
            value(element, shortForm, element.value());
        }
        for (Part.Entry entry : element.value().entries()) {
            if (entry.value().is(Part.Kind.TEXT)) {
                value(element, entry.name(), entry.value());
            }
        }
        if (element.is("JsonPathExpression")) {
            element.text("expression").ifPresent(this::jsonpath);
        }
    }

    private void value(Element element, String property, Part value) {
        String text = value.text().strip();
        if (text.isEmpty() || EndpointUri.open(text) || text.startsWith("#")) {
            return;
        }
        if (models.property(element, property).path("type").asText().equals("duration")
                && !text.matches(OptionCheck.DURATION)) {
            report.error(
                    value,
                    report.quote(property) + " cannot be " + report.quote(text),
                    "write it like 500ms, 30s, 5m or 1h");
        }
    }

    private void choice(Element element, String property, Part value) {
        List<String> allowed = new ArrayList<>();
        for (JsonNode one : models.property(element, property).path("enum")) {
            allowed.add(one.asText());
        }
        if (!allowed.isEmpty()
                && !EndpointUri.open(value.text())
                && allowed.stream().noneMatch(value.text().strip()::equalsIgnoreCase)) {
            report.error(
                    value,
                    report.quote(element.key().text()) + " cannot be " + report.quote(value.text()),
                    report.instead(value.text(), allowed));
        }
    }

    private void jsonpath(Part path) {
        String text = path.text().strip();
        if (!text.startsWith("$") || text.startsWith("${") || text.contains("{{")) {
            return;
        }
        try {
            JsonPath.compile(text);
        } catch (InvalidPathException e) {
            report.error(
                    path,
                    "jsonpath: " + report.quote(text) + " is not written as it should be",
                    "write it like $.Subject or $.Items[0].Name");
            return;
        }
        FUNCTION.matcher(text)
                .results()
                .map(found -> found.group(1))
                .filter(name -> name != null && !FUNCTIONS.contains(name))
                .forEach(name -> report.error(
                        path,
                        "jsonpath: there is no function " + report.quote(name + "()"),
                        report.instead(name, new TreeSet<>(FUNCTIONS))));
    }
}
