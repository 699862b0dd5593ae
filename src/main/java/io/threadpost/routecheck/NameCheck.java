package io.threadpost.routecheck;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Checks what expressions read: fields of known bodies, headers, properties and variables. Camel accepts any name, and
 * reads nothing where there is none.
 */
final class NameCheck implements RouteCheck {
    private static final String NAME = "([A-Za-z_][A-Za-z0-9_-]*)";
    private static final Pattern FIELD = Pattern.compile("\\$\\{body\\??\\[['\"]?" + NAME + "['\"]?]");
    private static final Pattern HEADER = Pattern.compile("\\$\\{(?:in\\.)?headers?\\??(?:[.:]|\\[['\"]?)" + NAME);
    private static final Pattern PROPERTY = Pattern.compile("\\$\\{exchangeProperty(?:[.:]|\\[['\"]?)" + NAME);
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{variable(?:[.:]|\\[['\"]?)" + NAME + "(?!:)\\b");

    private final ParsedFile file;
    private final RouteVocabulary vocabulary;
    private final Names headers;
    private final Names properties;
    private final Names variables;
    private final FindingCollector findings;

    NameCheck(ParsedFile file) {
        this.file = file;
        this.vocabulary = file.vocabulary();
        this.headers = new Names(
                "header",
                own(RouteVocabulary.ExchangeName.Kind.HEADER),
                file.build().headers()::all,
                setBy("SetHeaderDefinition"));
        this.properties = new Names(
                "property",
                own(RouteVocabulary.ExchangeName.Kind.PROPERTY),
                file.build()::properties,
                setBy("SetPropertyDefinition"));
        this.variables = new Names("variable", Set.of(), Set::of, setBy("SetVariableDefinition"));
        file.elements()
                .forEach(element -> element.value().textAt("variableReceive").ifPresent(variables.set()::add));
        this.findings = file.findings();
    }

    /**
     * Names of one kind.
     *
     * @param what they are, for findings
     * @param own the application's, a closed list
     * @param camel Camel's, as far as they are described
     * @param set those that the file sets
     */
    private record Names(String what, Set<String> own, Supplier<Set<String>> camel, Set<String> set) {
        /** @return whether it is one without Camel's, which take a moment to read */
        boolean has(String name) {
            return Stream.of(own, set).flatMap(Set::stream).anyMatch(name::equalsIgnoreCase);
        }

        boolean isCamels(String name) {
            return camel.get().stream().anyMatch(name::equalsIgnoreCase);
        }
    }

    private Set<String> own(RouteVocabulary.ExchangeName.Kind kind) {
        return vocabulary.exchangeNames().stream()
                .filter(name -> name.kind() == kind)
                .map(RouteVocabulary.ExchangeName::name)
                .collect(Collectors.toSet());
    }

    private Set<String> setBy(String definition) {
        Set<String> names = new TreeSet<>();
        file.elements().stream().filter(element -> element.is(definition)).forEach(element -> element.text("name")
                .ifPresent(name -> names.add(name.text().strip())));
        return names;
    }

    @Override
    public void check() {
        BodyTracker body = new BodyTracker(file);
        for (ModelElement element : file.elements()) {
            body.pass(element);
            expression(element).ifPresent(text -> {
                body.at(element).ifPresent(known -> fields(text, known));
                each(HEADER, text, name -> known(headers, name, text));
                each(PROPERTY, text, name -> known(properties, name, text));
                each(VARIABLE, text, name -> {
                    // `${variable.header:…}` is a scope, and no name.
                    if (!name.equals("header")) {
                        near(variables, name, text);
                    }
                });
            });
            named(element, "HeaderExpression", headers);
            named(element, "ExchangePropertyExpression", properties);
        }
    }

    private static Optional<YamlNode> expression(ModelElement element) {
        return switch (element.definition()) {
            case "SimpleExpression" -> element.text("expression");
            case "LogDefinition" -> element.text("message");
            case "ToDynamicDefinition", "WireTapDefinition" -> element.text("uri");
            default -> Optional.empty();
        };
    }

    private void named(ModelElement element, String definition, Names names) {
        if (element.is(definition)) {
            element.text("expression")
                    .ifPresent(text -> known(names, text.text().strip(), text));
        }
    }

    private void fields(YamlNode text, BodyTracker.KnownBody body) {
        Set<String> fields = new TreeSet<>(body.type().fields());
        body.type().declaredIn().ifPresent(setting -> {
            fields.addAll(variables.set());
            file.build()
                    .context()
                    .setting(setting)
                    .ifPresent(
                            declared -> fields.addAll(List.of(declared.strip().split("\\s*,\\s*"))));
        });
        each(FIELD, text, name -> {
            if (fields.contains(name)) {
                return;
            }
            // A body that may be another one has names of its own.
            Set<String> named = new TreeSet<>(fields);
            named.removeAll(variables.set());
            named.addAll(body.type().fields());
            Optional<String> near =
                    new NearestWord(named).likely(name).filter(like -> body.certain() || !like.equalsIgnoreCase(name));
            SourcePosition position = file.text().find(text, name);
            String problem = body.type().noun() + " has no field " + findings.quote(name);
            if (near.isPresent() && body.certain()) {
                findings.error(position, problem, FindingCollector.didYouMean(near.get()));
            } else if (near.isPresent() || body.certain()) {
                findings.warning(
                        position,
                        problem,
                        near.map(FindingCollector::didYouMean)
                                .orElseGet(() -> "write one of " + String.join(", ", fields)
                                        + body.type()
                                                .declaredIn()
                                                .map(setting ->
                                                        "; declare fields that the platform has added in " + setting)
                                                .orElse("")));
            }
        });
    }

    private void known(Names names, String name, YamlNode text) {
        if (names.has(name)) {
            return;
        }
        String prefix = vocabulary.application().toLowerCase(Locale.ROOT);
        if (!name.toLowerCase(Locale.ROOT).startsWith(prefix)) {
            near(names, name, text);
            return;
        }
        SourcePosition position = file.text().find(text, name);
        String problem = vocabulary.application() + " has no " + names.what() + " " + findings.quote(name);
        new NearestWord(names.own())
                .likely(name)
                .ifPresentOrElse(
                        near -> findings.error(position, problem, FindingCollector.didYouMean(near)),
                        () -> findings.warning(position, problem, "see the list in " + vocabulary.namesPage()));
    }

    /** Other files may set any name; one that is nearly a known one was meant to be it. */
    private void near(Names names, String name, YamlNode text) {
        if (names.has(name)) {
            return;
        }
        Set<String> known = new TreeSet<>(names.set());
        if (name.startsWith("Camel")) {
            known.addAll(names.camel().get());
        }
        new NearestWord(known)
                .likely(name)
                .filter(near -> !names.isCamels(name))
                .ifPresent(near -> findings.warning(
                        file.text().find(text, name),
                        "nothing in this file sets the " + names.what() + " " + findings.quote(name),
                        FindingCollector.didYouMean(near)));
    }

    private static void each(Pattern pattern, YamlNode text, Consumer<String> action) {
        pattern.matcher(text.text())
                .results()
                .map(found -> found.group(1))
                .distinct()
                .forEach(action);
    }
}
