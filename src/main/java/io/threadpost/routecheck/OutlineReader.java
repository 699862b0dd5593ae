package io.threadpost.routecheck;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.threadpost.settings.Form;

/** Fills the {@link Outline} of a file. */
final class OutlineReader {
    private static final Pattern PARAMETER = Pattern.compile("\\s*\\{\\{([^{}:?!]+)}}\\s*");

    private final Endpoints endpoints;
    private final List<Outline.Name> routes = new ArrayList<>();
    private final List<Outline.Template> templates = new ArrayList<>();
    private final List<Outline.Name> configurations = new ArrayList<>();
    private final List<Outline.Name> beans = new ArrayList<>();
    private final List<Outline.Name> kamelets = new ArrayList<>();
    private final List<Outline.Name> from = new ArrayList<>();
    private final List<Outline.Name> to = new ArrayList<>();
    private final List<Outline.Name> steps = new ArrayList<>();
    private final List<Outline.Filled> filled = new ArrayList<>();
    private final List<Outline.Name> keys = new ArrayList<>();
    private final List<Outline.Name> words = new ArrayList<>();

    OutlineReader(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    /** @param kamelet the name of the kamelet that the file is */
    Outline read(Part file, List<Element> elements, Optional<Part> kamelet) {
        words(file);
        kamelet.ifPresent(name -> kamelets.add(name(name.text(), name)));
        for (Element element : elements) {
            switch (element.shape().name()) {
                case "RouteDefinition" -> {
                    // The route of a template has an id only when it is made.
                    if (element.parent() == null && kamelet.isEmpty()) {
                        id(element, "id", routes);
                    }
                }
                case "TemplatedRouteDefinition" -> {
                    id(element, "routeId", routes);
                    filled(element.value());
                }
                case "RouteTemplateDefinition" -> template(element, elements);
                case "RouteConfigurationDefinition" -> configuration(element);
                case "BeanFactoryDefinition" -> id(element, "name", beans);
                default -> {
                    if (element.shape().properties().containsKey("id")) {
                        id(element, "id", steps);
                    }
                }
            }
            EndpointUse.of(element).forEach(this::endpoint);
        }
        return new Outline(
                routes,
                templates,
                configurations,
                beans,
                kamelets,
                from,
                to,
                words,
                keys,
                steps,
                new UseReader(endpoints).read(elements),
                filled);
    }

    private static void id(Element element, String key, List<Outline.Name> names) {
        element.value()
                .at(key)
                .filter(part -> part.is(Part.Kind.TEXT))
                .ifPresent(part -> names.add(name(part.text(), part)));
    }

    private void configuration(Element element) {
        Optional<Part> id = element.value().at("id").filter(part -> part.is(Part.Kind.TEXT));
        configurations.add(name(id.map(Part::text).orElse(""), id.orElse(element.key())));
    }

    /** A parameter that is an option of one of Threadpost's own endpoints has the form of that. */
    private static Map<String, Form> forms(Element template, List<Element> elements) {
        Map<String, Form> forms = new HashMap<>();
        for (Element element : elements) {
            if (!within(template, element)) {
                continue;
            }
            for (EndpointUse use : EndpointUse.of(element)) {
                String scheme = EndpointUri.of(use.uri()).scheme();
                for (Part.Entry entry : use.parameters().map(Part::entries).orElse(List.of())) {
                    Matcher parameter = PARAMETER.matcher(entry.value().text());
                    if (parameter.matches()) {
                        OwnForms.of(scheme, entry.name()).ifPresent(form -> forms.put(parameter.group(1), form));
                    }
                }
            }
        }
        return forms;
    }

    private static boolean within(Element outer, Element inner) {
        Element element = inner;
        while (element != null && element != outer) {
            element = element.parent();
        }
        return element != null;
    }

    private List<Outline.Name> from(Element template, List<Element> elements) {
        return elements.stream()
                .filter(element -> within(template, element))
                .flatMap(element -> EndpointUse.of(element).stream())
                .filter(use -> use.direction() == EndpointUse.Direction.FROM)
                .map(use -> name(endpoints.read(use).bare(), use.place()))
                .toList();
    }

    private void template(Element element, List<Element> elements) {
        List<Part> parameters =
                element.value().at("parameters").map(Part::items).orElse(List.of());
        Set<String> known = new TreeSet<>();
        Set<String> needed = new TreeSet<>();
        for (Part parameter : parameters) {
            parameter.textAt("name").ifPresent(name -> {
                known.add(name);
                if (parameter.at("defaultValue").isEmpty()
                        && !parameter.textAt("required").equals(Optional.of("false"))) {
                    needed.add(name);
                }
            });
        }
        element.value()
                .at("id")
                .filter(part -> part.is(Part.Kind.TEXT))
                .ifPresent(id -> templates.add(new Outline.Template(
                        name(id.text(), id), known, needed, forms(element, elements), from(element, elements))));
    }

    private void filled(Part use) {
        List<Outline.Given> parameters = new ArrayList<>();
        use.at("parameters").map(Part::items).orElse(List.of()).forEach(item -> item.at("name")
                .ifPresent(name -> parameters.add(new Outline.Given(
                        name(name.text(), name),
                        item.at("value")
                                .filter(value -> value.is(Part.Kind.TEXT))
                                .map(value -> name(value.text(), value))
                                .orElse(null)))));
        use.at("routeTemplateRef").ifPresent(ref -> filled.add(new Outline.Filled(name(ref.text(), ref), parameters)));
    }

    private void endpoint(EndpointUse use) {
        String bare = endpoints.read(use).bare();
        (use.direction() == EndpointUse.Direction.FROM ? from : to).add(name(bare, use.place()));
    }

    private void words(Part part) {
        switch (part.kind()) {
            case TEXT -> words.add(name(part.text(), part));
            case LIST -> part.items().forEach(this::words);
            case MAP ->
                part.entries().forEach(entry -> {
                    keys.add(name(entry.name(), entry.key()));
                    words(entry.value());
                });
            case EMPTY -> {}
        }
    }

    private static Outline.Name name(String name, Part at) {
        return new Outline.Name(name, at.line(), at.column());
    }
}
