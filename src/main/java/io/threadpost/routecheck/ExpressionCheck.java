package io.threadpost.routecheck;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks expressions: their language, and the syntax of those in simple. */
final class ExpressionCheck implements RouteCheck {
    private static final Set<String> COMPILED =
            Set.of("csimple", "java", "joor", "groovy", "mvel", "ognl", "js", "python", "wasm", "spel", "datasonnet");
    private static final Set<String> PREDICATES = Set.of(
            "FilterDefinition", "WhenDefinition", "OnWhenDefinition", "ValidateDefinition", "InterceptDefinition");
    private static final Set<String> PREDICATE_KEYS =
            Set.of("handled", "continued", "retryWhile", "completionPredicate", "onWhen");

    private final ParsedFile file;
    private final CamelJars jars;
    private final SimpleValidator simple;
    private final FindingCollector findings;

    ExpressionCheck(ParsedFile file) {
        this.file = file;
        this.jars = file.build().jars();
        this.simple = new SimpleValidator(file);
        this.findings = file.findings();
    }

    @Override
    public void check() {
        file.elements().forEach(this::check);
    }

    private void check(ModelElement element) {
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
                element.text("expression").ifPresent(text -> simple.validate(text, predicate(element)));
            case "LogDefinition" -> {
                if (element.value().at("logLanguage").isEmpty()) {
                    element.text("message").ifPresent(text -> simple.validate(text, false));
                }
            }
            case "ToDynamicDefinition" -> element.text("uri").ifPresent(this::uri);
            case "WireTapDefinition" -> {
                if (!element.value().textAt("dynamicUri").equals(Optional.of("false"))) {
                    element.text("uri").ifPresent(this::uri);
                }
            }
            case "BeanFactoryDefinition" -> element.value().at("scriptLanguage").ifPresent(this::language);
            default -> {}
        }
        for (String key : List.of("logLanguage", "defaultLanguage")) {
            element.value().at(key).filter(node -> node.isText()).ifPresent(this::language);
        }
    }

    private void uri(YamlNode uri) {
        if (!uri.text().startsWith("language:")) {
            simple.validate(uri, false);
        }
    }

    private void language(YamlNode name) {
        String language = name.text().equals("method") ? "bean" : name.text();
        if (COMPILED.contains(language)) {
            findings.error(
                    name,
                    "the language " + findings.quote(language) + " does not work in a native executable",
                    "write it in simple or jsonpath, or call a step of Java");
        } else if (!language.contains("{{")
                && jars.description(CamelJars.Kind.LANGUAGE, language).isEmpty()) {
            findings.error(
                    name,
                    "there is no language " + findings.quote(language) + " in this build",
                    findings.instead(
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
