package io.threadpost.vocabulary;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.threadpost.routecheck.RouteVocabulary.Component;
import io.threadpost.routecheck.RouteVocabulary.Conflict;
import io.threadpost.routecheck.RouteVocabulary.Problem;
import io.threadpost.routecheck.RouteVocabulary.TextRule;
import io.threadpost.routecheck.RouteVocabulary.Trait;
import io.threadpost.settings.TextFormat;

/**
 * Threadpost's components, with the rules for paths and options that they themselves would enforce only when a route
 * starts.
 */
final class ComponentRules {
    private static final TextRule ANY = text -> Optional.empty();

    private ComponentRules() {}

    static List<Component> all() {
        return List.of(
                new Component(
                        "spool",
                        rule(
                                "[a-z][a-z0-9-]{0,62}",
                                "`%s` is not a valid spool name",
                                "write lower-case letters, digits and hyphens, such as spool:files"),
                        Map.of("cron", format(TextFormat.CRON), "zone", format(TextFormat.ZONE)),
                        List.of(new Conflict(
                                "batch",
                                "parallel",
                                new Problem(
                                        "`parallel` hands out single items, and `batch` lists of them",
                                        "keep one of them"))),
                        Set.of(Trait.IN_PROCESS, Trait.SINGLE_CONSUMER, Trait.ONE_WAY)),
                new Component(
                        "windows",
                        rule("open", "there is no `windows:%s`", "write windows:open"),
                        Map.of(),
                        List.of(),
                        Set.of(Trait.SINGLE_CONSUMER)),
                new Component(
                        "digest",
                        ANY,
                        Map.of(
                                "from", format(TextFormat.MAIL_ADDRESS),
                                "to", format(TextFormat.MAIL_ADDRESSES),
                                "language", format(TextFormat.LANGUAGE),
                                "zone", format(TextFormat.ZONE)),
                        List.of(),
                        Set.of()),
                new Component(
                        "reply",
                        rule("mail", "there is no `reply:%s`", "write reply:mail"),
                        Map.of("from", format(TextFormat.MAIL_ADDRESS), "language", format(TextFormat.LANGUAGE)),
                        List.of(),
                        Set.of()),
                new Component("mail", ANY, Map.of(), List.of(), Set.of(Trait.ONE_WAY)),
                new Component("mailbox", ANY, Map.of(), List.of(), Set.of()),
                new Component(
                        "files",
                        rule(
                                "json|ndjson|csv",
                                "there is no `files:%s`",
                                "write files:json, files:ndjson or files:csv"),
                        Map.of(
                                "folder", below("folder"),
                                "name", below("name"),
                                "separator",
                                        rule(
                                                ".?|comma|semicolon|tab|\\\\t",
                                                "the separator cannot be `%s`",
                                                "write one character, comma, semicolon or tab"),
                                "charset", ComponentRules::charset,
                                "zone", format(TextFormat.ZONE)),
                        List.of(),
                        Set.of()));
    }

    private static TextRule rule(String pattern, String problem, String advice) {
        return text ->
                text.matches(pattern) ? Optional.empty() : Optional.of(new Problem(problem.formatted(text), advice));
    }

    /** What an expression gives is known only when the route runs. */
    private static TextRule format(TextFormat textFormat) {
        return text -> text.contains("${") || text.contains("$simple{")
                ? Optional.empty()
                : textFormat.refusal(text).map(refusal -> {
                    int advice = refusal.lastIndexOf("; ");
                    return new Problem(refusal.substring(0, advice), refusal.substring(advice + 2));
                });
    }

    private static TextRule below(String option) {
        return text -> text.matches("/.*|[A-Za-z]:.*|.*\\\\.*|(.*/)?\\.{1,2}(/.*)?")
                ? Optional.of(new Problem(
                        "`" + option + "` leads elsewhere",
                        "write a place below threadpost.files.directory, such as ${header.ThreadpostConnection}"))
                : Optional.empty();
    }

    private static Optional<Problem> charset(String name) {
        try {
            if (name.equalsIgnoreCase("UTF-8-BOM") || Charset.isSupported(name)) {
                return Optional.empty();
            }
        } catch (IllegalCharsetNameException e) {
            // Reported like a charset that does not exist.
        }
        return Optional.of(
                new Problem("there is no charset `" + name + "`", "write one such as UTF-8 or windows-1250"));
    }
}
