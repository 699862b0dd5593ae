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
    private static final Map<String, Outline.Use.Kind> PROPERTIES = Map.ofEntries(
            Map.entry("aggregationStrategy", Outline.Use.Kind.STRATEGY),
            Map.entry("onPrepare", Outline.Use.Kind.PROCESSOR),
            Map.entry("onRedeliveryRef", Outline.Use.Kind.PROCESSOR),
            Map.entry("onExceptionOccurredRef", Outline.Use.Kind.PROCESSOR),
            Map.entry("onPrepareFailureRef", Outline.Use.Kind.PROCESSOR),
            Map.entry("aggregationRepository", Outline.Use.Kind.BEAN),
            Map.entry("idempotentRepository", Outline.Use.Kind.BEAN),
            Map.entry("comparator", Outline.Use.Kind.BEAN),
            Map.entry("redeliveryPolicyRef", Outline.Use.Kind.BEAN),
            Map.entry("retryWhileRef", Outline.Use.Kind.BEAN),
            Map.entry("errorHandlerRef", Outline.Use.Kind.BEAN),
            Map.entry("executorService", Outline.Use.Kind.BEAN),
            Map.entry("routePolicy", Outline.Use.Kind.BEAN),
            Map.entry("logger", Outline.Use.Kind.BEAN),
            Map.entry("sagaService", Outline.Use.Kind.BEAN));

    private static final Pattern IN_SIMPLE = Pattern.compile("\\$\\{(?:bean|ref):(?!type:)([A-Za-z0-9_-]+)");

    private final Endpoints endpoints;
    private final List<Outline.Use> uses = new ArrayList<>();

    UseReader(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    List<Outline.Use> read(List<Element> elements) {
        for (Element element : elements) {
            Part value = element.value();
            if (REF.contains(element.definition())) {
                (element.is("MethodCallExpression")
                                ? value.at("ref").filter(part -> part.is(Part.Kind.TEXT))
                                : element.text("ref"))
                        .ifPresent(ref -> bean(
                                ref,
                                element.is("ProcessDefinition") ? Outline.Use.Kind.PROCESSOR : Outline.Use.Kind.BEAN));
            }
            for (Part.Entry entry : value.entries()) {
                if (PROPERTIES.containsKey(entry.name()) && entry.value().is(Part.Kind.TEXT)) {
                    bean(entry.value(), PROPERTIES.get(entry.name()));
                }
            }
            switch (element.definition()) {
                case "TemplatedRouteDefinition" ->
                    value.at("routeTemplateRef").ifPresent(ref -> add(Outline.Use.Kind.TEMPLATE, ref.text(), ref));
                case "KameletDefinition" -> element.text("name").ifPresent(name -> kamelet(name.text(), name));
                case "RouteDefinition" -> value.at("routeConfigurationId").ifPresent(this::configurations);
                case "SimpleExpression", "LogDefinition" ->
                    element.text(element.is("LogDefinition") ? "message" : "expression")
                            .ifPresent(this::simple);
                case "RefExpression" -> element.text("expression").ifPresent(ref -> bean(ref, Outline.Use.Kind.BEAN));
                default -> {}
            }
            EndpointUse.of(element).forEach(this::endpoint);
        }
        return uses;
    }

    /** Values such as {@code #name} are beans. */
    private void references(EndpointUri uri, EndpointUse use) {
        uri.options().values().stream()
                .filter(value -> value.startsWith("#"))
                .forEach(value -> bean(value, use.place(), Outline.Use.Kind.BEAN));
        endpoints.parameters(use).stream()
                .map(Part.Entry::value)
                .filter(value -> value.text().startsWith("#"))
                .forEach(value -> bean(value, Outline.Use.Kind.BEAN));
    }

    private void bean(Part ref, Outline.Use.Kind kind) {
        bean(ref.text().strip(), ref, kind);
    }

    private void bean(String written, Part ref, Outline.Use.Kind kind) {
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

    private void simple(Part text) {
        Matcher matcher = IN_SIMPLE.matcher(text.text());
        while (matcher.find()) {
            add(Outline.Use.Kind.BEAN, matcher.group(1), text);
        }
    }

    private void configurations(Part ids) {
        for (String id : ids.text().split(",")) {
            if (!id.contains("*")) {
                add(Outline.Use.Kind.CONFIGURATION, id.strip(), ids);
            }
        }
    }

    private void kamelet(String name, Part at) {
        int end = name.indexOf('/');
        add(Outline.Use.Kind.KAMELET, end < 0 ? name : name.substring(0, end), at);
    }

    private void endpoint(EndpointUse use) {
        EndpointUri uri = endpoints.read(use);
        references(uri, use);
        if (uri.scheme().equals("bean")) {
            add(Outline.Use.Kind.BEAN, uri.path(), use.place());
        } else if (uri.scheme().equals("kamelet") && !Set.of("source", "sink").contains(uri.path())) {
            kamelet(uri.path(), use.place());
        }
        if (use.direction() == EndpointUse.Direction.FROM) {
            add(Outline.Use.Kind.CONSUMER, whole(uri, use), use.place());
        }
    }

    /** The URI with all parameters in one order: two consumers with the same one are refused by Camel. */
    private String whole(EndpointUri uri, EndpointUse use) {
        Map<String, String> parameters = new TreeMap<>(uri.options());
        endpoints
                .parameters(use)
                .forEach(entry -> parameters.put(
                        entry.name(),
                        endpoints.placeholders().resolve(entry.value().text())));
        return parameters.isEmpty() ? uri.bare() : uri.bare() + "?" + parameters;
    }

    private void add(Outline.Use.Kind kind, String name, Part at) {
        if (!name.isEmpty() && !EndpointUri.open(name)) {
            uses.add(new Outline.Use(kind, new Outline.Name(name, at.line(), at.column())));
        }
    }
}
