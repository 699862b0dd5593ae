package io.threadpost.routecheck;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Looks at the settings that a file names. */
final class SettingCheck {
    private static final Set<String> PROSE = Set.of("description", "note");

    private final Surroundings surroundings;
    private final SourceText source;
    private final Report report;

    SettingCheck(Surroundings surroundings, SourceText source, Report report) {
        this.surroundings = surroundings;
        this.source = source;
        this.report = report;
    }

    /** @param parameters names that a template gives values to; they hold below its part of the file */
    void check(Part part, Set<String> parameters) {
        switch (part.kind()) {
            case TEXT -> text(part, parameters);
            case LIST -> part.items().forEach(item -> check(item, parameters));
            case MAP ->
                part.entries().forEach(entry -> {
                    if (!PROSE.contains(entry.name()) || !entry.value().is(Part.Kind.TEXT)) {
                        text(entry.key(), parameters);
                        check(
                                entry.value(),
                                entry.name().equals("routeTemplate") ? within(entry.value(), parameters) : parameters);
                    }
                });
            case EMPTY -> {}
        }
    }

    private static Set<String> within(Part template, Set<String> parameters) {
        Set<String> names = new HashSet<>(parameters);
        for (String list : List.of("parameters", "beans")) {
            template.at(list).map(Part::items).orElse(List.of()).forEach(item -> item.textAt("name")
                    .ifPresent(names::add));
        }
        return names;
    }

    private void text(Part part, Set<String> parameters) {
        List<Placeholders.Placeholder> placeholders = Placeholders.in(part.text());
        for (Placeholders.Placeholder placeholder :
                report.full() ? List.<Placeholders.Placeholder>of() : placeholders) {
            int before = count(part.text().substring(0, placeholder.start()));
            Place place = source.find(part, "{{", before);
            if (!parameters.contains(placeholder.key())) {
                look(placeholder, place);
            }
        }
    }

    private void look(Placeholders.Placeholder placeholder, Place place) {
        String key = placeholder.key();
        if (!placeholder.closed()) {
            report.error(place.line(), place.column(), "`{{` is not closed", "write `}}` behind the setting's key");
        } else if (placeholder.byDefault().isPresent() && Vaults.isFunction(key)) {
            Vaults.refuse(key, place.line(), place.column(), report);
        } else if (surroundings.setting(key).filter(SettingCheck::leadsToVault).isPresent()) {
            report.error(
                    place.line(),
                    place.column(),
                    "the value of the setting " + report.quote(key) + " leads to a vault, and there is none here",
                    "give it the value itself, by the environment or a file");
        } else if (key.isBlank() || key.contains("{") || key.contains(" ")) {
            report.error(
                    place.line(),
                    place.column(),
                    report.quote("{{" + key + "}}") + " names no setting",
                    "write it like {{threadpost.pull.period}}");
        } else if (placeholder.optional() || placeholder.byDefault().isPresent()) {
            return;
        } else if (!placeholder.source().isEmpty()) {
            outside(placeholder, place);
        } else if (surroundings.setting(key).isEmpty()) {
            if (surroundings.settings().contains(key)) {
                report.warning(
                        place.line(),
                        place.column(),
                        "the setting " + report.quote(key) + " has no value",
                        "set it, or give it a default: {{" + key + ":…}}");
            } else {
                String advice = report.instead(key, surroundings.settings());
                report.error(
                        place.line(),
                        place.column(),
                        "unknown setting " + report.quote(key),
                        advice.startsWith("did") ? advice : "set it in application.properties, or correct it");
            }
        }
    }

    private static boolean leadsToVault(String value) {
        return Placeholders.in(value).stream()
                .anyMatch(inside -> inside.byDefault().isPresent() && Vaults.isFunction(inside.key()));
    }

    /** A variable of the environment may be there only where Threadpost runs. */
    private void outside(Placeholders.Placeholder placeholder, Place place) {
        String key = placeholder.key();
        boolean missing = placeholder.source().equals("env") && System.getenv(key) == null
                || placeholder.source().equals("sys") && System.getProperty(key) == null;
        if (missing) {
            report.warning(
                    place.line(),
                    place.column(),
                    report.quote(placeholder.source() + ":" + key) + " has no value here",
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
