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
import io.threadpost.settings.Nearest;

/**
 * Looks at what expressions read: fields of a thread and of a mail, headers, properties and variables. Camel takes any name, and reads nothing
 * where there is none.
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
    private final Report report;

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

    NameCheck(Camel camel, Surroundings surroundings, List<Element> elements, SourceText source, Report report) {
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
        surroundings
                .setting(DECLARED)
                .ifPresent(fields -> threadFields.addAll(List.of(fields.strip().split("\\s*,\\s*"))));
        this.source = source;
        this.report = report;
    }

    private static Set<String> own(ExchangeNames.Kind kind) {
        return ExchangeNames.all().stream()
                .filter(name -> name.kind() == kind)
                .map(ExchangeNames.Name::name)
                .collect(Collectors.toSet());
    }

    private static Set<String> set(List<Element> elements, String definition, String property) {
        Set<String> names = new TreeSet<>();
        for (Element element : elements) {
            if (element.is(definition)) {
                element.text("name").ifPresent(name -> names.add(name.text().strip()));
            }
            if (property != null && element.value().is(Part.Kind.MAP)) {
                element.value().textAt(property).ifPresent(names::add);
            }
        }
        return names;
    }

    void check(List<Element> elements) {
        BodyTrack body = new BodyTrack();
        for (Element element : elements) {
            body.pass(element);
            expression(element).ifPresent(text -> {
                fields(text, body.at(element));
                each(HEADER, text, name -> known(headers, name, text));
                each(PROPERTY, text, name -> known(properties, name, text));
                each(VARIABLE, text, name -> {
                    if (!name.equals("header")) {
                        near(variables, name, text);
                    }
                });
            });
            named(element, "HeaderExpression", headers);
            named(element, "ExchangePropertyExpression", properties);
        }
    }

    private static Optional<Part> expression(Element element) {
        return switch (element.definition()) {
            case "SimpleExpression" -> element.text("expression");
            case "LogDefinition" -> element.text("message");
            case "ToDynamicDefinition", "WireTapDefinition" -> element.text("uri");
            default -> Optional.empty();
        };
    }

    private void named(Element element, String definition, Names names) {
        if (element.is(definition)) {
            element.text("expression")
                    .ifPresent(text -> known(names, text.text().strip(), text));
        }
    }

    private void fields(Part text, BodyTrack.Body body) {
        Set<String> fields = body == BodyTrack.Body.MAIL ? MAIL : threadFields;
        if (body == BodyTrack.Body.UNKNOWN) {
            return;
        }
        each(FIELD, text, name -> {
            if (fields.contains(name)) {
                return;
            }
            // In a spool there may lie something else, with names of its own.
            Optional<String> near = new Nearest(fields)
                    .likely(name)
                    .filter(like -> body != BodyTrack.Body.PERHAPS_THREAD || !like.equalsIgnoreCase(name));
            String whose = body == BodyTrack.Body.MAIL ? "a mail" : "a thread";
            Place place = source.find(text, name);
            String problem = whose + " has no field " + report.quote(name);
            if (near.isPresent() && body != BodyTrack.Body.PERHAPS_THREAD) {
                report.error(place.line(), place.column(), problem, "did you mean `" + near.get() + "`?");
            } else if (near.isPresent() || body != BodyTrack.Body.PERHAPS_THREAD) {
                report.warning(
                        place.line(),
                        place.column(),
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

    private void known(Names names, String name, Part text) {
        if (names.has(name)) {
            return;
        }
        if (names.ownByName(name)) {
            Optional<String> near = new Nearest(names.own()).likely(name);
            Place place = source.find(text, name);
            String problem = "Threadpost has no " + names.what() + " " + report.quote(name);
            if (near.isPresent()) {
                report.error(place.line(), place.column(), problem, "did you mean `" + near.get() + "`?");
            } else {
                report.warning(place.line(), place.column(), problem, "see the list in docs/reference.md");
            }
        } else {
            near(names, name, text);
        }
    }

    /** Somebody else may set it; but one that is nearly there was meant to be it. */
    private void near(Names names, String name, Part text) {
        Set<String> known = new TreeSet<>(names.set());
        if (name.startsWith("Camel")) {
            known.addAll(names.camel());
        }
        if (!names.has(name)) {
            new Nearest(known).likely(name).ifPresent(like -> {
                Place place = source.find(text, name);
                report.warning(
                        place.line(),
                        place.column(),
                        "nothing here sets the " + names.what() + " " + report.quote(name),
                        "did you mean `" + like + "`?");
            });
        }
    }

    private static void each(Pattern pattern, Part text, java.util.function.Consumer<String> look) {
        Matcher matcher = pattern.matcher(text.text());
        Set<String> seen = new TreeSet<>();
        while (matcher.find()) {
            if (seen.add(matcher.group(1))) {
                look.accept(matcher.group(1));
            }
        }
    }
}
