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
    private final FindingCollector findingCollector;

    ExpressionCheck(CamelJars jars, SimpleCheck simple, FindingCollector findingCollector) {
        this.jars = jars;
        this.simple = simple;
        this.findingCollector = findingCollector;
    }

    void check(ModelElement modelElement) {
        String definition = modelElement.definition();
        if (definition.endsWith("Expression")) {
            if (modelElement.is("LanguageExpression")) {
                modelElement.value().at("language").ifPresent(this::language);
            } else {
                language(modelElement.key());
            }
        }
        switch (definition) {
            case "SimpleExpression" ->
                modelElement.text("expression").ifPresent(text -> simple.check(text, predicate(modelElement)));
            case "LogDefinition" -> {
                if (modelElement.value().at("logLanguage").isEmpty()) {
                    modelElement.text("message").ifPresent(text -> simple.check(text, false));
                }
            }
            case "ToDynamicDefinition" -> modelElement.text("uri").ifPresent(this::uri);
            case "WireTapDefinition" -> {
                if (!modelElement.value().textAt("dynamicUri").equals(java.util.Optional.of("false"))) {
                    modelElement.text("uri").ifPresent(this::uri);
                }
            }
            case "BeanFactoryDefinition" ->
                modelElement.value().at("scriptLanguage").ifPresent(this::language);
            default -> {}
        }
        for (String key : List.of("logLanguage", "defaultLanguage")) {
            modelElement
                    .value()
                    .at(key)
                    .filter(yamlNode -> yamlNode.is(YamlNode.Kind.TEXT))
                    .ifPresent(this::language);
        }
    }

    private void uri(YamlNode uri) {
        if (!uri.text().startsWith("language:")) {
            simple.check(uri, false);
        }
    }

    private void language(YamlNode name) {
        String language = name.text().equals("method") ? "bean" : name.text();
        if (COMPILED.contains(language)) {
            findingCollector.error(
                    name,
                    "the language " + findingCollector.quote(language) + " cannot work in a native executable",
                    "write it in simple or jsonpath, or call a step of Java");
        } else if (!language.contains("{{")
                && jars.description(CamelJars.Kind.LANGUAGE, language).isEmpty()) {
            findingCollector.error(
                    name,
                    "there is no language " + findingCollector.quote(language) + " in this build",
                    findingCollector.instead(
                            language,
                            jars.names(CamelJars.Kind.LANGUAGE).stream()
                                    .filter(known -> !COMPILED.contains(known))
                                    .toList()));
        }
    }

    private static boolean predicate(ModelElement expression) {
        for (ModelElement around = expression.parent(); around != null; around = around.parent()) {
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
