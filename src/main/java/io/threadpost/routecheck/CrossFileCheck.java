package io.threadpost.routecheck;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

import io.threadpost.routecheck.FileOutline.Name;

/** Checks names across files: duplicates, and references to what no file defines. */
final class CrossFileCheck implements RouteCheck {
    private final Map<CheckedFile, FindingCollector> files;
    private final RouteVocabulary vocabulary;

    CrossFileCheck(Map<CheckedFile, FindingCollector> files, BuildModel build) {
        this.files = files;
        this.vocabulary = build.context().vocabulary();
    }

    @Override
    public void check() {
        List<String> steps =
                vocabulary.steps().stream().map(RouteVocabulary.Step::name).toList();
        duplicates("route", vocabulary.routes(), FileOutline::routes);
        duplicates("route template", List.of(), CrossFileCheck::templates);
        duplicates("kamelet", List.of(), FileOutline::kamelets);
        duplicates("bean", steps, FileOutline::beans);
        duplicates("step", List.of(), FileOutline::steps);
        references();
        parameters();
    }

    private void duplicates(String what, List<String> own, Function<FileOutline, List<Name>> list) {
        Map<String, String> first = new HashMap<>();
        own.forEach(name -> first.put(name, vocabulary.application() + " itself"));
        files.forEach((file, findings) -> list.apply(file.outline()).forEach(name -> {
            String place = first.putIfAbsent(name.name(), file.source().name() + ":" + name.line());
            if (place != null) {
                findings.error(
                        name,
                        "the " + what + " " + findings.quote(name.name()) + " is also defined in " + place,
                        "rename one of them");
            }
        }));
    }

    private void references() {
        Collection<String> processors = beans(RouteVocabulary.Step.Kind.PROCESSOR);
        Collection<String> strategies = beans(RouteVocabulary.Step.Kind.STRATEGY);
        Set<String> beans = new TreeSet<>(processors);
        beans.addAll(strategies);
        Collection<String> templates = names(CrossFileCheck::templates);
        Collection<String> kamelets = names(FileOutline::kamelets);
        Collection<String> configurations = names(FileOutline::configurations);
        files.forEach((file, findings) -> file.outline().uses().forEach(use -> {
            switch (use.kind()) {
                case PROCESSOR -> reference(findings, "step", use.name(), processors);
                case STRATEGY -> reference(findings, "aggregation strategy", use.name(), strategies);
                case BEAN -> reference(findings, "bean", use.name(), beans);
                case TEMPLATE -> reference(findings, "route template", use.name(), templates);
                case KAMELET -> reference(findings, "kamelet", use.name(), kamelets);
                case CONFIGURATION -> configuration(findings, use.name(), configurations);
                case CONSUMER -> {}
            }
        }));
    }

    private static void reference(FindingCollector findings, String what, Name used, Collection<String> known) {
        if (!known.contains(used.name())) {
            findings.error(
                    used,
                    "there is no " + what + " " + findings.quote(used.name()),
                    findings.instead(used.name(), known));
        }
    }

    /** A route without its configuration runs. */
    private static void configuration(FindingCollector findings, Name used, Collection<String> known) {
        if (!known.contains(used.name())) {
            findings.warning(
                    used,
                    "there is no route configuration " + findings.quote(used.name()),
                    findings.instead(used.name(), known));
        }
    }

    private void parameters() {
        Map<String, FileOutline.Template> templates = new HashMap<>();
        files.keySet().forEach(file -> file.outline()
                .templates()
                .forEach(template -> templates.put(template.id().name(), template)));
        files.forEach((file, findings) -> file.outline().templatedRoutes().stream()
                .filter(route -> templates.containsKey(route.template().name()))
                .forEach(route -> parameters(
                        findings, route, templates.get(route.template().name()))));
    }

    private static void parameters(
            FindingCollector findings, FileOutline.TemplatedRoute route, FileOutline.Template template) {
        String id = findings.quote(template.id().name());
        Set<String> missing = new TreeSet<>(template.required());
        for (FileOutline.Parameter parameter : route.parameters()) {
            String name = parameter.name().name();
            RouteVocabulary.TextRule rule = template.rules().get(name);
            if (rule != null && parameter.value() != null) {
                findings.apply(rule, parameter.value().name(), parameter.value());
            }
            missing.remove(name);
            if (!template.parameters().contains(name)) {
                findings.error(
                        parameter.name(),
                        "the route template " + id + " has no parameter " + findings.quote(name),
                        findings.instead(name, template.parameters()));
            }
        }
        missing.forEach(name -> findings.error(
                route.template(),
                "the parameter " + findings.quote(name) + " of " + id + " is missing",
                "write it below `parameters`"));
    }

    private static List<Name> templates(FileOutline outline) {
        return outline.templates().stream().map(FileOutline.Template::id).toList();
    }

    /** Steps of a kind, and the beans of the files, whose kind is not known. */
    private Collection<String> beans(RouteVocabulary.Step.Kind kind) {
        Set<String> names = new TreeSet<>(names(FileOutline::beans));
        vocabulary.steps().stream().filter(step -> step.kind() == kind).forEach(step -> names.add(step.name()));
        return names;
    }

    private Collection<String> names(Function<FileOutline, List<Name>> list) {
        List<String> names = new ArrayList<>();
        files.keySet().forEach(file -> list.apply(file.outline()).forEach(name -> names.add(name.name())));
        return names;
    }
}
