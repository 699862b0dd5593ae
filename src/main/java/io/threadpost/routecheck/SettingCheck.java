package io.threadpost.routecheck;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Looks at the settings that a file names. */
final class SettingCheck {
    private static final Set<String> PROSE = Set.of("description", "note");

    private final RouteContext routeContext;
    private final SourceText source;
    private final FindingCollector findingCollector;

    SettingCheck(RouteContext routeContext, SourceText source, FindingCollector findingCollector) {
        this.routeContext = routeContext;
        this.source = source;
        this.findingCollector = findingCollector;
    }

    /** @param parameters names that a template gives values to; they hold below its part of the file */
    void check(YamlNode yamlNode, Set<String> parameters) {
        switch (yamlNode.kind()) {
            case TEXT -> text(yamlNode, parameters);
            case LIST -> yamlNode.items().forEach(item -> check(item, parameters));
            case MAP ->
                yamlNode.entries().forEach(entry -> {
                    if (!PROSE.contains(entry.name()) || !entry.value().is(YamlNode.Kind.TEXT)) {
                        text(entry.key(), parameters);
                        check(
                                entry.value(),
                                entry.name().equals("routeTemplate") ? within(entry.value(), parameters) : parameters);
                    }
                });
            case EMPTY -> {}
        }
    }

    private static Set<String> within(YamlNode template, Set<String> parameters) {
        Set<String> names = new HashSet<>(parameters);
        for (String list : List.of("parameters", "beans")) {
            template.at(list).map(YamlNode::items).orElse(List.of()).forEach(item -> item.textAt("name")
                    .ifPresent(names::add));
        }
        return names;
    }

    private void text(YamlNode yamlNode, Set<String> parameters) {
        List<Placeholders.Placeholder> placeholders = Placeholders.in(yamlNode.text());
        for (Placeholders.Placeholder placeholder :
                findingCollector.full() ? List.<Placeholders.Placeholder>of() : placeholders) {
            int before = count(yamlNode.text().substring(0, placeholder.start()));
            SourcePosition sourcePosition = source.find(yamlNode, "{{", before);
            if (!parameters.contains(placeholder.key())) {
                look(placeholder, sourcePosition);
            }
        }
    }

    private void look(Placeholders.Placeholder placeholder, SourcePosition sourcePosition) {
        String key = placeholder.key();
        if (!placeholder.closed()) {
            findingCollector.error(
                    sourcePosition.line(),
                    sourcePosition.column(),
                    "`{{` is not closed",
                    "write `}}` behind the setting's key");
        } else if (placeholder.byDefault().isPresent() && VaultPlaceholders.isFunction(key)) {
            VaultPlaceholders.refuse(key, sourcePosition.line(), sourcePosition.column(), findingCollector);
        } else if (routeContext.setting(key).filter(SettingCheck::leadsToVault).isPresent()) {
            findingCollector.error(
                    sourcePosition.line(),
                    sourcePosition.column(),
                    "the value of the setting " + findingCollector.quote(key)
                            + " leads to a vault, and there is none here",
                    "give it the value itself, by the environment or a file");
        } else if (key.isBlank() || key.contains("{") || key.contains(" ")) {
            findingCollector.error(
                    sourcePosition.line(),
                    sourcePosition.column(),
                    findingCollector.quote("{{" + key + "}}") + " names no setting",
                    "write it like {{threadpost.pull.period}}");
        } else if (placeholder.optional() || placeholder.byDefault().isPresent()) {
            return;
        } else if (!placeholder.source().isEmpty()) {
            outside(placeholder, sourcePosition);
        } else if (routeContext.setting(key).isEmpty()) {
            if (routeContext.settings().contains(key)) {
                findingCollector.warning(
                        sourcePosition.line(),
                        sourcePosition.column(),
                        "the setting " + findingCollector.quote(key) + " has no value",
                        "set it, or give it a default: {{" + key + ":…}}");
            } else {
                String advice = findingCollector.instead(key, routeContext.settings());
                findingCollector.error(
                        sourcePosition.line(),
                        sourcePosition.column(),
                        "unknown setting " + findingCollector.quote(key),
                        advice.startsWith("did") ? advice : "set it in application.properties, or correct it");
            }
        }
    }

    private static boolean leadsToVault(String value) {
        return Placeholders.in(value).stream()
                .anyMatch(inside -> inside.byDefault().isPresent() && VaultPlaceholders.isFunction(inside.key()));
    }

    /** A variable of the environment may be there only where Threadpost runs. */
    private void outside(Placeholders.Placeholder placeholder, SourcePosition sourcePosition) {
        String key = placeholder.key();
        boolean missing = placeholder.source().equals("env") && System.getenv(key) == null
                || placeholder.source().equals("sys") && System.getProperty(key) == null;
        if (missing) {
            findingCollector.warning(
                    sourcePosition.line(),
                    sourcePosition.column(),
                    findingCollector.quote(placeholder.source() + ":" + key) + " has no value here",
                    "set it, or give it a default: {{" + placeholder.source() + ":" + key + ":…}}");
        }
    }

    private static int count(String text) {
        int count = 0;
        for (int at = text.indexOf("{{"); at >= 0; at = text.indexOf("{{", at + 1)) {
            count++;
        }
        return count;
    }
}
