package io.threadpost;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

/** README's table of promises names the tests that are annotated with them, and no others. */
class PromisesTest {
    private static final Pattern PROVES = Pattern.compile("(?s)@Proves\\((.*?)\\).*?\\bclass (\\w+)");
    private static final Pattern CONSTANT = Pattern.compile("Promise\\.(\\w+)");
    private static final Pattern TEST = Pattern.compile("(?m)^    @(Test|ParameterizedTest|RepeatedTest)\\b");
    private static final Pattern NIGHTLY = Pattern.compile("(?m)^    @Tag\\(\"nightly\"\\)");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([^|]+) \\| [^|]+ \\| (`[^|]+) \\|$");

    @Test
    void readmeListsTheTestsThatProveEachPromise() {
        Map<String, TreeSet<String>> proved = new TreeMap<>();
        for (Path file : Sources.below("src/test/java")) {
            String source = Sources.text(file);
            PROVES.matcher(source).results().forEach(test -> CONSTANT.matcher(test.group(1))
                    .results()
                    .map(constant -> Promise.valueOf(constant.group(1)))
                    .forEach(promise -> proved.computeIfAbsent(promise.words(), words -> new TreeSet<>())
                            .add("`" + test.group(2) + "`" + (nightly(source) ? " (nightly)" : ""))));
        }

        String readme = Sources.text(Path.of("README.md"));
        assertThat(ROW.matcher(readme.substring(readme.indexOf("\n## Promises\n")))
                        .results()
                        .collect(Collectors.toMap(
                                (MatchResult row) -> row.group(1),
                                row -> new TreeSet<>(Arrays.asList(row.group(2).split(", "))))))
                .hasSameSizeAs(Promise.values())
                .containsExactlyInAnyOrderEntriesOf(proved);
    }

    /** Whether all tests of a class are: by its own tag, or by one tag each. */
    private static boolean nightly(String source) {
        return source.contains("\n@Tag(\"nightly\")\n")
                || NIGHTLY.matcher(source).results().count()
                        == TEST.matcher(source).results().count();
    }
}
