package io.threadpost.routecheck;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** Collects the findings of one file. Every finding is short, on one line, and free of secrets. */
final class FindingCollector {
    private static final int LONGEST_QUOTE = 60;
    private static final int LONGEST_LIST = 12;
    private static final int MOST = 200;

    private final String file;
    private final Predicate<String> holdsSecret;
    private final List<RouteFinding> findings = new ArrayList<>();

    FindingCollector(String file, Predicate<String> holdsSecret) {
        this.file = file;
        this.holdsSecret = holdsSecret;
    }

    void error(SourcePosition at, String problem, String advice) {
        add(RouteFinding.Severity.ERROR, at, problem, advice);
    }

    void warning(SourcePosition at, String problem, String advice) {
        add(RouteFinding.Severity.WARNING, at, problem, advice);
    }

    /** Reports what a rule finds wrong with a text whose placeholders have a value. */
    void apply(RouteVocabulary.TextRule rule, String text, SourcePosition at) {
        if (!text.isBlank() && !text.contains("{{")) {
            rule.problem(text)
                    .ifPresent(found -> error(at, found.problem().replace(text, shown(text)), found.advice()));
        }
    }

    private void add(RouteFinding.Severity severity, SourcePosition at, String problem, String advice) {
        if (!full()) {
            findings.add(new RouteFinding(
                    severity, oneLine(file), at.line(), at.column(), oneLine(problem), oneLine(advice)));
        }
    }

    /** @return in the order of the file, without duplicates */
    List<RouteFinding> findings() {
        return findings.stream()
                .distinct()
                .sorted(Comparator.comparingInt(RouteFinding::line).thenComparingInt(RouteFinding::column))
                .toList();
    }

    /** @return whether further findings are dropped */
    boolean full() {
        return findings.size() >= MOST;
    }

    /** @return the text in backquotes, shortened, and masked when it holds a secret */
    String quote(String text) {
        return "`" + shown(text) + "`";
    }

    private String shown(String text) {
        if (holdsSecret.test(text)) {
            return "***";
        }
        return (text.length() > LONGEST_QUOTE ? text.substring(0, LONGEST_QUOTE) + "…" : text).replace('`', '\'');
    }

    /** @return the advice for an unknown name: the nearest known one, or all when there are few */
    String instead(String written, Collection<String> known) {
        return didYouMean(
                written,
                known,
                known.isEmpty() || known.size() > LONGEST_LIST
                        ? "correct or remove it"
                        : "write one of " + String.join(", ", known));
    }

    /** @return the nearest known name as advice, or else other advice */
    static String didYouMean(String written, Collection<String> known, String otherwise) {
        return new NearestWord(known)
                .likely(written)
                .map(FindingCollector::didYouMean)
                .orElse(otherwise);
    }

    static String didYouMean(String near) {
        return "did you mean `" + near + "`?";
    }

    private static String oneLine(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (Character.isISOControl(c) || c == 0x2028 || c == 0x2029 || c >= 0x202A && c <= 0x202E || c == 0xFEFF) {
                line.append(String.format("\\u%04x", c));
            } else {
                line.appendCodePoint(c);
            }
        });
        return line.toString();
    }
}
