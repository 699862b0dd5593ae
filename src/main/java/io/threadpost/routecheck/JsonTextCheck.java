package io.threadpost.routecheck;

import java.util.Optional;
import java.util.regex.Pattern;

/** Finds bodies of JSON that are written as text: a quotation mark or line break in a value breaks them. */
final class JsonTextCheck implements RouteCheck {
    private static final Pattern VALUE_IN_QUOTES = Pattern.compile(
            "^\\s*[{\\[]\\s*[\"{\\[].*:\\s*\"[^\"]{0,500}\\$(?:simple)?\\{.*[}\\]]\\s*$", Pattern.DOTALL);

    private final ParsedFile file;
    private final FindingCollector findings;

    JsonTextCheck(ParsedFile file) {
        this.file = file;
        this.findings = file.findings();
    }

    @Override
    public void check() {
        file.elements().stream()
                .filter(element -> element.is("SetBodyDefinition"))
                .flatMap(element -> simple(element.value()).stream())
                .filter(text -> VALUE_IN_QUOTES.matcher(text.text()).find())
                .forEach(text -> findings.warning(
                        text,
                        "a quotation mark or line break in a value breaks this JSON",
                        file.vocabulary().jsonAdvice()));
    }

    private static Optional<YamlNode> simple(YamlNode map) {
        YamlNode expression = map.at("expression").orElse(map);
        return expression
                .at("simple")
                .map(node -> node.isText() ? node : node.at("expression").orElse(node))
                .filter(YamlNode::isText);
    }
}
