package io.threadpost.settings;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Quarkus says about a value of its own that it cannot use, such as a port that is no number.
 *
 * @param words Quarkus' message, with the value in it
 */
record QuarkusConfigError(String words) {
    private static final Pattern REFUSED = Pattern.compile(
            "(?:\\S+: )*The config property (?<key>.+?) with the config value \"(?<value>.*)\" threw an Exception whilst being"
                    + " converted (?:SRCFG\\d+: |[\\w.]+Exception: )*(?<why>.*)",
            Pattern.DOTALL);

    /** As a problem, at the place where the value was written if the message names its key. */
    SettingProblem problem(ConfigView view) {
        Matcher refused = REFUSED.matcher(words);
        if (!refused.matches()) {
            return SettingOrigin.NOWHERE.problem("", clean(words));
        }
        String key = refused.group("key");
        return view.place(key)
                .problem(key, clean("`" + refused.group("value") + "` is refused: " + refused.group("why")));
    }

    private static String clean(String text) {
        return TokenLike.masked(text.replaceAll("\\s+", " "));
    }
}
