package io.threadpost.settings;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Settings that exist once for each name that people choose: those of connections and of mailboxes. */
enum SettingFamily {
    /** Access tokens. */
    CONNECTION("threadpost.connections.", false),
    /** Mailboxes: the name {@code main} is omitted in keys, so that a single mailbox needs no name. */
    MAILBOX("threadpost.mail.", true);

    /** Where the name is in the pattern of a key. */
    static final String NAME = "<name>";

    /** The name of the member that needs none, and of the one in examples. */
    static final String MAIN = "main";

    /** What a name may be. */
    static final String NAME_PATTERN = "[A-Za-z0-9_-]+";

    private final String prefix;
    private final boolean bareMain;

    SettingFamily(String prefix, boolean bareMain) {
        this.prefix = prefix;
        this.bareMain = bareMain;
    }

    /** What precedes the name. */
    String prefix() {
        return prefix;
    }

    /** The family that a pattern of keys belongs to; empty for the key of a single setting. */
    static Optional<SettingFamily> of(String pattern) {
        return Stream.of(values())
                .filter(settingFamily -> pattern.startsWith(settingFamily.prefix + NAME + "."))
                .findFirst();
    }

    /** The key for one name. */
    String key(String pattern, String name) {
        return bareMain && name.equals(MAIN) ? pattern.replace(NAME + ".", "") : pattern.replace(NAME, name);
    }

    /** The keys that may have been meant by the written one. */
    Stream<String> candidates(String pattern, String written) {
        Stream<String> named = Stream.of(key(pattern, nameIn(written).orElse(NAME)));
        return bareMain ? Stream.concat(Stream.of(key(pattern, MAIN)), named) : named;
    }

    /** The name in a key of this family, whether or not the setting exists; empty when there is no valid one. */
    private Optional<String> nameIn(String key) {
        Matcher matcher = Pattern.compile(Pattern.quote(prefix) + "(" + NAME_PATTERN + ")\\..+")
                .matcher(key);
        return matcher.matches() && !(bareMain && matcher.group(1).equals(MAIN))
                ? Optional.of(matcher.group(1))
                : Optional.empty();
    }

    /**
     * Every name for which one of the settings has a value, sorted.
     *
     * @param patterns the keys of this family's settings
     * @param written the keys that are set anywhere but in the environment
     * @param variables the environment's variables
     * @param isSet whether a key has a value
     */
    Set<String> names(
            List<String> patterns, Collection<String> written, Collection<String> variables, Predicate<String> isSet) {
        Set<String> main = patterns.stream().map(pattern -> key(pattern, MAIN)).collect(Collectors.toSet());
        Set<String> names = new TreeSet<>();
        if (main.stream().anyMatch(isSet)) {
            names.add(MAIN);
        }
        for (String key : written) {
            nameIn(key)
                    .filter(name -> patterns.stream()
                            .anyMatch(pattern -> key(pattern, name).equals(key)))
                    .filter(name -> isSet.test(key))
                    .ifPresent(names::add);
        }
        Set<String> bare = main.stream().map(SettingOrigin::variable).collect(Collectors.toSet());
        Pattern named = named(patterns);
        for (String variable : variables) {
            Matcher matcher = named.matcher(variable);
            if (!bare.contains(variable)
                    && matcher.matches()
                    && names.stream().noneMatch(name -> matcher.group(1).equals(SettingOrigin.variable(name)))) {
                // HOTEL_NORD may mean hotel_nord or hotel-nord; a name that no key spells out is taken as the latter.
                String name = matcher.group(1).toLowerCase(Locale.ROOT).replace('_', '-');
                patterns.stream()
                        .map(pattern -> key(pattern, name))
                        .filter(key -> SettingOrigin.variable(key).equals(variable))
                        .filter(isSet)
                        .findFirst()
                        .ifPresent(key -> names.add(name));
            }
        }
        return names;
    }

    /** Variables of this family, with the shortest name: of NORTH_DONE_FOLDER, the setting is done-folder. */
    private Pattern named(List<String> patterns) {
        return Pattern.compile(SettingOrigin.variable(prefix) + "([A-Z0-9_]+?)_("
                + patterns.stream()
                        .map(pattern -> SettingOrigin.variable(pattern.substring((prefix + NAME + ".").length())))
                        .collect(Collectors.joining("|"))
                + ")");
    }
}
