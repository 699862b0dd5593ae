package io.threadpost.settings;

/**
 * Where a setting was made.
 *
 * @param text for people, such as {@code application.properties:12} or {@code -Dthreadpost.pull.period}; empty for nowhere
 * @param namesKey whether the text already says which setting it is
 */
record Place(String text, boolean namesKey) {
    static final Place NOWHERE = new Place("", false);

    static Place systemProperty(String key) {
        return new Place("-D" + key, true);
    }

    static Place environment(String variable) {
        return new Place("environment variable " + variable, true);
    }

    static Place line(String file, int line) {
        return new Place(file + ":" + line, false);
    }

    Problem problem(String key, String what) {
        return new Problem(text, namesKey ? "" : key, what, false);
    }

    Problem missing(String key, String what) {
        return new Problem(text, key, what, true);
    }
}
