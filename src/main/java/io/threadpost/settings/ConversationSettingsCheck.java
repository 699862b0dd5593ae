package io.threadpost.settings;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Warns of settings of conversations that are valid each, and do not do together what they are for. */
final class ConversationSettingsCheck {
    /** A domain without a dot would match every sender of a country. */
    private static final Pattern SENDER = Pattern.compile("([^\\s@<>\"]+@|@?)([^\\s@<>\".]+\\.)+[^\\s@<>\".]{2,}");

    private final ConfigView view;

    ConversationSettingsCheck(ConfigView view) {
        this.view = view;
    }

    List<SettingProblem> warnings() {
        List<SettingProblem> warnings = new ArrayList<>();
        boolean from = !value(SettingsCatalogue.REPLIES_FROM).isEmpty();
        boolean server = !value(SettingsCatalogue.SMTP_HOST).isEmpty();
        if (from && !server) {
            warnings.add(warning(
                    SettingsCatalogue.REPLIES_FROM,
                    "is set and " + SettingsCatalogue.SMTP_HOST.key() + " is not, so no reply is sent; set both"));
        }
        if (from && server && value(SettingsCatalogue.MAIL_TEXT).equalsIgnoreCase("false")) {
            warnings.add(warning(
                    SettingsCatalogue.MAIL_TEXT,
                    "is false and replies are on: what a guest answers becomes another thread, whose text the hotel"
                            + " does not see; remove it, or empty " + SettingsCatalogue.REPLIES_FROM.key()));
        }
        Arrays.stream(value(SettingsCatalogue.MAIL_MAY_CONTINUE).split("[,;\\s]+"))
                .filter(entry -> !entry.isEmpty() && !SENDER.matcher(entry).matches())
                .forEach(entry -> warnings.add(warning(
                        SettingsCatalogue.MAIL_MAY_CONTINUE,
                        "`" + entry + "` is neither an address nor a domain; write them like agency.example, "
                                + "jo@agency.example")));
        return warnings;
    }

    private String value(Setting<?> setting) {
        return view.find(setting.key())
                .flatMap(ConfigView.Found::value)
                .map(String::strip)
                .orElse("");
    }

    private SettingProblem warning(Setting<?> setting, String what) {
        return view.place(setting.key()).warning(setting.key(), what);
    }
}
