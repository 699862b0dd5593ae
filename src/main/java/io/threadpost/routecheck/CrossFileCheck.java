package io.threadpost.routecheck;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;

import io.threadpost.settings.TextFormat;

/** Looks at files together: what stands twice, and what is used but nowhere to be found. */
final class CrossFileCheck {
    private final Map<CheckedFile, FindingCollector> reports = new LinkedHashMap<>();

    CrossFileCheck(Collection<CheckedFile> files, RouteContext routeContext) {
        files.forEach(
                file -> reports.put(file, new FindingCollector(file.source().name(), routeContext)));
    }

    List<RouteFinding> findings() {
        twice("route", NamedSteps.routes(), FileOutline::routes);
        twice("route template", List.of(), CrossFileCheck::templates);
        twice("kamelet", List.of(), FileOutline::kamelets);
        twice("bean", NamedSteps.all().stream().map(NamedSteps.Step::name).toList(), FileOutline::beans);
        twice("step", List.of(), FileOutline::steps);
        new FlowCheck(reports).check();
        uses();
        filled();
        return reports.values().stream()
                .flatMap(findingCollector -> findingCollector.findings().stream())
                .toList();
    }

    private void twice(String what, List<String> own, Function<FileOutline, List<FileOutline.Name>> list) {
        Map<String, String> first = new HashMap<>();
        own.forEach(name -> first.put(name, "Threadpost itself"));
        each(
                list,
                (findingCollector, name) -> {
                    String place = first.get(name.name());
                    if (place != null) {
                        findingCollector.error(
                                name.line(),
                                name.column(),
                                "the " + what + " " + findingCollector.quote(name.name()) + " is also in " + place,
                                "give one of them another name");
                    }
                },
                (file, name) -> first.putIfAbsent(name.name(), file + ":" + name.line()));
    }

    private void uses() {
        Collection<String> processors = steps(NamedSteps.Kind.PROCESSOR);
        Collection<String> strategies = steps(NamedSteps.Kind.STRATEGY);
        TreeSet<String> beans = new TreeSet<>(processors);
        beans.addAll(strategies);
        Collection<String> templates = names(CrossFileCheck::templates);
        Collection<String> kamelets = names(FileOutline::kamelets);
        Collection<String> configurations = names(FileOutline::configurations);
        reports.forEach((file, findingCollector) -> file.outline().uses().forEach(use -> {
            switch (use.kind()) {
                case PROCESSOR -> unknown(findingCollector, "step", use.name(), processors, true);
                case STRATEGY -> unknown(findingCollector, "aggregation strategy", use.name(), strategies, true);
                case BEAN -> unknown(findingCollector, "bean", use.name(), beans, true);
                case TEMPLATE -> unknown(findingCollector, "route template", use.name(), templates, true);
                case KAMELET -> unknown(findingCollector, "kamelet", use.name(), kamelets, true);
                case CONFIGURATION ->
                    unknown(findingCollector, "route configuration", use.name(), configurations, false);
                case CONSUMER -> {}
            }
        }));
    }

    private void filled() {
        Map<String, FileOutline.Template> templates = new HashMap<>();
        reports.keySet().forEach(file -> file.outline()
                .templates()
                .forEach(template -> templates.put(template.id().name(), template)));
        reports.forEach((file, findingCollector) -> file.outline().filled().stream()
                .filter(use -> templates.containsKey(use.template().name()))
                .forEach(use -> filled(
                        findingCollector, use, templates.get(use.template().name()))));
    }

    private static void filled(
            FindingCollector findingCollector, FileOutline.Filled use, FileOutline.Template template) {
        Set<String> missing = new TreeSet<>(template.needed());
        for (FileOutline.Given parameter : use.parameters()) {
            FileOutline.Name given = parameter.name();
            TextFormat textFormat = template.forms().get(given.name());
            if (textFormat != null && parameter.value() != null) {
                FileOutline.Name value = parameter.value();
                OwnOptionFormats.check(textFormat, value.name(), value.line(), value.column(), findingCollector);
            }
            missing.remove(given.name());
            if (!template.parameters().contains(given.name())) {
                findingCollector.error(
                        given.line(),
                        given.column(),
                        "the route template "
                                + findingCollector.quote(template.id().name()) + " has no parameter "
                                + findingCollector.quote(given.name()),
                        findingCollector.instead(given.name(), template.parameters()));
            }
        }
        missing.forEach(name -> findingCollector.error(
                use.template().line(),
                use.template().column(),
                "the parameter " + findingCollector.quote(name) + " of "
                        + findingCollector.quote(template.id().name()) + " is missing",
                "write it below `parameters`"));
    }

    private static List<FileOutline.Name> templates(FileOutline fileOutline) {
        return fileOutline.templates().stream().map(FileOutline.Template::id).toList();
    }

    /** The steps of a kind, and the beans of the files: of which kind those are nobody can tell. */
    private Collection<String> steps(NamedSteps.Kind kind) {
        TreeSet<String> names = new TreeSet<>(names(FileOutline::beans));
        NamedSteps.all().stream().filter(step -> step.kind() == kind).forEach(step -> names.add(step.name()));
        return names;
    }

    private static void unknown(
            FindingCollector findingCollector,
            String what,
            FileOutline.Name used,
            Collection<String> known,
            boolean error) {
        if (known.contains(used.name())) {
            return;
        }
        String problem = "there is no " + what + " " + findingCollector.quote(used.name());
        String advice = findingCollector.instead(used.name(), known);
        if (error) {
            findingCollector.error(used.line(), used.column(), problem, advice);
        } else {
            findingCollector.warning(used.line(), used.column(), problem, advice);
        }
    }

    private Collection<String> names(Function<FileOutline, List<FileOutline.Name>> list) {
        List<String> names = new ArrayList<>();
        reports.keySet().forEach(file -> list.apply(file.outline()).forEach(name -> names.add(name.name())));
        return names;
    }

    private void each(
            Function<FileOutline, List<FileOutline.Name>> list,
            BiConsumer<FindingCollector, FileOutline.Name> look,
            BiConsumer<String, FileOutline.Name> then) {
        reports.forEach((file, findingCollector) -> list.apply(file.outline()).forEach(name -> {
            look.accept(findingCollector, name);
            then.accept(file.source().name(), name);
        }));
    }
}
