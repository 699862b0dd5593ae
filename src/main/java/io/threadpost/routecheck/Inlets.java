package io.threadpost.routecheck;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The endpoints that routes take from. A route of a template takes from what its parameters say where it is used. */
final class Inlets {
    private final Collection<Outline> files;
    private final Map<String, Outline.Template> templates = new HashMap<>();

    Inlets(Collection<Outline> files) {
        this.files = files;
        files.forEach(file ->
                file.templates().forEach(template -> templates.put(template.id().name(), template)));
    }

    /** @return sorted; with what cannot be known as it is written */
    Set<String> names() {
        Set<String> names = new TreeSet<>(Steps.endpoints());
        for (Outline file : files) {
            Set<Outline.Name> ofTemplates = new HashSet<>();
            file.templates().forEach(template -> ofTemplates.addAll(template.from()));
            file.from().stream().filter(name -> !ofTemplates.contains(name)).forEach(name -> names.add(name.name()));
            file.filled().forEach(use -> filled(use, names));
        }
        return names;
    }

    private void filled(Outline.Filled use, Set<String> names) {
        Outline.Template template = templates.get(use.template().name());
        if (template == null) {
            return;
        }
        for (Outline.Name from : template.from()) {
            String name = from.name();
            for (Outline.Given given : use.parameters()) {
                if (given.value() != null) {
                    name = name.replace(
                            "{{" + given.name().name() + "}}", given.value().name());
                }
            }
            names.add(name);
        }
    }
}
