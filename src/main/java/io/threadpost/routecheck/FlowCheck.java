package io.threadpost.routecheck;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.threadpost.routecheck.FileOutline.Name;

/** Checks the flow between routes: endpoints without a consumer, with more than one, and cycles. */
final class FlowCheck implements RouteCheck {
    private final Map<CheckedFile, FindingCollector> files;
    private final RouteVocabulary vocabulary;

    /** Schemes within the process: a route has to consume what is sent there. */
    private final Set<String> inProcess = new HashSet<>(Set.of("direct", "seda"));

    /** Schemes whose endpoints have one consumer. */
    private final Set<String> singleConsumer = new HashSet<>(Set.of("direct", "seda", "file"));

    /** The application's schemes: endpoints with different options are the same one there. */
    private final Set<String> competing = new HashSet<>();

    FlowCheck(Map<CheckedFile, FindingCollector> files, BuildModel build) {
        this.files = files;
        this.vocabulary = build.context().vocabulary();
        for (RouteVocabulary.Component component : vocabulary.components()) {
            if (component.has(RouteVocabulary.Trait.SINGLE_CONSUMER)) {
                singleConsumer.add(component.scheme());
            }
            if (component.has(RouteVocabulary.Trait.IN_PROCESS)) {
                inProcess.add(component.scheme());
                competing.add(component.scheme());
            }
        }
    }

    @Override
    public void check() {
        consumers();
        Set<String> consumed = consumedEndpoints();
        files.forEach((file, findings) -> file.outline().to().forEach(name -> consumer(name, consumed, findings)));
        circles();
    }

    private void consumer(Name sent, Set<String> consumed, FindingCollector findings) {
        String uri = sent.name();
        String scheme = scheme(uri);
        if (!inProcess.contains(scheme) || consumed.contains(uri) || EndpointUri.hasUnknowns(uri)) {
            return;
        }
        List<String> alike = consumed.stream()
                .filter(known -> scheme(known).equals(scheme))
                // Endpoints of routes in Java are never suggested: they may change other systems.
                .filter(known -> !vocabulary.endpoints().contains(known)
                        && !vocabulary.internalEndpoints().contains(known))
                .toList();
        // An endpoint with an unknown placeholder may be the one.
        if (alike.stream().noneMatch(EndpointUri::hasUnknowns)) {
            findings.warning(
                    sent,
                    "no route consumes " + findings.quote(uri),
                    FindingCollector.didYouMean(
                            uri, alike, "add a route with `from: " + scheme + ":…`, or correct the name"));
        }
    }

    /** @return the URIs that routes consume; a route from a template consumes what its parameters say */
    private Set<String> consumedEndpoints() {
        Map<String, FileOutline.Template> templates = new HashMap<>();
        files.keySet().forEach(file -> file.outline()
                .templates()
                .forEach(template -> templates.put(template.id().name(), template)));
        Set<String> consumed = new TreeSet<>(vocabulary.endpoints());
        for (CheckedFile file : files.keySet()) {
            Set<Name> ofTemplates = new HashSet<>();
            file.outline().templates().forEach(template -> ofTemplates.addAll(template.from()));
            file.outline().from().stream()
                    .filter(name -> !ofTemplates.contains(name))
                    .forEach(name -> consumed.add(name.name()));
            file.outline().templatedRoutes().stream()
                    .filter(route -> templates.containsKey(route.template().name()))
                    .forEach(route -> templates
                            .get(route.template().name())
                            .from()
                            .forEach(from -> consumed.add(withParameters(from.name(), route.parameters()))));
        }
        return consumed;
    }

    private static String withParameters(String uri, List<FileOutline.Parameter> parameters) {
        String filled = uri;
        for (FileOutline.Parameter parameter : parameters) {
            if (parameter.value() != null) {
                filled = filled.replace(
                        "{{" + parameter.name().name() + "}}", parameter.value().name());
            }
        }
        return filled;
    }

    /** Routes that call each other in a cycle never end. */
    private void circles() {
        Map<String, Set<String>> calls = new HashMap<>();
        files.keySet().forEach(file -> file.outline().to().stream()
                .filter(name -> scheme(name.name()).equals("direct"))
                .forEach(name -> calls.computeIfAbsent(caller(file.outline(), name), from -> new TreeSet<>())
                        .add(name.name())));
        files.forEach((file, findings) -> file.outline().to().stream()
                .filter(name -> scheme(name.name()).equals("direct"))
                .filter(name -> reaches(calls, name.name(), caller(file.outline(), name), new TreeSet<>()))
                .forEach(name -> findings.error(
                        name,
                        findings.quote(name.name()) + " leads back to this route in an endless circle",
                        "send it elsewhere")));
    }

    private static boolean reaches(Map<String, Set<String>> calls, String from, String to, Set<String> seen) {
        return from.equals(to)
                || seen.add(from)
                        && calls.getOrDefault(from, Set.of()).stream().anyMatch(next -> reaches(calls, next, to, seen));
    }

    /** The endpoint of the route around a position: the last one that is consumed before it. */
    private static String caller(FileOutline file, Name at) {
        return file.from().stream()
                .filter(from -> from.isBefore(at))
                .reduce((first, second) -> second)
                .map(Name::name)
                .orElse("");
    }

    /** Camel starts no second route on the same endpoint. With other options it is another endpoint to Camel. */
    private void consumers() {
        Map<String, String> withOptions = new HashMap<>();
        Map<String, String> without = new HashMap<>();
        vocabulary.endpoints().forEach(uri -> without.put(uri, vocabulary.application() + " itself"));
        files.forEach((file, findings) -> file.outline().uses().stream()
                .filter(use -> use.kind() == FileOutline.Use.Kind.CONSUMER)
                .map(FileOutline.Use::name)
                .filter(use -> singleConsumer.contains(scheme(use.name())))
                .forEach(use -> {
                    String bare = EndpointUri.of(use.name()).bare();
                    String place = file.source().name() + ":" + use.line();
                    String same = withOptions.putIfAbsent(use.name(), place);
                    String alike = without.putIfAbsent(bare, place);
                    if (use.name().contains("multipleConsumers=true")) {
                        return;
                    }
                    if (same != null || alike != null && bare.startsWith("direct:")) {
                        findings.error(
                                use,
                                "another route already consumes " + findings.quote(bare) + ", in "
                                        + (same == null ? alike : same),
                                "keep one of them, or rename one");
                    } else if (alike != null && competing.contains(scheme(bare))) {
                        findings.warning(
                                use,
                                "another route also consumes " + findings.quote(bare) + ", in " + alike,
                                "each item goes to one of them only: keep one");
                    }
                }));
    }

    private static String scheme(String uri) {
        int colon = uri.indexOf(':');
        return colon < 0 ? uri : uri.substring(0, colon);
    }
}
