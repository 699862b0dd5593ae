package io.threadpost.settings;

import java.util.ArrayList;
import java.util.List;

/** Finds secrets that are set and have a file, too: nobody could tell which of the two holds. */
record DuplicateSecrets(ConfigView view) {

    /** One problem for each. */
    List<SettingProblem> find() {
        List<SettingProblem> problems = new ArrayList<>();
        for (Setting<?> setting : SettingsCatalogue.settings()) {
            if (setting.type().secret()) {
                for (String key : view.keys(setting)) {
                    SettingOrigin file = view.place(key + SecretKeys.FILE);
                    SettingOrigin secret = view.place(key);
                    if (!file.equals(SettingOrigin.NOWHERE) && !secret.equals(file)) {
                        problems.add(file.problem(
                                key + SecretKeys.FILE, "is set, and " + key + " is, too; remove one of the two"));
                    }
                }
            }
        }
        return problems;
    }
}
