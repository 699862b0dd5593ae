package io.threadpost.routecheck;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Fills the {@link Outline} of a file. */
final class OutlineReader {
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
                case "RouteTemplateDefinition" -> template(element);
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

    private void template(Element element) {
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
                .ifPresent(id -> templates.add(new Outline.Template(name(id.text(), id), known, needed)));
    }

    private void filled(Part use) {
        List<Outline.Name> parameters = new ArrayList<>();
        use.at("parameters").map(Part::items).orElse(List.of()).forEach(item -> item.at("name")
                .ifPresent(name -> parameters.add(name(name.text(), name))));
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
