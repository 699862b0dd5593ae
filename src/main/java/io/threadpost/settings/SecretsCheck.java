package io.threadpost.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.threadpost.secrets.WeakSecrets;

/** What is wrong with the way secrets are written. No problem quotes one. */
record SecretsCheck(ConfigView view) {
    private static final Pattern ESCAPE =
            Pattern.compile("\\\\(?:u\\p{XDigit}{4}|[\\\\#!=: ]|\n[ \t\f]|(?<other>.))", Pattern.DOTALL);
    private static final Pattern OTHER_NAMES = Pattern.compile("(?i).*(?:token|password|passwd|passphrase|secret)");

    /** Secrets that are set and have a file, too: which of the two holds would be hard to tell. */
    List<SettingProblem> duplicates() {
        List<SettingProblem> problems = new ArrayList<>();
        for (Setting<?> setting : SettingsCatalogue.secrets()) {
            for (String key : view.keys(setting)) {
                SettingOrigin file = view.place(key + Setting.FILE);
                SettingOrigin secret = view.place(key);
                if (!file.equals(SettingOrigin.NOWHERE) && !secret.equals(file)) {
                    problems.add(
                            file.problem(key + Setting.FILE, "is set, and " + key + " is, too; remove one of the two"));
                }
            }
        }
        return problems;
    }

    /**
     * Secrets in the file whose <code>$$</code> or embedded <code>${…}</code> earlier builds replaced: now they are
     * used as written. Only warnings.
     */
    List<SettingProblem> literalDollars() {
        Map<String, SettingProblem> warnings = new LinkedHashMap<>();
        PropertiesFile file = view.file();
        for (PropertiesFile.Entry entry : file.entries()) {
            warnings.remove(entry.key());
            literalDollar(entry)
                    .ifPresent(what -> warnings.put(
                            entry.key(),
                            SettingOrigin.line(file.name(), entry.line())
                                    .warning(
                                            entry.key(),
                                            what + "; otherwise " + SettingOrigin.variable(entry.bareKey()) + " or "
                                                    + entry.bareKey() + Setting.FILE
                                                    + " holds it without this warning")));
        }
        return List.copyOf(warnings.values());
    }

    private static Optional<String> literalDollar(PropertiesFile.Entry entry) {
        boolean threadposts = SecretKeys.ours(entry.bareKey());
        if (threadposts
                && entry.value().matches("(?s).*\\$\\{[^}]+}.*")
                && !SecretValues.reference(entry.value().strip())) {
            return Optional.of("holds `${…}` and more, which is used as written; if a variable is meant, put the whole"
                    + " secret into it and write `${NAME}` alone");
        }
        return entry.value().contains("$$") && (threadposts || SecretKeys.own(entry.bareKey(), Set.of()))
                ? Optional.of("holds `$$`, which is used as written; if one `$` is meant, write one")
                : Optional.empty();
    }

    /** Secrets that cannot be kept out of the log. */
    List<SettingProblem> weak() {
        List<SettingProblem> problems = new ArrayList<>();
        for (Setting<?> setting : SettingsCatalogue.secrets()) {
            view.keys(setting).forEach(key -> view.find(key)
                    .filter(found -> found.value().filter(WeakSecrets::isWeak).isPresent())
                    .ifPresent(found -> problems.add(found.place()
                            .problem(
                                    key,
                                    "is too weak to be kept out of the log, as it is a common word or shorter than "
                                            + WeakSecrets.SHORTEST
                                            + " characters; choose a longer one, here and where it is set"))));
        }
        return problems;
    }

    /**
     * Secrets in the file that would be read as something else than what is written: a properties file drops
     * backslashes, and a blank at the end of a line is invisible. A line that continues in an indented one is intended:
     * long tokens are written like that.
     */
    List<SettingProblem> misread() {
        List<SettingProblem> problems = new ArrayList<>();
        for (PropertiesFile.Entry entry : view.file().entries()) {
            String key = entry.bareKey();
            boolean own =
                    SecretKeys.own(key, Set.of()) && OTHER_NAMES.matcher(key).matches();
            String trap = SecretKeys.ours(key) || own ? trap(entry.written(), key) : "";
            if (!trap.isEmpty()) {
                problems.add(
                        SettingOrigin.line(view.file().name(), entry.line()).problem(entry.key(), trap));
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
                return (other.equals("\n")
                                ? "continues on the next line, since a backslash ends this one"
                                : "holds a backslash that a properties file does not read as one")
                        + "; write \\\\ for each backslash of the secret";
            }
        }
        boolean blank = written.length() > end && written.matches("(?s).*[ \\t\\f]");
        return blank && !key.endsWith("token")
                ? "ends with a blank; remove it, or write \\u0020 where it belongs to the secret"
                : "";
    }
}
