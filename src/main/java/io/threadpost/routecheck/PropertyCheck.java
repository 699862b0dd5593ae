package io.threadpost.routecheck;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import org.apache.camel.util.ObjectHelper;

/** Looks at the values of steps' properties that the schema takes for any text: times, choices, classes, paths. */
final class PropertyCheck {
    /** Steps whose short form is one property. */
    private static final Map<String, String> SHORT = Map.of(
            "ConvertBodyDefinition", "type",
            "SetExchangePatternDefinition", "pattern");

    private static final String CLASS = "#class:";

    private static final Set<String> CLASSES =
            Set.of("exceptionType", "beanType", "resultType", "unmarshalType", "collectionType");
    private static final Set<String> CONVERSIONS =
            Set.of("ConvertBodyDefinition", "ConvertHeaderDefinition", "ConvertVariableDefinition");

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
            } else if (entry.name().equals("exception")) {
                entry.value().items().forEach(this::exception);
            }
        }
        if (element.is("JsonPathExpression")) {
            element.text("expression").ifPresent(this::jsonpath);
        }
    }

    private void value(Element element, String property, Part value) {
        String text = value.text().strip();
        if (text.isEmpty() || EndpointUri.open(text) || text.startsWith("#") && !text.startsWith(CLASS)) {
            return;
        }
        if (property.equals("exceptionType")) {
            exception(value);
        } else if (property.equals("type") && element.is("BeanFactoryDefinition")) {
            type(value);
        } else if (CLASSES.contains(property)
                || property.equals("type") && CONVERSIONS.contains(element.definition())) {
            type(value);
        } else if (models.property(element, property).path("type").asText().equals("duration")
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

    private void exception(Part name) {
        Class<?> type = type(name);
        if (type != null && !Throwable.class.isAssignableFrom(type)) {
            report.error(
                    name, report.quote(name.text()) + " is no exception", "write the name of an exception's class");
        }
    }

    /** @return the class; null when it is not there, or nobody can tell yet */
    private Class<?> type(Part name) {
        if (EndpointUri.open(name.text()) || !name.is(Part.Kind.TEXT)) {
            return null;
        }
        String type = name.text().strip().replaceFirst("^" + CLASS, "").replaceFirst("[(].*", "");
        Class<?> found = ObjectHelper.loadClass(type, PropertyCheck.class.getClassLoader());
        if (found == null) {
            report.error(
                    name,
                    "there is no class " + report.quote(name.text()) + " in this build",
                    "write its full name, such as java.lang.String");
        }
        return found;
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
        }
    }
}
