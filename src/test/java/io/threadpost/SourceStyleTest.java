package io.threadpost;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** What the formatter does not check. */
class SourceStyleTest {
    private static final int LINE = 120;

    private static final Pattern TEXT_BLOCK = Pattern.compile("(?s)\"\"\".*?\"\"\"");
    private static final Pattern BLOCK_TAG =
            Pattern.compile("(?m)^\\s*(?:/\\*\\*|\\*) " + "*[^@\\s].*\\s@(?:param|return|throws)\\b.*$");
    private static final Pattern LOGGER = Pattern.compile("Logger\\.getLogger\\((\\w+)\\.class\\)");
    private static final Pattern INJECTED_FIELD = Pattern.compile("@Inject\\s+[\\w.<>, ?]+\\s\\w+;");

    @Test
    void linesHaveAtMost120Characters() {
        List<String> tooLong = new ArrayList<>();
        sources("src").forEach(file -> {
            String[] lines = TEXT_BLOCK
                    .matcher(Sources.text(file))
                    .replaceAll(block -> "\n".repeat((int)
                            block.group().chars().filter(c -> c == '\n').count()))
                    .split("\n");
            for (int line = 0; line < lines.length; line++) {
                if (lines[line].length() > LINE) {
                    tooLong.add(file + ":" + (line + 1));
                }
            }
        });
        assertThat(tooLong).isEmpty();
    }

    @Test
    void blockTagsOfJavadocBeginALine() {
        assertThat(found("src", BLOCK_TAG)).isEmpty();
    }

    @Test
    void loggersBearTheNameOfTheirClass() {
        assertThat(sources("src/main/java").flatMap(file -> LOGGER.matcher(Sources.text(file))
                        .results()
                        .filter(logger -> !Sources.text(file)
                                .matches("(?s).*\\b(class|record|interface|enum) " + logger.group(1) + "\\b.*"))
                        .map(logger -> file + ": " + logger.group())))
                .isEmpty();
    }

    @Test
    void whatABeanNeedsIsInjectedByItsConstructor() {
        assertThat(found("src/main/java", INJECTED_FIELD)).isEmpty();
    }

    private static List<String> found(String folder, Pattern pattern) {
        return sources(folder)
                .flatMap(file -> pattern.matcher(Sources.text(file))
                        .results()
                        .map(MatchResult::group)
                        .map(text -> file + ": " + text.strip()))
                .toList();
    }

    private static Stream<Path> sources(String folder) {
        return Sources.below(folder).stream().filter(file -> file.toString().endsWith(".java"));
    }
}
