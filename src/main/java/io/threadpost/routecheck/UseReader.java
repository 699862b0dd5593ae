package io.threadpost.routecheck;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds what a file needs from elsewhere: beans, templates, kamelets, configurations. */
final class UseReader {
    /** Definitions whose {@code ref} is the name of a bean. */
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

    /** Properties that are the name of a bean wherever they stand, and of which kind. */
    private static final Map<String, FileOutline.Use.Kind> PROPERTIES = Map.ofEntries(
            Map.entry("aggregationStrategy", FileOutline.Use.Kind.STRATEGY),
            Map.entry("onPrepare", FileOutline.Use.Kind.PROCESSOR),
            Map.entry("onRedeliveryRef", FileOutline.Use.Kind.PROCESSOR),
            Map.entry("onExceptionOccurredRef", FileOutline.Use.Kind.PROCESSOR),
            Map.entry("onPrepareFailureRef", FileOutline.Use.Kind.PROCESSOR),
            Map.entry("aggregationRepository", FileOutline.Use.Kind.BEAN),
            Map.entry("idempotentRepository", FileOutline.Use.Kind.BEAN),
            Map.entry("comparator", FileOutline.Use.Kind.BEAN),
            Map.entry("redeliveryPolicyRef", FileOutline.Use.Kind.BEAN),
            Map.entry("retryWhileRef", FileOutline.Use.Kind.BEAN),
            Map.entry("errorHandlerRef", FileOutline.Use.Kind.BEAN),
            Map.entry("executorService", FileOutline.Use.Kind.BEAN),
            Map.entry("routePolicy", FileOutline.Use.Kind.BEAN),
            Map.entry("logger", FileOutline.Use.Kind.BEAN),
            Map.entry("sagaService", FileOutline.Use.Kind.BEAN));

    private static final Pattern IN_SIMPLE = Pattern.compile("\\$\\{(?:bean|ref):(?!type:)([A-Za-z0-9_-]+)");

    private final EndpointReader endpointReader;
    private final List<FileOutline.Use> uses = new ArrayList<>();

    UseReader(EndpointReader endpointReader) {
        this.endpointReader = endpointReader;
    }

    List<FileOutline.Use> read(List<ModelElement> elements) {
        for (ModelElement modelElement : elements) {
            YamlNode value = modelElement.value();
            if (REF.contains(modelElement.definition())) {
                (modelElement.is("MethodCallExpression")
                                ? value.at("ref").filter(yamlNode -> yamlNode.is(YamlNode.Kind.TEXT))
                                : modelElement.text("ref"))
                        .ifPresent(ref -> bean(
                                ref,
                                modelElement.is("ProcessDefinition")
                                        ? FileOutline.Use.Kind.PROCESSOR
                                        : FileOutline.Use.Kind.BEAN));
            }
            for (YamlNode.Entry entry : value.entries()) {
                if (PROPERTIES.containsKey(entry.name()) && entry.value().is(YamlNode.Kind.TEXT)) {
                    bean(entry.value(), PROPERTIES.get(entry.name()));
                }
            }
            switch (modelElement.definition()) {
                case "TemplatedRouteDefinition" ->
                    value.at("routeTemplateRef").ifPresent(ref -> add(FileOutline.Use.Kind.TEMPLATE, ref.text(), ref));
                case "KameletDefinition" -> modelElement.text("name").ifPresent(name -> kamelet(name.text(), name));
                case "RouteDefinition" -> value.at("routeConfigurationId").ifPresent(this::configurations);
                case "SimpleExpression", "LogDefinition" ->
                    modelElement
                            .text(modelElement.is("LogDefinition") ? "message" : "expression")
                            .ifPresent(this::simple);
                case "RefExpression" ->
                    modelElement.text("expression").ifPresent(ref -> bean(ref, FileOutline.Use.Kind.BEAN));
                default -> {}
            }
            EndpointUse.of(modelElement).forEach(this::endpoint);
        }
        return uses;
    }

    /** Values such as {@code #name} are beans. */
    private void references(EndpointUri uri, EndpointUse use) {
        uri.options().values().stream()
                .filter(value -> value.startsWith("#"))
                .forEach(value -> bean(value, use.place(), FileOutline.Use.Kind.BEAN));
        endpointReader.parameters(use).stream()
                .map(YamlNode.Entry::value)
                .filter(value -> value.text().startsWith("#"))
                .forEach(value -> bean(value, FileOutline.Use.Kind.BEAN));
    }

    private void bean(YamlNode ref, FileOutline.Use.Kind kind) {
        bean(ref.text().strip(), ref, kind);
    }

    private void bean(String written, YamlNode ref, FileOutline.Use.Kind kind) {
        String name = written;
        if (name.startsWith("#bean:")) {
            name = name.substring("#bean:".length());
        } else if (name.matches("#(class|type|property|valueAs)\\b.*")) {
            return;
        } else if (name.startsWith("#")) {
            name = name.substring(1);
        }
        add(kind, name, ref);
    }

    private void simple(YamlNode text) {
        Matcher matcher = IN_SIMPLE.matcher(text.text());
        while (matcher.find()) {
            add(FileOutline.Use.Kind.BEAN, matcher.group(1), text);
        }
    }

    private void configurations(YamlNode ids) {
        for (String id : ids.text().split(",")) {
            if (!id.contains("*")) {
                add(FileOutline.Use.Kind.CONFIGURATION, id.strip(), ids);
            }
        }
    }

    private void kamelet(String name, YamlNode at) {
        int end = name.indexOf('/');
        add(FileOutline.Use.Kind.KAMELET, end < 0 ? name : name.substring(0, end), at);
    }

    private void endpoint(EndpointUse use) {
        EndpointUri uri = endpointReader.read(use);
        references(uri, use);
        if (uri.scheme().equals("bean")) {
            add(FileOutline.Use.Kind.BEAN, uri.path(), use.place());
        } else if (uri.scheme().equals("kamelet") && !Set.of("source", "sink").contains(uri.path())) {
            kamelet(uri.path(), use.place());
        }
        if (use.direction() == EndpointUse.Direction.FROM) {
            add(FileOutline.Use.Kind.CONSUMER, whole(uri, use), use.place());
        }
    }

    /** The URI with all parameters in one order: two consumers with the same one are refused by Camel. */
    private String whole(EndpointUri uri, EndpointUse use) {
        Map<String, String> parameters = new TreeMap<>(uri.options());
        endpointReader
                .parameters(use)
                .forEach(entry -> parameters.put(
                        entry.name(),
                        endpointReader.placeholders().resolve(entry.value().text())));
        return parameters.isEmpty() ? uri.bare() : uri.bare() + "?" + parameters;
    }

    private void add(FileOutline.Use.Kind kind, String name, YamlNode at) {
        if (!name.isEmpty() && !EndpointUri.open(name)) {
            uses.add(new FileOutline.Use(kind, new FileOutline.Name(name, at.line(), at.column())));
        }
    }
}
