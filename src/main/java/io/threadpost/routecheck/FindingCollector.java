package io.threadpost.routecheck;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

import io.threadpost.settings.NearestWord;

/** Collects what is found in one file. What it shows of the file is short, on one line, and holds no secret. */
final class FindingCollector {
    private static final int LONGEST = 60;
    private static final int FEW = 12;
    private static final int MOST = 200;

    private final String file;
    private final RouteContext routeContext;
    private final List<RouteFinding> findings = new ArrayList<>();

    FindingCollector(String file, RouteContext routeContext) {
        this.file = file;
        this.routeContext = routeContext;
    }

    void error(YamlNode at, String problem, String advice) {
        error(at.line(), at.column(), problem, advice);
    }

    void error(int line, int column, String problem, String advice) {
        add(RouteFinding.Severity.ERROR, line, column, problem, advice);
    }

    void warning(YamlNode at, String problem, String advice) {
        add(RouteFinding.Severity.WARNING, at.line(), at.column(), problem, advice);
    }

    void warning(int line, int column, String problem, String advice) {
        add(RouteFinding.Severity.WARNING, line, column, problem, advice);
    }

    /** @return in the order of the file, nothing twice */
    List<RouteFinding> findings() {
        return findings.stream()
                .distinct()
                .sorted(Comparator.comparingInt(RouteFinding::line).thenComparingInt(RouteFinding::column))
                .toList();
    }

    /** @return whether more would not be kept */
    boolean full() {
        return findings.size() >= MOST;
    }

    /** @return the text in backquotes, as a message may show it */
    String quote(String text) {
        if (routeContext.holdsSecret(text)) {
            return "`***`";
        }
        return "`" + (text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text).replace('`', '\'') + "`";
    }

    /** @return the advice for a name that is not known */
    String instead(String written, Collection<String> known) {
        return new NearestWord(known)
                .likely(written)
                .map(near -> "did you mean `" + near + "`?")
                .orElseGet(() -> known.isEmpty()
                        ? "correct or remove it"
                        : known.size() <= FEW ? "write one of " + String.join(", ", known) : "correct or remove it");
    }

    private void add(RouteFinding.Severity severity, int line, int column, String problem, String advice) {
        if (!full()) {
            findings.add(new RouteFinding(severity, oneLine(file), line, column, oneLine(problem), oneLine(advice)));
        }
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
