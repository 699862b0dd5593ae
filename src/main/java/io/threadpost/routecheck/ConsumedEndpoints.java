package io.threadpost.routecheck;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The endpoints that routes take from. A route of a template takes from what its parameters say where it is used. */
final class ConsumedEndpoints {
    private final Collection<FileOutline> files;
    private final Map<String, FileOutline.Template> templates = new HashMap<>();

    ConsumedEndpoints(Collection<FileOutline> files) {
        this.files = files;
        files.forEach(file ->
                file.templates().forEach(template -> templates.put(template.id().name(), template)));
    }

    /** @return sorted; with what cannot be known as it is written */
    Set<String> names() {
        Set<String> names = new TreeSet<>(NamedSteps.endpoints());
        for (FileOutline file : files) {
            Set<FileOutline.Name> ofTemplates = new HashSet<>();
            file.templates().forEach(template -> ofTemplates.addAll(template.from()));
            file.from().stream().filter(name -> !ofTemplates.contains(name)).forEach(name -> names.add(name.name()));
            file.filled().forEach(use -> filled(use, names));
        }
        return names;
    }

    private void filled(FileOutline.Filled use, Set<String> names) {
        FileOutline.Template template = templates.get(use.template().name());
        if (template == null) {
            return;
        }
        for (FileOutline.Name from : template.from()) {
            String name = from.name();
            for (FileOutline.Given given : use.parameters()) {
                if (given.value() != null) {
                    name = name.replace(
                            "{{" + given.name().name() + "}}", given.value().name());
                }
            }
            names.add(name);
        }
    }
}
