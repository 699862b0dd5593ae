package io.threadpost.routecheck;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

import io.threadpost.settings.Nearest;

/** Collects what is found in one file. What it shows of the file is short, on one line, and holds no secret. */
final class Report {
    private static final int LONGEST = 60;
    private static final int FEW = 12;
    private static final int MOST = 200;

    private final String file;
    private final Surroundings surroundings;
    private final List<Finding> findings = new ArrayList<>();

    Report(String file, Surroundings surroundings) {
        this.file = file;
        this.surroundings = surroundings;
    }

    void error(Part at, String problem, String advice) {
        error(at.line(), at.column(), problem, advice);
    }

    void error(int line, int column, String problem, String advice) {
        add(Finding.Severity.ERROR, line, column, problem, advice);
    }

    void warning(Part at, String problem, String advice) {
        add(Finding.Severity.WARNING, at.line(), at.column(), problem, advice);
    }

    void warning(int line, int column, String problem, String advice) {
        add(Finding.Severity.WARNING, line, column, problem, advice);
    }

    /** @return in the order of the file, nothing twice */
    List<Finding> findings() {
        return findings.stream()
                .distinct()
                .sorted(Comparator.comparingInt(Finding::line).thenComparingInt(Finding::column))
                .toList();
    }

    /** @return whether more would not be kept */
    boolean full() {
        return findings.size() >= MOST;
    }

    /** @return the text in backquotes, as a message may show it */
    String quote(String text) {
        if (surroundings.holdsSecret(text)) {
            return "`***`";
        }
        return "`" + (text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text).replace('`', '\'') + "`";
    }

    /** @return the advice for a name that is not known */
    String instead(String written, Collection<String> known) {
        return new Nearest(known)
                .likely(written)
                .map(near -> "did you mean `" + near + "`?")
                .orElseGet(() -> known.isEmpty()
                        ? "correct or remove it"
                        : known.size() <= FEW ? "write one of " + String.join(", ", known) : "correct or remove it");
    }

    private void add(Finding.Severity severity, int line, int column, String problem, String advice) {
        if (!full()) {
            findings.add(new Finding(severity, oneLine(file), line, column, oneLine(problem), oneLine(advice)));
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
