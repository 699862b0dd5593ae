package io.threadpost.settings;

import java.util.List;

/** The catalogue of settings as rows of a table, for the tests of pages. */
public final class SettingRows {
    private SettingRows() {}

    /** @return key, default and description of each setting that is no secret, for the connection {@code main} */
    public static List<List<String>> all() {
        return SettingsCatalogue.settings().stream()
                .filter(setting -> !setting.type().secret())
                .map(setting -> List.of(
                        "`{{" + setting.example() + "}}`",
                        setting.byDefault().isEmpty() ? "" : "`" + setting.byDefault() + "`",
                        setting.description()))
                .toList();
    }
}
