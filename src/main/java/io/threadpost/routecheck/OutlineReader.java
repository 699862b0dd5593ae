package io.threadpost.routecheck;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Fills the {@link Outline} of a file. */
final class OutlineReader {
    private final Placeholders placeholders;
    private final List<Outline.Name> routes = new ArrayList<>();
    private final List<Outline.Name> templates = new ArrayList<>();
    private final List<Outline.Name> configurations = new ArrayList<>();
    private final List<Outline.Name> beans = new ArrayList<>();
    private final List<Outline.Name> kamelets = new ArrayList<>();
    private final List<Outline.Name> from = new ArrayList<>();
    private final List<Outline.Name> to = new ArrayList<>();
    private final List<Outline.Name> steps = new ArrayList<>();
    private final List<String> words = new ArrayList<>();

    OutlineReader(Placeholders placeholders) {
        this.placeholders = placeholders;
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
                case "TemplatedRouteDefinition" -> id(element, "routeId", routes);
                case "RouteTemplateDefinition" -> id(element, "id", templates);
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
                steps,
                new UseReader(placeholders).read(elements));
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

    private void endpoint(EndpointUse use) {
        String bare = EndpointUri.of(placeholders.resolve(use.uri().strip())).bare();
        (use.direction() == EndpointUse.Direction.FROM ? from : to).add(name(bare, use.place()));
    }

    private void words(Part part) {
        switch (part.kind()) {
            case TEXT -> words.add(part.text());
            case LIST -> part.items().forEach(this::words);
            case MAP ->
                part.entries().forEach(entry -> {
                    words.add(entry.name());
                    words(entry.value());
                });
            case EMPTY -> {}
        }
    }

    private static Outline.Name name(String name, Part at) {
        return new Outline.Name(name, at.line(), at.column());
    }
}
