package io.threadpost.example;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.threadpost.routecheck.CheckedFile;
import io.threadpost.routecheck.FileOutline;
import io.threadpost.settings.SettingsResult;

/**
 * The texts that routes look for: those in quotes in expressions, parameters of templates, and settings of mails and
 * custom ones. Nothing else of a text may stay in an example.
 */
final class RouteKeywords {
    private static final Pattern QUOTED = Pattern.compile("'([^']*)'|\"([^\"]*)\"");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\??!?([\\w.-]+)(?::([^}]*))?}}");
    /** What separates the fixed parts of a regular expression. */
    private static final Pattern SYNTAX = Pattern.compile("\\\\[A-Za-z]|\\(\\?[a-z]+\\)|[^\\p{L}\\p{N} @._'/+-]+");

    private static final Pattern OTHERS = Pattern.compile("(quarkus|camel|mp|smallrye|java|os|user|sun|jdk|env)\\..*");
    /** What the judge of mails looks for, whatever the routes are. */
    private static final List<String> JUDGE = List.of(
            "noreply",
            "no-reply",
            "no_reply",
            "donotreply",
            "do-not-reply",
            "mailer-daemon",
            "postmaster",
            "autoreply",
            "auto-reply",
            "autoresponder",
            "out of office",
            "automatic reply",
            "vacation");

    private RouteKeywords() {}

    /**
     * Collects them.
     *
     * @param wide whether every short text of a route file counts, too
     * @return in lower case, of two characters or more, the longest first
     */
    static List<String> of(Collection<CheckedFile> files, SettingsResult settings, boolean wide) {
        Set<String> secrets = settings.settings().secrets();
        Set<String> found = new LinkedHashSet<>(JUDGE);
        for (CheckedFile file : files) {
            FileOutline outline = file.outline();
            outline.words().stream().map(FileOutline.Name::name).forEach(word -> {
                String text = resolved(word, settings);
                if (text.contains("${")) {
                    Matcher quoted = QUOTED.matcher(text);
                    while (quoted.find()) {
                        add(quoted.group(1) == null ? quoted.group(2) : quoted.group(1), found);
                    }
                } else if (wide && text.length() <= 60 && text.indexOf(':') < 0) {
                    add(text, found);
                }
            });
            outline.templatedRoutes().stream()
                    .flatMap(route -> route.parameters().stream())
                    .forEach(parameter -> add(resolved(parameter.value().name(), settings), found));
        }
        for (String key : settings.keys()) {
            boolean relevant = key.startsWith("threadpost.mail.")
                    || !key.startsWith("threadpost.") && !OTHERS.matcher(key).matches() && key.equals(lower(key));
            settings.value(key)
                    .filter(value -> relevant && !secrets.contains(value))
                    .ifPresent(value -> Stream.of(value.split(",")).forEach(part -> add(part, found)));
        }
        return found.stream()
                .filter(word -> word.length() > 1 && word.chars().anyMatch(Character::isLetterOrDigit))
                .sorted((a, b) -> b.length() - a.length())
                .toList();
    }

    private static String resolved(String text, SettingsResult settings) {
        return text == null
                ? ""
                : PLACEHOLDER
                        .matcher(text)
                        .replaceAll(match -> Matcher.quoteReplacement(
                                settings.value(match.group(1)).orElse(match.group(2) == null ? "" : match.group(2))));
    }

    private static void add(String literal, Set<String> found) {
        String text = lower(literal);
        found.add(text.strip());
        for (String part : SYNTAX.split(text)) {
            found.add(part.replaceAll("^[ .]+|[ .]+$", ""));
            if (part.length() < text.length()) {
                Stream.of(part.split("[ .]+")).forEach(found::add);
            }
        }
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
