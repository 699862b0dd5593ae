package io.threadpost.settings;

import java.util.Locale;

/**
 * Where a setting is made.
 *
 * @param text for people, such as {@code application.properties:12} or {@code -Dthreadpost.pull.period}; empty for
 *     nowhere
 * @param namesKey whether the text already says which setting it is
 */
record SettingOrigin(String text, boolean namesKey) {
    static final SettingOrigin NOWHERE = new SettingOrigin("", false);

    static SettingOrigin systemProperty(String key) {
        return new SettingOrigin("-D" + key, true);
    }

    static SettingOrigin environment(String variable) {
        return new SettingOrigin("environment variable " + variable, true);
    }

    static SettingOrigin line(String file, int line) {
        return new SettingOrigin(file + ":" + line, false);
    }

    /** The environment variable that sets a key. */
    static String variable(String key) {
        return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    SettingProblem problem(String key, String what) {
        return new SettingProblem(text, namesKey ? "" : key, what, false);
    }

    SettingProblem warning(String key, String what) {
        return new SettingProblem(text, key, what, true);
    }
}
