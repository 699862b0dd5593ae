package io.threadpost.routecheck;

import java.util.List;
import java.util.Set;

import io.threadpost.settings.CamelJars;

/** Looks at expressions: their language, and what is written in simple. */
final class ExpressionCheck {
    private static final Set<String> COMPILED =
            Set.of("csimple", "java", "joor", "groovy", "mvel", "ognl", "js", "python", "wasm", "spel", "datasonnet");
    private static final Set<String> PREDICATES = Set.of(
            "FilterDefinition", "WhenDefinition", "OnWhenDefinition", "ValidateDefinition", "InterceptDefinition");
    private static final Set<String> PREDICATE_KEYS =
            Set.of("handled", "continued", "retryWhile", "completionPredicate", "onWhen");

    private final CamelJars jars;
    private final SimpleCheck simple;
    private final Report report;

    ExpressionCheck(CamelJars jars, SimpleCheck simple, Report report) {
        this.jars = jars;
        this.simple = simple;
        this.report = report;
    }

    void check(Element element) {
        String definition = element.definition();
        if (definition.endsWith("Expression")) {
            if (element.is("LanguageExpression")) {
                element.value().at("language").ifPresent(this::language);
            } else {
                language(element.key());
            }
        }
        switch (definition) {
            case "SimpleExpression" ->
                element.text("expression").ifPresent(text -> simple.check(text, predicate(element)));
            case "LogDefinition" -> {
                if (element.value().at("logLanguage").isEmpty()) {
                    element.text("message").ifPresent(text -> simple.check(text, false));
                }
            }
            case "ToDynamicDefinition" -> element.text("uri").ifPresent(this::uri);
            case "WireTapDefinition" -> {
                if (!element.value().textAt("dynamicUri").equals(java.util.Optional.of("false"))) {
                    element.text("uri").ifPresent(this::uri);
                }
            }
            case "BeanFactoryDefinition" -> element.value().at("scriptLanguage").ifPresent(this::language);
            default -> {}
        }
        for (String key : List.of("logLanguage", "defaultLanguage")) {
            element.value().at(key).filter(part -> part.is(Part.Kind.TEXT)).ifPresent(this::language);
        }
    }

    private void uri(Part uri) {
        if (!uri.text().startsWith("language:")) {
            simple.check(uri, false);
        }
    }

    private void language(Part name) {
        String language = name.text().equals("method") ? "bean" : name.text();
        if (COMPILED.contains(language)) {
            report.error(
                    name,
                    "the language " + report.quote(language) + " cannot work in a native executable",
                    "write it in simple or jsonpath, or call a step of Java");
        } else if (!language.contains("{{")
                && jars.description(CamelJars.Kind.LANGUAGE, language).isEmpty()) {
            report.error(
                    name,
                    "there is no language " + report.quote(language) + " in this build",
                    report.instead(
                            language,
                            jars.names(CamelJars.Kind.LANGUAGE).stream()
                                    .filter(known -> !COMPILED.contains(known))
                                    .toList()));
        }
    }

    private static boolean predicate(Element expression) {
        for (Element around = expression.parent(); around != null; around = around.parent()) {
            if (around.is("ExpressionDefinition")) {
                continue;
            }
            return PREDICATES.contains(around.definition())
                    || PREDICATE_KEYS.contains(around.key().text())
                    || around.is("LoopDefinition")
                            && around.value()
                                    .textAt("doWhile")
                                    .filter("true"::equals)
                                    .isPresent();
        }
        return false;
    }
}
