package io.threadpost.routecheck;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A file with one kamelet: a route template with a title and described parameters. */
record KameletFile(YamlNode file, YamlDslSchema schema, FindingCollector report) {
    /** @return what the schema knows of its template */
    List<ModelElement> check() {
        SchemaCheck check = new SchemaCheck(schema, report);
        if (!file.is(YamlNode.Kind.MAP) || !file.textAt("kind").equals(Optional.of("Kamelet"))) {
            YamlNode at = file.at("kind").orElse(file);
            report.error(
                    at,
                    "this is no kamelet",
                    "begin the file with `apiVersion: camel.apache.org/v1` and `kind: Kamelet`");
            return new ArrayList<>();
        }
        if (name().isEmpty()) {
            report.error(file, "the kamelet has no name", "write it as `name` below `metadata`");
        }
        Optional<YamlNode> template = file.at("spec").flatMap(spec -> spec.at("template"));
        if (template.filter(yamlNode -> yamlNode.is(YamlNode.Kind.MAP)).isEmpty()) {
            report.error(
                    file.at("spec").orElse(file),
                    "the kamelet has no template",
                    "write `template` below `spec`, with `from` or `route` in it");
            return new ArrayList<>();
        }
        // A route template needs an id and a route; here the file gives the one, and `from` may be the other.
        for (YamlNode.Entry entry : template.get().entries()) {
            switch (entry.name()) {
                case "route" -> check.check(schema.definition("RouteDefinition"), entry.key(), entry.value());
                case "from" -> check.check(schema.definition("FromDefinition"), entry.key(), entry.value());
                case "beans" -> check.check(schema.definition("BeansDeserializer"), entry.key(), entry.value());
                default ->
                    report.error(
                            entry.key(),
                            "unknown " + report.quote(entry.name()) + " in `template`",
                            report.instead(entry.name(), List.of("route", "from", "beans")));
            }
        }
        if (template.get().at("route").isEmpty() && template.get().at("from").isEmpty()) {
            report.error(template.get(), "the template has no route", "write `from` or `route` into it");
        }
        return check.elements();
    }

    Optional<YamlNode> name() {
        return file.at("metadata").flatMap(metadata -> metadata.at("name")).filter(name -> name.is(YamlNode.Kind.TEXT));
    }

    /** @return names that stand for what its user gives */
    Set<String> parameters() {
        Set<String> names = new HashSet<>();
        Optional<YamlNode> spec = file.at("spec");
        spec.flatMap(yamlNode -> yamlNode.at("definition"))
                .flatMap(yamlNode -> yamlNode.at("properties"))
                .ifPresent(properties -> properties.entries().forEach(entry -> names.add(entry.name())));
        spec.flatMap(yamlNode -> yamlNode.at("template"))
                .flatMap(yamlNode -> yamlNode.at("beans"))
                .ifPresent(beans ->
                        beans.items().forEach(bean -> bean.textAt("name").ifPresent(names::add)));
        return names;
    }
}
