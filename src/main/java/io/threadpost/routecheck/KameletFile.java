package io.threadpost.routecheck;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A file with one kamelet: a route template with a title and described parameters. */
record KameletFile(YamlNode file, YamlDslSchema schema, FindingCollector findings) {
    /** @return the elements of its template */
    List<ModelElement> check() {
        SchemaCheck check = new SchemaCheck(schema, findings);
        if (!file.isMap() || !file.textAt("kind").equals(Optional.of("Kamelet"))) {
            YamlNode at = file.at("kind").orElse(file);
            findings.error(
                    at,
                    "this is not a kamelet",
                    "begin the file with `apiVersion: camel.apache.org/v1` and `kind: Kamelet`");
            return new ArrayList<>();
        }
        if (name().isEmpty()) {
            findings.error(file, "the kamelet has no name", "write it as `name` below `metadata`");
        }
        Optional<YamlNode> template = file.at("spec").flatMap(spec -> spec.at("template"));
        if (template.filter(YamlNode::isMap).isEmpty()) {
            findings.error(
                    file.at("spec").orElse(file),
                    "the kamelet has no template",
                    "write `template` below `spec`, with `from` or `route` in it");
            return new ArrayList<>();
        }
        // Unlike a route template, it needs no id, and `from` may take the place of the route.
        for (YamlNode.Entry entry : template.get().entries()) {
            switch (entry.name()) {
                case "route" -> check.check(schema.definition("RouteDefinition"), entry.key(), entry.value());
                case "from" -> check.check(schema.definition("FromDefinition"), entry.key(), entry.value());
                case "beans" -> check.check(schema.definition("BeansDeserializer"), entry.key(), entry.value());
                default ->
                    findings.error(
                            entry.key(),
                            "unknown " + findings.quote(entry.name()) + " in `template`",
                            findings.instead(entry.name(), List.of("route", "from", "beans")));
            }
        }
        if (template.get().at("route").isEmpty() && template.get().at("from").isEmpty()) {
            findings.error(template.get(), "the template has no route", "write `from` or `route` into it");
        }
        return check.elements();
    }

    Optional<YamlNode> name() {
        return file.at("metadata").flatMap(metadata -> metadata.at("name")).filter(YamlNode::isText);
    }

    /** @return names of its parameters */
    Set<String> parameters() {
        Set<String> names = new HashSet<>();
        Optional<YamlNode> spec = file.at("spec");
        spec.flatMap(node -> node.at("definition"))
                .flatMap(node -> node.at("properties"))
                .ifPresent(properties -> properties.entries().forEach(entry -> names.add(entry.name())));
        spec.flatMap(node -> node.at("template"))
                .flatMap(node -> node.at("beans"))
                .ifPresent(beans ->
                        beans.items().forEach(bean -> bean.textAt("name").ifPresent(names::add)));
        return names;
    }
}
