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

import io.threadpost.settings.TextFormat;

/** Fills the {@link FileOutline} of a file. */
final class OutlineReader {
    private static final Pattern PARAMETER = Pattern.compile("\\s*\\{\\{([^{}:?!]+)}}\\s*");

    private final EndpointReader endpointReader;
    private final List<FileOutline.Name> routes = new ArrayList<>();
    private final List<FileOutline.Template> templates = new ArrayList<>();
    private final List<FileOutline.Name> configurations = new ArrayList<>();
    private final List<FileOutline.Name> beans = new ArrayList<>();
    private final List<FileOutline.Name> kamelets = new ArrayList<>();
    private final List<FileOutline.Name> from = new ArrayList<>();
    private final List<FileOutline.Name> to = new ArrayList<>();
    private final List<FileOutline.Name> steps = new ArrayList<>();
    private final List<FileOutline.Filled> filled = new ArrayList<>();
    private final List<FileOutline.Name> keys = new ArrayList<>();
    private final List<FileOutline.Name> words = new ArrayList<>();

    OutlineReader(EndpointReader endpointReader) {
        this.endpointReader = endpointReader;
    }

    /** @param kamelet the name of the kamelet that the file is */
    FileOutline read(YamlNode file, List<ModelElement> elements, Optional<YamlNode> kamelet) {
        words(file);
        kamelet.ifPresent(name -> kamelets.add(name(name.text(), name)));
        for (ModelElement modelElement : elements) {
            switch (modelElement.shape().name()) {
                case "RouteDefinition" -> {
                    // The route of a template has an id only when it is made.
                    if (modelElement.parent() == null && kamelet.isEmpty()) {
                        id(modelElement, "id", routes);
                    }
                }
                case "TemplatedRouteDefinition" -> {
                    id(modelElement, "routeId", routes);
                    filled(modelElement.value());
                }
                case "RouteTemplateDefinition" -> template(modelElement, elements);
                case "RouteConfigurationDefinition" -> configuration(modelElement);
                case "BeanFactoryDefinition" -> id(modelElement, "name", beans);
                default -> {
                    if (modelElement.shape().properties().containsKey("id")) {
                        id(modelElement, "id", steps);
                    }
                }
            }
            EndpointUse.of(modelElement).forEach(this::endpoint);
        }
        return new FileOutline(
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
                new UseReader(endpointReader).read(elements),
                filled);
    }

    private static void id(ModelElement modelElement, String key, List<FileOutline.Name> names) {
        modelElement
                .value()
                .at(key)
                .filter(yamlNode -> yamlNode.is(YamlNode.Kind.TEXT))
                .ifPresent(yamlNode -> names.add(name(yamlNode.text(), yamlNode)));
    }

    private void configuration(ModelElement modelElement) {
        Optional<YamlNode> id = modelElement.value().at("id").filter(yamlNode -> yamlNode.is(YamlNode.Kind.TEXT));
        configurations.add(name(id.map(YamlNode::text).orElse(""), id.orElse(modelElement.key())));
    }

    /** A parameter that is an option of one of Threadpost's own endpoints has the form of that. */
    private static Map<String, TextFormat> forms(ModelElement template, List<ModelElement> elements) {
        Map<String, TextFormat> forms = new HashMap<>();
        for (ModelElement modelElement : elements) {
            if (!within(template, modelElement)) {
                continue;
            }
            for (EndpointUse use : EndpointUse.of(modelElement)) {
                String scheme = EndpointUri.of(use.uri()).scheme();
                for (YamlNode.Entry entry :
                        use.parameters().map(YamlNode::entries).orElse(List.of())) {
                    Matcher parameter = PARAMETER.matcher(entry.value().text());
                    if (parameter.matches()) {
                        OwnOptionFormats.of(scheme, entry.name())
                                .ifPresent(textFormat -> forms.put(parameter.group(1), textFormat));
                    }
                }
            }
        }
        return forms;
    }

    private static boolean within(ModelElement outer, ModelElement inner) {
        ModelElement modelElement = inner;
        while (modelElement != null && modelElement != outer) {
            modelElement = modelElement.parent();
        }
        return modelElement != null;
    }

    private List<FileOutline.Name> from(ModelElement template, List<ModelElement> elements) {
        return elements.stream()
                .filter(modelElement -> within(template, modelElement))
                .flatMap(modelElement -> EndpointUse.of(modelElement).stream())
                .filter(use -> use.direction() == EndpointUse.Direction.FROM)
                .map(use -> name(endpointReader.read(use).bare(), use.place()))
                .toList();
    }

    private void template(ModelElement modelElement, List<ModelElement> elements) {
        List<YamlNode> parameters =
                modelElement.value().at("parameters").map(YamlNode::items).orElse(List.of());
        Set<String> known = new TreeSet<>();
        Set<String> needed = new TreeSet<>();
        for (YamlNode parameter : parameters) {
            parameter.textAt("name").ifPresent(name -> {
                known.add(name);
                if (parameter.at("defaultValue").isEmpty()
                        && !parameter.textAt("required").equals(Optional.of("false"))) {
                    needed.add(name);
                }
            });
        }
        modelElement
                .value()
                .at("id")
                .filter(yamlNode -> yamlNode.is(YamlNode.Kind.TEXT))
                .ifPresent(id -> templates.add(new FileOutline.Template(
                        name(id.text(), id),
                        known,
                        needed,
                        forms(modelElement, elements),
                        from(modelElement, elements))));
    }

    private void filled(YamlNode use) {
        List<FileOutline.Given> parameters = new ArrayList<>();
        use.at("parameters").map(YamlNode::items).orElse(List.of()).forEach(item -> item.at("name")
                .ifPresent(name -> parameters.add(new FileOutline.Given(
                        name(name.text(), name),
                        item.at("value")
                                .filter(value -> value.is(YamlNode.Kind.TEXT))
                                .map(value -> name(value.text(), value))
                                .orElse(null)))));
        use.at("routeTemplateRef")
                .ifPresent(ref -> filled.add(new FileOutline.Filled(name(ref.text(), ref), parameters)));
    }

    private void endpoint(EndpointUse use) {
        String bare = endpointReader.read(use).bare();
        (use.direction() == EndpointUse.Direction.FROM ? from : to).add(name(bare, use.place()));
    }

    private void words(YamlNode yamlNode) {
        switch (yamlNode.kind()) {
            case TEXT -> words.add(name(yamlNode.text(), yamlNode));
            case LIST -> yamlNode.items().forEach(this::words);
            case MAP ->
                yamlNode.entries().forEach(entry -> {
                    keys.add(name(entry.name(), entry.key()));
                    words(entry.value());
                });
            case EMPTY -> {}
        }
    }

    private static FileOutline.Name name(String name, YamlNode at) {
        return new FileOutline.Name(name, at.line(), at.column());
    }
}
