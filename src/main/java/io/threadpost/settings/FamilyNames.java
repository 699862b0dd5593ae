package io.threadpost.settings;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds the names that people chose for what there may be several of, in the keys and in the environment. */
record FamilyNames(ConfigView view, SettingFamily family) {

    /** Every name with a value that is not empty, sorted. */
    Set<String> find() {
        List<String> patterns = family.settings().stream().map(Setting::key).toList();
        Set<String> main = patterns.stream()
                .map(pattern -> family.key(pattern, SettingFamily.MAIN))
                .collect(Collectors.toSet());
        Set<String> names = new TreeSet<>();
        if (main.stream().anyMatch(key -> view.find(key).isPresent())) {
            names.add(SettingFamily.MAIN);
        }
        for (ConfigView.Key key : view.keys()) {
            family.nameIn(key.name())
                    .filter(name -> patterns.stream()
                            .anyMatch(pattern -> family.key(pattern, name).equals(key.name())))
                    .filter(name -> view.find(key.name()).isPresent())
                    .ifPresent(names::add);
        }
        inEnvironment(patterns, main, names);
        return names;
    }

    private void inEnvironment(List<String> patterns, Set<String> main, Set<String> names) {
        Set<String> bare = main.stream().map(ConfigView::variable).collect(Collectors.toSet());
        String prefix = ConfigView.variable(family.prefix());
        // The shortest name: of NORTH_DONE_FOLDER, the setting is done-folder.
        Pattern named = Pattern.compile(prefix + "([A-Z0-9_]+?)_("
                + patterns.stream()
                        .map(this::property)
                        .map(ConfigView::variable)
                        .collect(Collectors.joining("|"))
                + ")");
        for (String variable : view.variables(prefix)) {
            Matcher matcher = named.matcher(variable);
            if (!bare.contains(variable)
                    && matcher.matches()
                    && names.stream().noneMatch(name -> matcher.group(1).equals(ConfigView.variable(name)))) {
                // HOTEL_NORD may mean hotel_nord or hotel-nord; a name that no key spells out is taken as the latter.
                String name = matcher.group(1).toLowerCase(Locale.ROOT).replace('_', '-');
                patterns.stream()
                        .map(pattern -> family.key(pattern, name))
                        .filter(key -> ConfigView.variable(key).equals(variable))
                        .filter(key -> view.find(key).isPresent())
                        .findFirst()
                        .ifPresent(key -> names.add(name));
            }
        }
    }

    private String property(String pattern) {
        return pattern.substring((family.prefix() + Setting.NAME + ".").length());
    }
}
