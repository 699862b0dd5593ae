package io.threadpost.routecheck;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;

/** Checks values of properties for which the schema allows any text: durations, enumerations, JSONPath. */
final class PropertyCheck implements RouteCheck {
    private static final String MODELS = "META-INF/org/apache/camel/model/";
    /** Definitions whose short form is one property. */
    private static final Map<String, String> SHORT = Map.of("SetExchangePatternDefinition", "pattern");

    /** The functions of JsonPath. */
    static final Set<String> FUNCTIONS = Set.of(
            "avg", "stddev", "sum", "min", "max", "concat", "length", "size", "append", "keys", "first", "last",
            "index");

    /** A function, outside of strings and regular expressions. */
    private static final Pattern FUNCTION = Pattern.compile("'[^']*'|\"[^\"]*\"|/[^/]*/|\\.([A-Za-z_]+)\\s*\\(");

    private static final Pattern DURATION = Pattern.compile("-?[0-9]+|(?i)([0-9]+\\s*(ms|d|h|m|s|day|days|hour|hours"
            + "|minute|minutes|min|second|seconds|sec|millis)\\s*)+|P.*");

    private final ParsedFile file;
    private final FindingCollector findings;

    PropertyCheck(ParsedFile file) {
        this.file = file;
        this.findings = file.findings();
    }

    /** @return whether Camel can parse it as a duration */
    static boolean isDuration(String text) {
        return DURATION.matcher(text).matches();
    }

    @Override
    public void check() {
        file.elements().forEach(this::check);
    }

    private void check(ModelElement element) {
        String shortForm = SHORT.get(element.definition());
        if (shortForm != null && element.value().isText()) {
            choice(element, shortForm, element.value());
            value(element, shortForm, element.value());
        }
        for (YamlNode.Entry entry : element.value().entries()) {
            if (entry.value().isText()) {
                value(element, entry.name(), entry.value());
            }
        }
        if (element.is("JsonPathExpression")) {
            element.text("expression").ifPresent(this::jsonpath);
        }
    }

    private void value(ModelElement element, String property, YamlNode value) {
        String text = value.text().strip();
        if (text.isEmpty() || EndpointUri.hasUnknowns(text) || text.startsWith("#")) {
            return;
        }
        if (model(element, property).path("type").asText().equals("duration") && !isDuration(text)) {
            findings.error(
                    value,
                    findings.quote(property) + " cannot be " + findings.quote(text),
                    "write it like 500ms, 30s, 5m or 1h");
        }
    }

    private void choice(ModelElement element, String property, YamlNode value) {
        List<String> allowed = new ArrayList<>();
        for (JsonNode one : model(element, property).path("enum")) {
            allowed.add(one.asText());
        }
        if (!allowed.isEmpty()
                && !EndpointUri.hasUnknowns(value.text())
                && allowed.stream().noneMatch(value.text().strip()::equalsIgnoreCase)) {
            findings.error(
                    value,
                    findings.quote(element.key().text()) + " cannot be " + findings.quote(value.text()),
                    findings.instead(value.text(), allowed));
        }
    }

    /** @return Camel's own description of a property; an empty node when there is none */
    private JsonNode model(ModelElement element, String property) {
        String key = element.key().text();
        String folder = element.definition().endsWith("Expression")
                ? "language/"
                : element.definition().endsWith("DataFormat") ? "dataformat/" : "";
        return key.matches("[A-Za-z0-9]+")
                ? file.build()
                        .jars()
                        .json(MODELS + folder + key + ".json")
                        .path("properties")
                        .path(property)
                : MissingNode.getInstance();
    }

    private void jsonpath(YamlNode path) {
        String text = path.text().strip();
        if (!text.startsWith("$") || text.startsWith("${") || text.contains("{{")) {
            return;
        }
        try {
            JsonPath.compile(text);
        } catch (InvalidPathException e) {
            findings.error(
                    path,
                    "jsonpath: " + findings.quote(text) + " is malformed",
                    "write it like $.Subject or $.Items[0].Name");
            return;
        }
        FUNCTION.matcher(text)
                .results()
                .map(found -> found.group(1))
                .filter(name -> name != null && !FUNCTIONS.contains(name))
                .forEach(name -> findings.error(
                        path,
                        "jsonpath: there is no function " + findings.quote(name + "()"),
                        findings.instead(name, new TreeSet<>(FUNCTIONS))));
    }
}
