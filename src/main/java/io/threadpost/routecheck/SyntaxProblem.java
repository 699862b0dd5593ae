package io.threadpost.routecheck;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * What the YAML reader stumbled over, in the words of somebody who looks at the file. The reader notices late: a quote
 * that is not closed hurts where the next one opens, a missing colon in the line below. So the place is where it went
 * wrong, as far as that can be told.
 *
 * @param guard has seen what came before
 */
record SyntaxProblem(YamlEngineException failure, String text, YamlLimits guard) {
    private static final String INDENT =
            "compare the indentation with the lines above; it is made of spaces, two for each level";

    void tell(FindingCollector findingCollector) {
        if (failure instanceof ReaderException unreadable) {
            character(unreadable, findingCollector);
        } else if (failure instanceof MarkedYamlEngineException marked) {
            syntax(marked, findingCollector);
        } else {
            findingCollector.error(1, 1, "this is no YAML that can be read", INDENT);
        }
    }

    private void character(ReaderException unreadable, FindingCollector findingCollector) {
        int points = Math.min(unreadable.getPosition(), text.codePointCount(0, text.length()));
        String before = text.substring(0, text.offsetByCodePoints(0, points));
        findingCollector.error(
                1 + (int) before.chars().filter(c -> c == '\n').count(),
                before.length() - before.lastIndexOf('\n'),
                String.format(
                        Locale.ROOT, "the character U+%04X cannot stand in a text file", unreadable.getCodePoint()),
                "save the file as UTF-8 text");
    }

    private void syntax(MarkedYamlEngineException marked, FindingCollector findingCollector) {
        Mark at = marked.getProblemMark().or(marked::getContextMark).orElse(null);
        Mark context = marked.getContextMark().orElse(at);
        String problem = Optional.ofNullable(marked.getProblem()).orElse("");
        String around = Optional.ofNullable(marked.getContext()).orElse("");
        Optional<Mark> bracket = guard.openBracket().filter(opened -> at != null && opened.getLine() < at.getLine());
        Optional<Mark> quote = at == null ? Optional.empty() : guard.longQuote(at.getLine());
        List<String> lines = text.lines().toList();
        if (at == null) {
            findingCollector.error(1, 1, "this is no YAML that can be read", INDENT);
        } else if (line(lines, context.getLine()).matches("(<<<<<<<|=======|>>>>>>>).*")) {
            error(findingCollector, context, "a merge conflict is not resolved", "choose one of its two sides");
        } else if (around.contains("quoted scalar")) {
            error(findingCollector, context, "a text in quotes does not end", "close the quote");
        } else if (quote.isPresent()) {
            error(
                    findingCollector,
                    quote.get(),
                    "a text in quotes ends only in line " + (at.getLine() + 1),
                    "close the quote where the text ends");
        } else if (problem.contains("TAB")) {
            error(findingCollector, at, "a tab stands here", "write spaces instead of tabs");
        } else if (bracket.isPresent()) {
            error(findingCollector, bracket.get(), "a bracket is not closed", "close `[` by `]` and `{` by `}`");
        } else if (problem.contains("could not find expected ':'")) {
            error(
                    findingCollector,
                    context,
                    "a colon is missing after a key",
                    "write `key: value`, or correct the indentation");
        } else if (problem.contains("mapping values are not allowed")) {
            colon(findingCollector, at, lines);
        } else {
            error(findingCollector, at, words(problem), advice(problem));
        }
    }

    /** A colon too many; or one too few in the line before, which then reads on into this one. */
    private static void colon(FindingCollector findingCollector, Mark at, List<String> lines) {
        String here = line(lines, at.getLine());
        String before = line(lines, at.getLine() - 1);
        if (indent(before) + (before.strip().startsWith("- ") ? 2 : 0) == indent(here)
                && !before.contains(": ")
                && !before.strip().endsWith(":")) {
            findingCollector.error(
                    at.getLine(), indent(here) + 1, "a colon is missing after a key", "write `key: value`");
        } else {
            error(
                    findingCollector,
                    at,
                    "a colon stands where none can",
                    "put a text with `: ` in it into quotes, or correct the indentation");
        }
    }

    private static String words(String problem) {
        if (problem.contains("cannot start any token")) {
            return "a text cannot begin with this character";
        }
        return problem.contains("expected <block end>") || problem.contains("not allowed here")
                ? "the indentation does not fit"
                : "this is no YAML that can be read";
    }

    private static String advice(String problem) {
        return problem.contains("cannot start any token") || problem.contains("alias") || problem.contains("anchor")
                ? "put a text that begins with @, `, %, *, &, { or [ into quotes"
                : INDENT;
    }

    private static void error(FindingCollector findingCollector, Mark at, String problem, String advice) {
        findingCollector.error(at.getLine() + 1, at.getColumn() + 1, problem, advice);
    }

    private static String line(List<String> lines, int index) {
        return index >= 0 && index < lines.size() ? lines.get(index) : "";
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }
}
