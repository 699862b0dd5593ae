package io.threadpost.routecheck;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.apache.camel.ExchangePropertyKey;

import io.threadpost.settings.CamelJars;
import io.threadpost.settings.NearestWord;

/**
 * Looks at what expressions read: fields of a thread and of a mail, headers, properties and variables. Camel takes any
 * name, and reads nothing where there is none.
 */
final class NameCheck {
    /** The setting with fields that the platform has added, and that a thread may have. */
    private static final String DECLARED = "threadpost.routes.fields";

    private static final Set<String> THREAD =
            Set.of("Id", "OriginalSender", "Subject", "CreatedUtc", "UpdatedUtc", "IsResolved");
    private static final Set<String> MAIL = Set.of(
            "number",
            "mailbox",
            "connection",
            "received",
            "from",
            "fromName",
            "fromAddress",
            "replyTo",
            "to",
            "cc",
            "subject",
            "date",
            "messageId",
            "text",
            "attachments",
            "bytes",
            "released",
            "headers",
            "problems",
            "person",
            "reason",
            "reasons",
            "why",
            "answerable",
            "authentication");

    private static final String NAME = "([A-Za-z_][A-Za-z0-9_-]*)";
    private static final Pattern FIELD = Pattern.compile("\\$\\{body\\??\\[['\"]?" + NAME + "['\"]?]");
    private static final Pattern HEADER = Pattern.compile("\\$\\{(?:in\\.)?headers?\\??(?:[.:]|\\[['\"]?)" + NAME);
    private static final Pattern PROPERTY = Pattern.compile("\\$\\{exchangeProperty(?:[.:]|\\[['\"]?)" + NAME);
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{variable(?:[.:]|\\[['\"]?)" + NAME + "(?!:)\\b");

    private final Names headers;
    private final Names properties;
    private final Names variables;
    private final Set<String> threadFields;
    private final SourceText source;
    private final FindingCollector findingCollector;

    /** Names that are known of Camel. They are the same for all files. */
    record Camel(Set<String> headers, Set<String> properties) {
        static Camel of(CamelJars jars) {
            Set<String> headers = new TreeSet<>();
            for (String component : jars.names(CamelJars.Kind.COMPONENT)) {
                jars.description(CamelJars.Kind.COMPONENT, component)
                        .ifPresent(description ->
                                description.path("headers").fieldNames().forEachRemaining(headers::add));
            }
            return new Camel(
                    headers,
                    Arrays.stream(ExchangePropertyKey.values())
                            .map(ExchangePropertyKey::getName)
                            .collect(Collectors.toSet()));
        }
    }

    /**
     * Names of one kind.
     *
     * @param what they are, for people
     * @param own Threadpost's, a closed list
     * @param camel Camel's, as far as they are described
     * @param set those that the file sets
     */
    private record Names(String what, Set<String> own, Set<String> camel, Set<String> set) {
        boolean has(String name) {
            return own.stream().anyMatch(name::equalsIgnoreCase)
                    || camel.stream().anyMatch(name::equalsIgnoreCase)
                    || set.stream().anyMatch(name::equalsIgnoreCase);
        }

        boolean ownByName(String name) {
            return name.toLowerCase(Locale.ROOT).startsWith("threadpost");
        }
    }

    NameCheck(
            Camel camel,
            RouteContext routeContext,
            List<ModelElement> elements,
            SourceText source,
            FindingCollector findingCollector) {
        this.headers = new Names(
                "header", own(ExchangeNames.Kind.HEADER), camel.headers(), set(elements, "SetHeaderDefinition", null));
        this.properties = new Names(
                "property",
                own(ExchangeNames.Kind.PROPERTY),
                camel.properties(),
                set(elements, "SetPropertyDefinition", null));
        this.variables =
                new Names("variable", Set.of(), Set.of(), set(elements, "SetVariableDefinition", "variableReceive"));
        this.threadFields = new TreeSet<>(THREAD);
        threadFields.addAll(variables.set());
        routeContext
                .setting(DECLARED)
                .ifPresent(fields -> threadFields.addAll(List.of(fields.strip().split("\\s*,\\s*"))));
        this.source = source;
        this.findingCollector = findingCollector;
    }

    private static Set<String> own(ExchangeNames.Kind kind) {
        return ExchangeNames.all().stream()
                .filter(name -> name.kind() == kind)
                .map(ExchangeNames.Name::name)
                .collect(Collectors.toSet());
    }

    private static Set<String> set(List<ModelElement> elements, String definition, String property) {
        Set<String> names = new TreeSet<>();
        for (ModelElement modelElement : elements) {
            if (modelElement.is(definition)) {
                modelElement
                        .text("name")
                        .ifPresent(name -> names.add(name.text().strip()));
            }
            if (property != null && modelElement.value().is(YamlNode.Kind.MAP)) {
                modelElement.value().textAt(property).ifPresent(names::add);
            }
        }
        return names;
    }

    void check(List<ModelElement> elements) {
        BodyTrack body = new BodyTrack();
        for (ModelElement modelElement : elements) {
            body.pass(modelElement);
            expression(modelElement).ifPresent(text -> {
                fields(text, body.at(modelElement));
                each(HEADER, text, name -> known(headers, name, text));
                each(PROPERTY, text, name -> known(properties, name, text));
                each(VARIABLE, text, name -> {
                    if (!name.equals("header")) {
                        near(variables, name, text);
                    }
                });
            });
            named(modelElement, "HeaderExpression", headers);
            named(modelElement, "ExchangePropertyExpression", properties);
        }
    }

    private static Optional<YamlNode> expression(ModelElement modelElement) {
        return switch (modelElement.definition()) {
            case "SimpleExpression" -> modelElement.text("expression");
            case "LogDefinition" -> modelElement.text("message");
            case "ToDynamicDefinition", "WireTapDefinition" -> modelElement.text("uri");
            default -> Optional.empty();
        };
    }

    private void named(ModelElement modelElement, String definition, Names names) {
        if (modelElement.is(definition)) {
            modelElement
                    .text("expression")
                    .ifPresent(text -> known(names, text.text().strip(), text));
        }
    }

    private void fields(YamlNode text, BodyTrack.Body body) {
        Set<String> fields = body == BodyTrack.Body.MAIL ? MAIL : threadFields;
        if (body == BodyTrack.Body.UNKNOWN) {
            return;
        }
        each(FIELD, text, name -> {
            if (fields.contains(name)) {
                return;
            }
            // In a spool there may lie something else, with names of its own.
            Optional<String> near = new NearestWord(fields)
                    .likely(name)
                    .filter(like -> body != BodyTrack.Body.PERHAPS_THREAD || !like.equalsIgnoreCase(name));
            String whose = body == BodyTrack.Body.MAIL ? "a mail" : "a thread";
            SourcePosition sourcePosition = source.find(text, name);
            String problem = whose + " has no field " + findingCollector.quote(name);
            if (near.isPresent() && body != BodyTrack.Body.PERHAPS_THREAD) {
                findingCollector.error(
                        sourcePosition.line(), sourcePosition.column(), problem, "did you mean `" + near.get() + "`?");
            } else if (near.isPresent() || body != BodyTrack.Body.PERHAPS_THREAD) {
                findingCollector.warning(
                        sourcePosition.line(),
                        sourcePosition.column(),
                        problem,
                        near.map(like -> "did you mean `" + like + "`?")
                                .orElseGet(() ->
                                        "write one of " + String.join(", ", new TreeSet<>(fields)) + declare(body)));
            }
        });
    }

    private static String declare(BodyTrack.Body body) {
        return body == BodyTrack.Body.MAIL ? "" : "; one that the platform has added is declared in " + DECLARED;
    }

    private void known(Names names, String name, YamlNode text) {
        if (names.has(name)) {
            return;
        }
        if (names.ownByName(name)) {
            Optional<String> near = new NearestWord(names.own()).likely(name);
            SourcePosition sourcePosition = source.find(text, name);
            String problem = "Threadpost has no " + names.what() + " " + findingCollector.quote(name);
            if (near.isPresent()) {
                findingCollector.error(
                        sourcePosition.line(), sourcePosition.column(), problem, "did you mean `" + near.get() + "`?");
            } else {
                findingCollector.warning(
                        sourcePosition.line(), sourcePosition.column(), problem, "see the list in docs/reference.md");
            }
        } else {
            near(names, name, text);
        }
    }

    /** Somebody else may set it; but one that is nearly there was meant to be it. */
    private void near(Names names, String name, YamlNode text) {
        Set<String> known = new TreeSet<>(names.set());
        if (name.startsWith("Camel")) {
            known.addAll(names.camel());
        }
        if (!names.has(name)) {
            new NearestWord(known).likely(name).ifPresent(like -> {
                SourcePosition sourcePosition = source.find(text, name);
                findingCollector.warning(
                        sourcePosition.line(),
                        sourcePosition.column(),
                        "nothing here sets the " + names.what() + " " + findingCollector.quote(name),
                        "did you mean `" + like + "`?");
            });
        }
    }

    private static void each(Pattern pattern, YamlNode text, java.util.function.Consumer<String> look) {
        Matcher matcher = pattern.matcher(text.text());
        Set<String> seen = new TreeSet<>();
        while (matcher.find()) {
            if (seen.add(matcher.group(1))) {
                look.accept(matcher.group(1));
            }
        }
    }
}
