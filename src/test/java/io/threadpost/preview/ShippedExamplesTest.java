package io.threadpost.preview;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples that are shipped pass with the routes that are shipped, and leave nothing behind. */
class ShippedExamplesTest {
    @TempDir
    Path home;

    @Test
    void allExamplesPassAndNothingIsWritten() throws Exception {
        List<ExampleRun.Outcome> outcomes;
        try (PreviewFolder folder = new PreviewFolder(home, Path.of("routes"), "prod")) {
            outcomes = new ExampleRun(folder).run(Path.of("examples"));
        }

        assertThat(outcomes).hasSizeGreaterThan(8).allSatisfy(outcome -> assertThat(outcome.problems())
                .as(outcome.name())
                .isEmpty());
        try (var files = Files.list(home)) {
            assertThat(files).isEmpty();
        }
    }
}
