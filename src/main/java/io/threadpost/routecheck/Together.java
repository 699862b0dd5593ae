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

import io.threadpost.settings.Form;

/** Looks at files together: what stands twice, and what is used but nowhere to be found. */
final class Together {
    private final Map<Checked, Report> reports = new LinkedHashMap<>();

    Together(Collection<Checked> files, Surroundings surroundings) {
        files.forEach(file -> reports.put(file, new Report(file.source().name(), surroundings)));
    }

    List<Finding> findings() {
        twice("route", Steps.routes(), Outline::routes);
        twice("route template", List.of(), Together::templates);
        twice("kamelet", List.of(), Outline::kamelets);
        twice("bean", Steps.all().stream().map(Steps.Step::name).toList(), Outline::beans);
        twice("step", List.of(), Outline::steps);
        new Flow(reports).check();
        uses();
        filled();
        return reports.values().stream()
                .flatMap(report -> report.findings().stream())
                .toList();
    }

    private void twice(String what, List<String> own, Function<Outline, List<Outline.Name>> list) {
        Map<String, String> first = new HashMap<>();
        own.forEach(name -> first.put(name, "Threadpost itself"));
        each(
                list,
                (report, name) -> {
                    String place = first.get(name.name());
                    if (place != null) {
                        report.error(
                                name.line(),
                                name.column(),
                                "the " + what + " " + report.quote(name.name()) + " is also in " + place,
                                "give one of them another name");
                    }
                },
                (file, name) -> first.putIfAbsent(name.name(), file + ":" + name.line()));
    }

    private void uses() {
        Collection<String> processors = steps(Steps.Kind.PROCESSOR);
        Collection<String> strategies = steps(Steps.Kind.STRATEGY);
        TreeSet<String> beans = new TreeSet<>(processors);
        beans.addAll(strategies);
        Collection<String> templates = names(Together::templates);
        Collection<String> kamelets = names(Outline::kamelets);
        Collection<String> configurations = names(Outline::configurations);
        reports.forEach((file, report) -> file.outline().uses().forEach(use -> {
            switch (use.kind()) {
                case PROCESSOR -> unknown(report, "step", use.name(), processors, true);
                case STRATEGY -> unknown(report, "aggregation strategy", use.name(), strategies, true);
                case BEAN -> unknown(report, "bean", use.name(), beans, true);
                case TEMPLATE -> unknown(report, "route template", use.name(), templates, true);
                case KAMELET -> unknown(report, "kamelet", use.name(), kamelets, true);
                case CONFIGURATION -> unknown(report, "route configuration", use.name(), configurations, false);
                case CONSUMER -> {}
            }
        }));
    }

    private void filled() {
        Map<String, Outline.Template> templates = new HashMap<>();
        reports.keySet().forEach(file -> file.outline()
                .templates()
                .forEach(template -> templates.put(template.id().name(), template)));
        reports.forEach((file, report) -> file.outline().filled().stream()
                .filter(use -> templates.containsKey(use.template().name()))
                .forEach(use -> filled(report, use, templates.get(use.template().name()))));
    }

    private static void filled(Report report, Outline.Filled use, Outline.Template template) {
        Set<String> missing = new TreeSet<>(template.needed());
        for (Outline.Given parameter : use.parameters()) {
            Outline.Name given = parameter.name();
            Form form = template.forms().get(given.name());
            if (form != null && parameter.value() != null) {
                Outline.Name value = parameter.value();
                OwnForms.check(form, value.name(), value.line(), value.column(), report);
            }
            missing.remove(given.name());
            if (!template.parameters().contains(given.name())) {
                report.error(
                        given.line(),
                        given.column(),
                        "the route template " + report.quote(template.id().name()) + " has no parameter "
                                + report.quote(given.name()),
                        report.instead(given.name(), template.parameters()));
            }
        }
        missing.forEach(name -> report.error(
                use.template().line(),
                use.template().column(),
                "the parameter " + report.quote(name) + " of "
                        + report.quote(template.id().name()) + " is missing",
                "write it below `parameters`"));
    }

    private static List<Outline.Name> templates(Outline outline) {
        return outline.templates().stream().map(Outline.Template::id).toList();
    }

    /** The steps of a kind, and the beans of the files: of which kind those are nobody can tell. */
    private Collection<String> steps(Steps.Kind kind) {
        TreeSet<String> names = new TreeSet<>(names(Outline::beans));
        Steps.all().stream().filter(step -> step.kind() == kind).forEach(step -> names.add(step.name()));
        return names;
    }

    private static void unknown(
            Report report, String what, Outline.Name used, Collection<String> known, boolean error) {
        if (known.contains(used.name())) {
            return;
        }
        String problem = "there is no " + what + " " + report.quote(used.name());
        String advice = report.instead(used.name(), known);
        if (error) {
            report.error(used.line(), used.column(), problem, advice);
        } else {
            report.warning(used.line(), used.column(), problem, advice);
        }
    }

    private Collection<String> names(Function<Outline, List<Outline.Name>> list) {
        List<String> names = new ArrayList<>();
        reports.keySet().forEach(file -> list.apply(file.outline()).forEach(name -> names.add(name.name())));
        return names;
    }

    private void each(
            Function<Outline, List<Outline.Name>> list,
            BiConsumer<Report, Outline.Name> look,
            BiConsumer<String, Outline.Name> then) {
        reports.forEach((file, report) -> list.apply(file.outline()).forEach(name -> {
            look.accept(report, name);
            then.accept(file.source().name(), name);
        }));
    }
}
