package io.threadpost.settings;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What there may be several of, each under a name that people choose. */
enum SettingFamily {
    /** Access tokens. */
    CONNECTION("threadpost.connections.", false),
    /** Mailboxes: the name {@code main} is left out, so that whoever has one needs no name. */
    MAILBOX("threadpost.mail.", true);

    /** The name of the one that needs none, and of the one in examples. */
    static final String MAIN = "main";

    private static final String NAME = "[A-Za-z0-9_-]+";

    private final String prefix;
    private final boolean bareMain;

    SettingFamily(String prefix, boolean bareMain) {
        this.prefix = prefix;
        this.bareMain = bareMain;
    }

    /** What stands before the name. */
    String prefix() {
        return prefix;
    }

    /** The family that a pattern of keys belongs to; empty for the key of a single setting. */
    static Optional<SettingFamily> of(String pattern) {
        return Stream.of(values())
                .filter(settingFamily -> pattern.startsWith(settingFamily.prefix + Setting.NAME + "."))
                .findFirst();
    }

    /** The key for one name. */
    String key(String pattern, String name) {
        return bareMain && name.equals(MAIN)
                ? pattern.replace(Setting.NAME + ".", "")
                : pattern.replace(Setting.NAME, name);
    }

    /** Its settings. */
    List<Setting<?>> settings() {
        return SettingsCatalogue.withFiles().stream()
                .filter(setting -> setting.family().filter(this::equals).isPresent())
                .toList();
    }

    /**
     * The name in a key of this family, whether or not the setting exists; empty when there is none, or none that can
     * be used.
     */
    Optional<String> nameIn(String key) {
        Matcher matcher =
                Pattern.compile(Pattern.quote(prefix) + "(" + NAME + ")\\..+").matcher(key);
        return matcher.matches() && !(bareMain && matcher.group(1).equals(MAIN))
                ? Optional.of(matcher.group(1))
                : Optional.empty();
    }

    /** The keys that somebody may have meant who wrote this one. */
    Stream<String> candidates(Setting<?> setting, String written) {
        Stream<String> named = Stream.of(setting.key(nameIn(written).orElse(Setting.NAME)));
        return bareMain ? Stream.concat(Stream.of(setting.key(MAIN)), named) : named;
    }
}
