package io.threadpost.settings;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the names that people chose for connections, in the keys and in the environment. */
record ConnectionNames(ConfigView view) {
    private static final Pattern KEY =
            Pattern.compile("threadpost\\.connections\\.([A-Za-z0-9_-]+)\\.(access-token|enterprise-ids)");
    private static final Pattern VARIABLE =
            Pattern.compile("THREADPOST_CONNECTIONS_([A-Z0-9_]+)_(ACCESS_TOKEN|ENTERPRISE_IDS)");

    /** Every name with a value that is not empty, sorted. */
    Set<String> find() {
        Set<String> names = new TreeSet<>();
        for (ConfigView.Key key : view.keys()) {
            Matcher matcher = KEY.matcher(key.name());
            if (matcher.matches() && view.find(key.name()).isPresent()) {
                names.add(matcher.group(1));
            }
        }
        for (String variable : view.variables(ConfigView.variable(Catalogue.CONNECTIONS))) {
            Matcher matcher = VARIABLE.matcher(variable);
            if (matcher.matches()
                    && names.stream().noneMatch(name -> matcher.group(1).equals(ConfigView.variable(name)))) {
                // HOTEL_NORD may mean hotel_nord or hotel-nord; a name that no key spells out is taken as the latter.
                String name = matcher.group(1).toLowerCase(Locale.ROOT).replace('_', '-');
                if (view.find(Catalogue.CONNECTIONS + name + "." + property(matcher))
                        .isPresent()) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    private static String property(Matcher matcher) {
        return matcher.group(2).toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
