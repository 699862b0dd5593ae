package io.threadpost.routecheck;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Checks the placeholders of a file: settings, and other sources of values. */
final class PlaceholderCheck implements RouteCheck {
    private static final Set<String> PROSE = Set.of("description", "note");

    /** Functions of Camel that read a vault. None is in this build: Camel would take the path for a default. */
    private static final Set<String> VAULTS = Set.of(
            "aws",
            "azure",
            "gcp",
            "hashicorp",
            "cyberark",
            "ibm",
            "secret",
            "secret-binary",
            "configmap",
            "configmap-binary",
            "springcloudconfig",
            "vault");

    private final ParsedFile file;
    private final RouteContext context;
    private final FindingCollector findings;

    PlaceholderCheck(ParsedFile file) {
        this.file = file;
        this.context = file.build().context();
        this.findings = file.findings();
    }

    @Override
    public void check() {
        check(file.root(), file.parameters());
    }

    /** @param parameters names that a template gives values to, within its node of the file */
    private void check(YamlNode node, Set<String> parameters) {
        switch (node.kind()) {
            case TEXT -> text(node, parameters);
            case LIST -> node.items().forEach(item -> check(item, parameters));
            case MAP ->
                node.entries().forEach(entry -> {
                    if (!PROSE.contains(entry.name()) || !entry.value().isText()) {
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
            template.itemsAt(list).forEach(item -> item.textAt("name").ifPresent(names::add));
        }
        return names;
    }

    private void text(YamlNode node, Set<String> parameters) {
        if (findings.full()) {
            return;
        }
        for (Placeholders.Placeholder placeholder : Placeholders.in(node.text())) {
            if (!parameters.contains(placeholder.key())) {
                int before = count(node.text().substring(0, placeholder.start()));
                check(placeholder, file.text().find(node, "{{", before));
            }
        }
    }

    private void check(Placeholders.Placeholder placeholder, SourcePosition position) {
        String key = placeholder.key();
        if (!placeholder.closed()) {
            findings.error(position, "`{{` is not closed", "write `}}` after the setting's key");
        } else if (placeholder.byDefault().isPresent() && isVault(key)) {
            findings.error(
                    position,
                    "there is no vault " + findings.quote(key) + " in this build",
                    "give the value to a setting, by the environment or a file, and write {{its.key}}");
        } else if (context.setting(key).filter(PlaceholderCheck::leadsToVault).isPresent()) {
            findings.error(
                    position,
                    "the value of the setting " + findings.quote(key)
                            + " refers to a vault, and there is none in this build",
                    "give it the value itself, by the environment or a file");
        } else if (key.isBlank() || key.contains("{") || key.contains(" ")) {
            findings.error(
                    position, findings.quote("{{" + key + "}}") + " names no setting", "write it like {{its.key}}");
        } else if (placeholder.optional() || placeholder.byDefault().isPresent()) {
            return;
        } else if (!placeholder.source().isEmpty()) {
            outside(placeholder, position);
        } else if (context.setting(key).isEmpty()) {
            if (context.settings().contains(key)) {
                findings.warning(
                        position,
                        "the setting " + findings.quote(key) + " has no value",
                        "set it, or give it a default: {{" + key + ":…}}");
            } else {
                findings.error(
                        position,
                        "unknown setting " + findings.quote(key),
                        FindingCollector.didYouMean(
                                key, context.settings(), "set it in application.properties, or correct it"));
            }
        }
    }

    /** @param key what comes before the first colon of a placeholder */
    private static boolean isVault(String key) {
        String name = key.strip().toLowerCase(Locale.ROOT);
        return VAULTS.contains(name) || name.startsWith("k8s") || name.startsWith("kubernetes");
    }

    private static boolean leadsToVault(String value) {
        return Placeholders.in(value).stream()
                .anyMatch(inside -> inside.byDefault().isPresent() && isVault(inside.key()));
    }

    /** A variable may exist only where the routes run: missing here, it is a warning. */
    private void outside(Placeholders.Placeholder placeholder, SourcePosition position) {
        String key = placeholder.key();
        boolean missing = placeholder.source().equals("env") && System.getenv(key) == null
                || placeholder.source().equals("sys") && System.getProperty(key) == null;
        if (missing) {
            findings.warning(
                    position,
                    findings.quote(placeholder.source() + ":" + key) + " has no value here",
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
