package io.threadpost.settings;

import java.util.ArrayList;
import java.util.List;

/** Finds secrets that are set and have a file, too: nobody could tell which of the two holds. */
record DoubledSecrets(ConfigView view) {

    /** One problem for each. */
    List<Problem> find() {
        List<Problem> problems = new ArrayList<>();
        for (Setting<?> setting : Catalogue.settings()) {
            if (setting.type().secret()) {
                for (String key : view.keys(setting)) {
                    Place file = view.place(key + SecretKeys.FILE);
                    Place secret = view.place(key);
                    if (!file.equals(Place.NOWHERE) && !secret.equals(file)) {
                        problems.add(file.problem(
                                key + SecretKeys.FILE, "is set, and " + key + " is, too; remove one of the two"));
                    }
                }
            }
        }
        return problems;
    }
}
