package io.threadpost.settings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

import io.threadpost.routecheck.CamelJars;
import io.threadpost.routecheck.NearestWord;

/**
 * Finds keys that nothing reads, mostly typing errors, and keys that are set twice: both would otherwise pass
 * unnoticed.
 */
final class KeysCheck {
    private static final String CAMEL = "camel.";
    private static final String CAMEL_MAIN = "META-INF/camel-main-configuration-metadata.json";
    /** Camel's groups with free keys: beans, route templates, kamelet parameters, variables. */
    private static final Set<String> FREE = Set.of("beans", "routetemplate", "kamelet", "variable", "cluster");
    /** Camel's groups with a catalogue file for each name. */
    private static final Map<String, CamelJars.Kind> NAMED = Map.of(
            "component", CamelJars.Kind.COMPONENT,
            "dataformat", CamelJars.Kind.DATA_FORMAT,
            "language", CamelJars.Kind.LANGUAGE);
    /** What Kubernetes puts into every pod when a service is called threadpost. */
    private static final Pattern SERVICE_LINK =
            Pattern.compile("THREADPOST_(.*_)?(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT(_\\d+_(TCP|UDP|SCTP)(_.*)?)?)");

    private final ConfigView view;
    private final CamelJars jars = new CamelJars(KeysCheck.class.getClassLoader());

    KeysCheck(ConfigView view) {
        this.view = view;
    }

    /** One problem for each unknown key or environment variable. */
    List<SettingProblem> unknown() {
        List<SettingProblem> problems = new ArrayList<>();
        for (ConfigView.Key key : view.keys()) {
            Optional<String> what =
                    key.name().startsWith(CAMEL) ? camel(key.name()) : unlessKnown(key.name(), candidates(key.name()));
            what.ifPresent(text -> problems.add(key.place().problem(key.name(), text)));
        }
        view.environment().keySet().stream()
                .filter(variable -> variable.startsWith(SettingOrigin.variable(SettingsCatalogue.PREFIX)))
                .filter(variable -> !SERVICE_LINK.matcher(variable).matches())
                .sorted()
                .forEach(variable -> unlessKnown(variable, variables(variable))
                        .ifPresent(text ->
                                problems.add(SettingOrigin.environment(variable).problem("", text))));
        return problems;
    }

    /** One problem for each repetition of a key in the file: only the last one would hold. */
    List<SettingProblem> repeated() {
        List<SettingProblem> problems = new ArrayList<>();
        Map<String, Integer> lines = new HashMap<>();
        for (PropertiesFile.Entry entry : view.file().entries()) {
            String key = entry.key().startsWith(CAMEL) ? normal(entry.key()) : entry.key();
            Integer first = lines.putIfAbsent(key, entry.line());
            if (first != null) {
                problems.add(SettingOrigin.line(view.file().name(), entry.line())
                        .problem(entry.key(), "is set in line " + first + " already; keep one of the two"));
            }
        }
        return problems;
    }

    private static Optional<String> unlessKnown(String written, List<String> known) {
        return known.contains(written) ? Optional.empty() : Optional.of(unknown(written, known));
    }

    private static String unknown(String written, List<String> known) {
        return "unknown"
                + new NearestWord(known)
                        .to(written)
                        .map(near -> "; did you mean `" + near + "`?")
                        .orElse("");
    }

    private static List<String> candidates(String key) {
        // An invalid name is not among the candidates, so that its keys are refused as well.
        return SettingsCatalogue.withFiles().stream()
                .flatMap(setting -> setting.family()
                        .map(settingFamily -> settingFamily.candidates(setting.key(), key))
                        .orElse(Stream.of(setting.key())))
                .toList();
    }

    private static List<String> variables(String written) {
        List<String> known = new ArrayList<>();
        for (Setting<?> setting : SettingsCatalogue.withFiles()) {
            known.add(SettingOrigin.variable(setting.example()));
            setting.family().ifPresent(settingFamily -> {
                // A name may itself hold underscores: try every length of it.
                String prefix = SettingOrigin.variable(settingFamily.prefix());
                String rest = written.startsWith(prefix) ? written.substring(prefix.length()) : "";
                for (int end = rest.indexOf('_'); end > 0; end = rest.indexOf('_', end + 1)) {
                    known.add(SettingOrigin.variable(setting.key(rest.substring(0, end))));
                }
            });
        }
        return known;
    }

    /** The one form in which {@code camel.main.auto-startup} and {@code camel.main.autoStartup} are the same. */
    private static String normal(String key) {
        return key.replace("-", "").toLowerCase(Locale.ROOT);
    }

    /** What is wrong with a key of Camel; empty when Camel's metadata know it. */
    private Optional<String> camel(String key) {
        String[] parts = key.split("[.\\[]", 4);
        String group = parts.length > 1 ? normal(parts[1]) : "";
        if (FREE.contains(group)) {
            return Optional.empty();
        }
        return NAMED.containsKey(group) && parts.length > 2 ? camelNamed(key, group, parts[2]) : camelMain(key);
    }

    private Optional<String> camelMain(String key) {
        List<String> known = new ArrayList<>();
        for (JsonNode property : jars.json(CAMEL_MAIN).path("properties")) {
            String name = property.path("name").asText();
            known.add(name);
            boolean map = property.path("javaType").asText().contains("Map");
            if (normal(key).equals(normal(name)) || map && normal(key).matches("\\Q" + normal(name) + "\\E[.\\[].+")) {
                return Optional.empty();
            }
        }
        return Optional.of(unknown(key, known));
    }

    private Optional<String> camelNamed(String key, String group, String name) {
        Optional<JsonNode> description = jars.description(NAMED.get(group), name);
        if (description.isEmpty()) {
            return Optional.of("there is no " + group + " `" + name + "` in this build");
        }
        String prefix = CAMEL + group + "." + name + ".";
        List<String> known = new ArrayList<>();
        description
                .get()
                .path(group.equals("component") ? "componentProperties" : "properties")
                .fieldNames()
                .forEachRemaining(option -> known.add(prefix + option));
        // `camel.component.http.http-configuration.x`: what follows a known option belongs to that option's value.
        boolean found = known.stream()
                .map(KeysCheck::normal)
                .anyMatch(option -> normal(key).equals(option) || normal(key).matches("\\Q" + option + "\\E[.\\[].+"));
        return found || known.isEmpty() ? Optional.empty() : Optional.of(unknown(key, known));
    }
}
