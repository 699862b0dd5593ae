package io.threadpost.routecheck;

import java.util.Optional;

import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** What the YAML reader stumbled over, in the words of somebody who looks at the file. */
record SyntaxProblem(YamlEngineException failure, String text) {
    private static final String INDENT =
            "compare the indentation with the lines above; it is made of spaces, two for each level";

    void tell(Report report) {
        if (failure instanceof ReaderException unreadable) {
            String before = text.substring(0, text.offsetByCodePoints(0, Math.min(unreadable.getPosition(), points())));
            int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
            report.error(
                    line,
                    before.length() - before.lastIndexOf('\n'),
                    String.format("the character U+%04X cannot stand in a text file", unreadable.getCodePoint()),
                    "save the file as UTF-8 text");
            return;
        }
        Optional<Mark> mark = failure instanceof MarkedYamlEngineException marked
                ? marked.getProblemMark().or(marked::getContextMark)
                : Optional.empty();
        String problem = failure instanceof MarkedYamlEngineException marked && marked.getProblem() != null
                ? marked.getProblem()
                : "";
        String context = failure instanceof MarkedYamlEngineException marked && marked.getContext() != null
                ? marked.getContext()
                : "";
        int line = mark.map(Mark::getLine).orElse(0) + 1;
        int column = mark.map(Mark::getColumn).orElse(0) + 1;
        String[] words = words(problem, context);
        report.error(line, column, words[0], words[1]);
    }

    private int points() {
        return text.codePointCount(0, text.length());
    }

    private static String[] words(String problem, String context) {
        if (problem.contains("TAB")) {
            return new String[] {"a tab stands here", "write spaces instead of tabs"};
        }
        if (problem.contains("mapping values are not allowed")) {
            return new String[] {
                "a colon stands where none can", "put a text with `: ` in it into quotes, or correct the indentation"
            };
        }
        if (context.contains("quoted scalar")) {
            return new String[] {"a text in quotes does not end", "close the quote"};
        }
        if (problem.contains("could not find expected ':'")) {
            return new String[] {"a colon is missing after a key", "write `key: value`, or correct the indentation"};
        }
        if (context.contains("flow sequence") || context.contains("flow mapping")) {
            return new String[] {"a bracket is not closed", "close `[` by `]` and `{` by `}`"};
        }
        if (problem.contains("cannot start any token")) {
            return new String[] {
                "a text cannot begin with this character", "put a text that begins with @, `, %, { or [ into quotes"
            };
        }
        if (problem.contains("expected <block end>") || problem.contains("not allowed here")) {
            return new String[] {"the indentation does not fit", INDENT};
        }
        if (problem.contains("alias") || problem.contains("anchor")) {
            return new String[] {"a text cannot begin with `*` or `&`", "put it into quotes"};
        }
        return new String[] {"this is no YAML that can be read", INDENT};
    }
}
