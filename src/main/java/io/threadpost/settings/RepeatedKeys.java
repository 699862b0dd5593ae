package io.threadpost.settings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds keys that stand in the file twice: only the last one would hold, and in silence. */
record RepeatedKeys(PropertiesFile file) {

    /** One problem for each repetition. */
    List<SettingProblem> find() {
        List<SettingProblem> problems = new ArrayList<>();
        Map<String, Integer> lines = new HashMap<>();
        for (PropertiesFile.Entry entry : file.entries()) {
            String key = entry.key().startsWith("camel.") ? CamelKeys.normal(entry.key()) : entry.key();
            Integer first = lines.putIfAbsent(key, entry.line());
            if (first != null) {
                problems.add(SettingOrigin.line(file.name(), entry.line())
                        .problem(entry.key(), "is set in line " + first + " already; keep one of the two"));
            }
        }
        return problems;
    }
}
