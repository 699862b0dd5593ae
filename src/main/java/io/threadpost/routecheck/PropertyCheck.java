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
    private final FindingCollector findingCollector;

    PropertyCheck(StepModels models, FindingCollector findingCollector) {
        this.models = models;
        this.findingCollector = findingCollector;
    }

    void check(ModelElement modelElement) {
        String shortForm = SHORT.get(modelElement.definition());
        if (shortForm != null && modelElement.value().is(YamlNode.Kind.TEXT)) {
            choice(modelElement, shortForm, modelElement.value());
            value(modelElement, shortForm, modelElement.value());
        }
        for (YamlNode.Entry entry : modelElement.value().entries()) {
            if (entry.value().is(YamlNode.Kind.TEXT)) {
                value(modelElement, entry.name(), entry.value());
            }
        }
        if (modelElement.is("JsonPathExpression")) {
            modelElement.text("expression").ifPresent(this::jsonpath);
        }
    }

    private void value(ModelElement modelElement, String property, YamlNode value) {
        String text = value.text().strip();
        if (text.isEmpty() || EndpointUri.open(text) || text.startsWith("#")) {
            return;
        }
        if (models.property(modelElement, property).path("type").asText().equals("duration")
                && !text.matches(OptionCheck.DURATION)) {
            findingCollector.error(
                    value,
                    findingCollector.quote(property) + " cannot be " + findingCollector.quote(text),
                    "write it like 500ms, 30s, 5m or 1h");
        }
    }

    private void choice(ModelElement modelElement, String property, YamlNode value) {
        List<String> allowed = new ArrayList<>();
        for (JsonNode one : models.property(modelElement, property).path("enum")) {
            allowed.add(one.asText());
        }
        if (!allowed.isEmpty()
                && !EndpointUri.open(value.text())
                && allowed.stream().noneMatch(value.text().strip()::equalsIgnoreCase)) {
            findingCollector.error(
                    value,
                    findingCollector.quote(modelElement.key().text()) + " cannot be "
                            + findingCollector.quote(value.text()),
                    findingCollector.instead(value.text(), allowed));
        }
    }

    private void jsonpath(YamlNode path) {
        String text = path.text().strip();
        if (!text.startsWith("$") || text.startsWith("${") || text.contains("{{")) {
            return;
        }
        try {
            JsonPath.compile(text);
        } catch (InvalidPathException e) {
            findingCollector.error(
                    path,
                    "jsonpath: " + findingCollector.quote(text) + " is not written as it should be",
                    "write it like $.Subject or $.Items[0].Name");
            return;
        }
        FUNCTION.matcher(text)
                .results()
                .map(found -> found.group(1))
                .filter(name -> name != null && !FUNCTIONS.contains(name))
                .forEach(name -> findingCollector.error(
                        path,
                        "jsonpath: there is no function " + findingCollector.quote(name + "()"),
                        findingCollector.instead(name, new TreeSet<>(FUNCTIONS))));
    }
}
