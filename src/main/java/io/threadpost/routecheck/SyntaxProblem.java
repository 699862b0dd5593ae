package io.threadpost.routecheck;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Translates an exception of the YAML parser into a finding at the cause. The parser notices late: a quote that is not
 * closed fails where the next one opens, a missing colon fails in the line below.
 *
 * @param limits has seen the events before the failure
 */
record SyntaxProblem(YamlEngineException failure, String text, YamlLimits limits) {
    private static final String INDENT = "compare the indentation with the lines above: two spaces per level";

    void reportTo(FindingCollector findings) {
        if (failure instanceof ReaderException unreadable) {
            character(unreadable, findings);
        } else if (failure instanceof MarkedYamlEngineException marked) {
            syntax(marked, findings);
        } else {
            findings.error(SourcePosition.At.BEGINNING, "this is not valid YAML", INDENT);
        }
    }

    private void character(ReaderException unreadable, FindingCollector findings) {
        int points = Math.min(unreadable.getPosition(), text.codePointCount(0, text.length()));
        String before = text.substring(0, text.offsetByCodePoints(0, points));
        findings.error(
                new SourcePosition.At(
                        1 + (int) before.chars().filter(c -> c == '\n').count(),
                        before.length() - before.lastIndexOf('\n')),
                String.format(
                        Locale.ROOT, "the character U+%04X is not allowed in a text file", unreadable.getCodePoint()),
                "save the file as UTF-8 text");
    }

    private void syntax(MarkedYamlEngineException marked, FindingCollector findings) {
        Mark at = marked.getProblemMark().or(marked::getContextMark).orElse(null);
        Mark context = marked.getContextMark().orElse(at);
        String problem = Optional.ofNullable(marked.getProblem()).orElse("");
        String around = Optional.ofNullable(marked.getContext()).orElse("");
        Optional<Mark> bracket = limits.openBracket().filter(opened -> at != null && opened.getLine() < at.getLine());
        Optional<Mark> quote = at == null ? Optional.empty() : limits.longQuote(at.getLine());
        List<String> lines = text.lines().toList();
        if (at == null) {
            findings.error(SourcePosition.At.BEGINNING, "this is not valid YAML", INDENT);
        } else if (line(lines, context.getLine()).matches("(<<<<<<<|=======|>>>>>>>).*")) {
            error(findings, context, "a merge conflict is not resolved", "choose one of its two sides");
        } else if (around.contains("quoted scalar")) {
            error(findings, context, "a quoted text is not closed", "close the quote");
        } else if (quote.isPresent()) {
            error(
                    findings,
                    quote.get(),
                    "a quoted text ends only in line " + (at.getLine() + 1),
                    "close the quote where the text ends");
        } else if (problem.contains("TAB")) {
            error(findings, at, "a tab is not allowed here", "write spaces instead of tabs");
        } else if (bracket.isPresent()) {
            error(findings, bracket.get(), "a bracket is not closed", "close `[` by `]` and `{` by `}`");
        } else if (problem.contains("could not find expected ':'")) {
            error(
                    findings,
                    context,
                    "a colon is missing after a key",
                    "write `key: value`, or correct the indentation");
        } else if (problem.contains("mapping values are not allowed")) {
            colon(findings, at, lines);
        } else {
            error(findings, at, words(problem), advice(problem));
        }
    }

    /** One colon too many; or one too few in the line before, which then continues on this line. */
    private static void colon(FindingCollector findings, Mark at, List<String> lines) {
        String here = line(lines, at.getLine());
        String before = line(lines, at.getLine() - 1);
        if (indent(before) + (before.strip().startsWith("- ") ? 2 : 0) == indent(here)
                && !before.contains(": ")
                && !before.strip().endsWith(":")) {
            findings.error(
                    new SourcePosition.At(at.getLine(), indent(here) + 1),
                    "a colon is missing after a key",
                    "write `key: value`");
        } else {
            error(
                    findings,
                    at,
                    "unexpected colon",
                    "put a text with `: ` in it into quotes, or correct the indentation");
        }
    }

    private static String words(String problem) {
        if (problem.contains("cannot start any token")) {
            return "a text cannot begin with this character";
        }
        return problem.contains("expected <block end>") || problem.contains("not allowed here")
                ? "the indentation is wrong"
                : "this is not valid YAML";
    }

    private static String advice(String problem) {
        return problem.contains("cannot start any token") || problem.contains("alias") || problem.contains("anchor")
                ? "put a text that begins with @, `, %, *, &, { or [ into quotes"
                : INDENT;
    }

    private static void error(FindingCollector findings, Mark at, String problem, String advice) {
        findings.error(SourcePosition.At.of(at), problem, advice);
    }

    private static String line(List<String> lines, int index) {
        return index >= 0 && index < lines.size() ? lines.get(index) : "";
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }
}
