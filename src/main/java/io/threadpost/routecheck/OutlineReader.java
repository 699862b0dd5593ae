package io.threadpost.routecheck;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.threadpost.routecheck.FileOutline.Name;
import io.threadpost.routecheck.FileOutline.Use;

/** Reads the {@link FileOutline} of one file. */
final class OutlineReader {
    /** Definitions whose {@code ref} names a bean. */
    private static final Set<String> REF = Set.of(
            "ProcessDefinition",
            "BeanDefinition",
            "PolicyDefinition",
            "TransactedDefinition",
            "MethodCallExpression",
            "RefErrorHandlerDefinition",
            "CustomDataFormat",
            "CustomLoadBalancerDefinition",
            "ThrowExceptionDefinition");

    /** Properties that name a bean in any definition, and its type. */
    private static final Map<String, Use.Kind> BEAN_PROPERTIES = Map.ofEntries(
            Map.entry("aggregationStrategy", Use.Kind.STRATEGY),
            Map.entry("onPrepare", Use.Kind.PROCESSOR),
            Map.entry("onRedeliveryRef", Use.Kind.PROCESSOR),
            Map.entry("onExceptionOccurredRef", Use.Kind.PROCESSOR),
            Map.entry("onPrepareFailureRef", Use.Kind.PROCESSOR),
            Map.entry("aggregationRepository", Use.Kind.BEAN),
            Map.entry("idempotentRepository", Use.Kind.BEAN),
            Map.entry("comparator", Use.Kind.BEAN),
            Map.entry("redeliveryPolicyRef", Use.Kind.BEAN),
            Map.entry("retryWhileRef", Use.Kind.BEAN),
            Map.entry("errorHandlerRef", Use.Kind.BEAN),
            Map.entry("executorService", Use.Kind.BEAN),
            Map.entry("routePolicy", Use.Kind.BEAN),
            Map.entry("logger", Use.Kind.BEAN),
            Map.entry("sagaService", Use.Kind.BEAN));

    private static final Pattern BEAN_IN_SIMPLE = Pattern.compile("\\$\\{(?:bean|ref):(?!type:)([A-Za-z0-9_-]+)");
    private static final Pattern PARAMETER = Pattern.compile("\\s*\\{\\{([^{}:?!]+)}}\\s*");

    private final List<ModelElement> elements;
    private final Map<ModelElement, List<EndpointUse>> endpoints;
    private final BuildModel build;
    private final FileOutline outline = FileOutline.empty();

    OutlineReader(List<ModelElement> elements, Map<ModelElement, List<EndpointUse>> endpoints, BuildModel build) {
        this.elements = elements;
        this.endpoints = endpoints;
        this.build = build;
    }

    /** @return the outline of a file with routes */
    FileOutline routes(YamlNode root) {
        return read(root, false);
    }

    /** @return the outline of a file with a kamelet */
    FileOutline kamelet(YamlNode root, Optional<YamlNode> name) {
        name.ifPresent(node -> outline.kamelets().add(name(node.text(), node)));
        return read(root, true);
    }

    private FileOutline read(YamlNode root, boolean kamelet) {
        words(root);
        for (ModelElement element : elements) {
            define(element, kamelet);
            use(element);
            endpoints.get(element).forEach(this::endpoint);
        }
        return outline;
    }

    private void words(YamlNode node) {
        switch (node.kind()) {
            case TEXT -> outline.words().add(name(node.text(), node));
            case LIST -> node.items().forEach(this::words);
            case MAP ->
                node.entries().forEach(entry -> {
                    outline.keys().add(name(entry.name(), entry.key()));
                    words(entry.value());
                });
            case EMPTY -> {}
        }
    }

    private void define(ModelElement element, boolean kamelet) {
        switch (element.definition()) {
            case "RouteDefinition" -> {
                // The route of a template gets its id when a route is made from it.
                if (element.parent() == null && !kamelet) {
                    id(element, "id", outline.routes());
                }
            }
            case "TemplatedRouteDefinition" -> {
                id(element, "routeId", outline.routes());
                templatedRoute(element.value());
            }
            case "RouteTemplateDefinition" -> template(element);
            case "RouteConfigurationDefinition" -> {
                Optional<YamlNode> id = element.value().text("id");
                outline.configurations().add(name(id.map(YamlNode::text).orElse(""), id.orElse(element.key())));
            }
            case "BeanFactoryDefinition" -> id(element, "name", outline.beans());
            default -> {
                if (element.shape().properties().containsKey("id")) {
                    id(element, "id", outline.steps());
                }
            }
        }
    }

    private static void id(ModelElement element, String key, List<Name> names) {
        element.value().text(key).ifPresent(node -> names.add(name(node.text(), node)));
    }

    private void template(ModelElement template) {
        Set<String> parameters = new TreeSet<>();
        Set<String> required = new TreeSet<>();
        for (YamlNode parameter : template.value().itemsAt("parameters")) {
            parameter.textAt("name").ifPresent(name -> {
                parameters.add(name);
                if (parameter.at("defaultValue").isEmpty()
                        && !parameter.textAt("required").equals(Optional.of("false"))) {
                    required.add(name);
                }
            });
        }
        Map<String, RouteVocabulary.TextRule> rules = new HashMap<>();
        List<Name> from = new ArrayList<>();
        elements.stream()
                .filter(element -> element.within(template))
                .flatMap(element -> endpoints.get(element).stream())
                .forEach(use -> {
                    rules(use, rules);
                    if (use.consumes()) {
                        from.add(name(use.uri().bare(), use.place()));
                    }
                });
        template.value().text("id").ifPresent(id -> outline.templates()
                .add(new FileOutline.Template(name(id.text(), id), parameters, required, rules, from)));
    }

