package io.threadpost.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds keys that nothing reads: mostly typing errors, which would otherwise pass in silence. */
final class UnknownKeys {
    private static final String VARIABLES = "THREADPOST_";
    /** What Kubernetes puts into every pod when a service is called threadpost; nobody wrote those. */
    private static final Pattern SERVICE_LINK =
            Pattern.compile("THREADPOST_(.*_)?(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT(_\\d+_(TCP|UDP|SCTP)(_.*)?)?)");

    private final ConfigView view;
    private final CamelKeys camel;

    UnknownKeys(ConfigView view, CamelKeys camel) {
        this.view = view;
        this.camel = camel;
    }

    /** One problem for each unknown or repeated key. */
    List<SettingProblem> find() {
        List<SettingProblem> problems = new ArrayList<>();
        for (ConfigView.Key key : view.keys()) {
            if (key.name().startsWith("camel.")) {
                camel.check(key.name())
                        .ifPresent(what -> problems.add(key.place().problem(key.name(), what)));
            } else if (!candidates(key.name()).contains(key.name())) {
                problems.add(key.place().problem(key.name(), unknown(key.name(), candidates(key.name()))));
            }
        }
        for (String variable : view.variables(VARIABLES)) {
            List<String> known = variables(variable);
            if (!known.contains(variable) && !SERVICE_LINK.matcher(variable).matches()) {
                problems.add(SettingOrigin.environment(variable).problem("", unknown(variable, known)));
            }
        }
        return problems;
    }

    static String unknown(String written, List<String> known) {
        return "unknown"
                + new NearestWord(known)
                        .to(written)
                        .map(near -> "; did you mean `" + near + "`?")
                        .orElse("");
    }

    private static List<String> candidates(String key) {
        // A name that cannot be used stays out of the candidates, so that its keys are refused as well.
        return SettingsCatalogue.withFiles().stream()
                .flatMap(setting -> setting.family()
                        .map(settingFamily -> settingFamily.candidates(setting, key))
                        .orElse(Stream.of(setting.key())))
                .toList();
    }

    private static List<String> variables(String written) {
        List<String> known = new ArrayList<>();
        for (Setting<?> setting : SettingsCatalogue.withFiles()) {
            known.add(ConfigView.variable(setting.example()));
            setting.family().ifPresent(settingFamily -> {
                // A name may itself hold underscores: try every length of it.
                String prefix = ConfigView.variable(settingFamily.prefix());
                String rest = written.startsWith(prefix) ? written.substring(prefix.length()) : "";
                for (int end = rest.indexOf('_'); end > 0; end = rest.indexOf('_', end + 1)) {
                    known.add(ConfigView.variable(setting.key(rest.substring(0, end))));
                }
            });
        }
        return known;
    }
}
