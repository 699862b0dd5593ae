package io.threadpost.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds secrets in a file that would be read as something else than what stands there: a properties file drops
 * backslashes, and nobody sees a blank at the end of a line. A line that goes on in one which is indented is meant so:
 * long tokens are written like that.
 */
record SecretLines(PropertiesFile file) {
    private static final Pattern ESCAPE =
            Pattern.compile("\\\\(?:u\\p{XDigit}{4}|[\\\\#!=: ]|\n[ \t\f]|(?<other>.))", Pattern.DOTALL);
    private static final Pattern OTHER_NAMES = Pattern.compile("(?i).*(?:token|password|passwd|passphrase|secret)");

    /** One problem for each line; none of them quotes the secret. */
    List<SettingProblem> find() {
        List<SettingProblem> problems = new ArrayList<>();
        for (PropertiesFile.Entry entry : file.entries()) {
            String key = entry.bareKey();
            boolean own =
                    SecretKeys.own(key, Set.of()) && OTHER_NAMES.matcher(key).matches();
            if (SecretKeys.ours(key) || own) {
                String trap = trap(entry.written(), key);
                if (!trap.isEmpty()) {
                    problems.add(SettingOrigin.line(file.name(), entry.line()).problem(entry.key(), trap));
                }
            }
        }
        return problems;
    }

    private static String trap(String written, String key) {
        Matcher escapes = ESCAPE.matcher(written);
        int end = 0;
        while (escapes.find()) {
            end = escapes.end();
            String other = escapes.group("other");
            if (other != null) {
                return other.equals("\n")
                        ? "goes on in the next line, since a backslash ends this one; write \\\\ for each backslash of the secret"
                        : "holds a backslash that a properties file does not read as one; write \\\\ for each backslash of the secret";
            }
        }
        boolean blank = written.length() > end && written.matches("(?s).*[ \\t\\f]");
        return blank && !key.endsWith("token")
                ? "ends with a blank; remove it, or write \\u0020 where it belongs to the secret"
                : "";
    }
}