    /** A parameter that is an option of the application's own endpoint follows the rule of that option. */
    private void rules(EndpointUse use, Map<String, RouteVocabulary.TextRule> rules) {
        String scheme = EndpointUri.of(use.text()).scheme();
        for (YamlNode.Entry entry : use.parameters()) {
            Matcher parameter = PARAMETER.matcher(entry.value().text());
            if (parameter.matches()) {
                build.components().rule(scheme, entry.name()).ifPresent(rule -> rules.put(parameter.group(1), rule));
            }
        }
    }

    private void templatedRoute(YamlNode use) {
        List<FileOutline.Parameter> parameters = new ArrayList<>();
        use.itemsAt("parameters").forEach(item -> item.at("name")
                .ifPresent(name -> parameters.add(new FileOutline.Parameter(
                        name(name.text(), name),
                        item.text("value")
                                .map(value -> name(value.text(), value))
                                .orElse(null)))));
        use.at("routeTemplateRef").ifPresent(ref -> outline.templatedRoutes()
                .add(new FileOutline.TemplatedRoute(name(ref.text(), ref), parameters)));
    }

    private void use(ModelElement element) {
        YamlNode value = element.value();
        if (REF.contains(element.definition())) {
            (element.is("MethodCallExpression") ? value.text("ref") : element.text("ref"))
                    .ifPresent(ref -> bean(ref, element.is("ProcessDefinition") ? Use.Kind.PROCESSOR : Use.Kind.BEAN));
        }
        for (YamlNode.Entry entry : value.entries()) {
            if (BEAN_PROPERTIES.containsKey(entry.name()) && entry.value().isText()) {
                bean(entry.value(), BEAN_PROPERTIES.get(entry.name()));
            }
        }
        switch (element.definition()) {
            case "TemplatedRouteDefinition" ->
                value.at("routeTemplateRef").ifPresent(ref -> add(Use.Kind.TEMPLATE, ref.text(), ref));
            case "KameletDefinition" -> element.text("name").ifPresent(name -> kamelet(name.text(), name));
            case "RouteDefinition" -> value.at("routeConfigurationId").ifPresent(this::configurations);
            case "SimpleExpression" -> element.text("expression").ifPresent(this::simple);
            case "LogDefinition" -> element.text("message").ifPresent(this::simple);
            case "RefExpression" -> element.text("expression").ifPresent(ref -> bean(ref, Use.Kind.BEAN));
            default -> {}
        }
    }

    private void endpoint(EndpointUse use) {
        EndpointUri uri = use.uri();
        (use.consumes() ? outline.from() : outline.to()).add(name(uri.bare(), use.place()));
        uri.options().values().stream()
                .filter(value -> value.startsWith("#"))
                .forEach(value -> bean(value, use.place(), Use.Kind.BEAN));
        use.options().stream()
                .map(YamlNode.Entry::value)
                .filter(value -> value.text().startsWith("#"))
                .forEach(value -> bean(value, Use.Kind.BEAN));
        if (uri.scheme().equals("bean")) {
            add(Use.Kind.BEAN, uri.path(), use.place());
        } else if (uri.scheme().equals("kamelet") && !Set.of("source", "sink").contains(uri.path())) {
            kamelet(uri.path(), use.place());
        }
        if (use.consumes()) {
            add(Use.Kind.CONSUMER, withOptions(use), use.place());
        }
    }

    /** The URI with all options in one order: Camel refuses two consumers of the same one. */
    private String withOptions(EndpointUse use) {
        Map<String, String> options = new TreeMap<>(use.uri().options());
        use.options()
                .forEach(entry -> options.put(
                        entry.name(), build.placeholders().resolve(entry.value().text())));
        return options.isEmpty() ? use.uri().bare() : use.uri().bare() + "?" + options;
    }

    private void bean(YamlNode ref, Use.Kind kind) {
        bean(ref.text().strip(), ref, kind);
    }

    private void bean(String written, YamlNode ref, Use.Kind kind) {
        if (!written.matches("#(class|type|property|valueAs)\\b.*")) {
            add(kind, written.replaceFirst("^#(bean:)?", ""), ref);
        }
    }

    private void simple(YamlNode text) {
        BEAN_IN_SIMPLE.matcher(text.text()).results().forEach(found -> add(Use.Kind.BEAN, found.group(1), text));
    }

    private void configurations(YamlNode ids) {
        for (String id : ids.text().split(",")) {
            if (!id.contains("*")) {
                add(Use.Kind.CONFIGURATION, id.strip(), ids);
            }
        }
    }

    private void kamelet(String name, YamlNode at) {
        int end = name.indexOf('/');
        add(Use.Kind.KAMELET, end < 0 ? name : name.substring(0, end), at);
    }

    private void add(Use.Kind kind, String name, YamlNode at) {
        if (!name.isEmpty() && !EndpointUri.hasUnknowns(name)) {
            outline.uses().add(new Use(kind, name(name, at)));
        }
    }

    private static Name name(String name, YamlNode at) {
        return new Name(name, at.line(), at.column());
    }
}
