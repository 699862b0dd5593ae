package io.threadpost.routecheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.threadpost.Sources;

/** What is shipped and what is documented is found good. */
class RouteLinterTest {
    private final RouteLinter checks = new RouteLinter(new TestRouteContext(Sources.settings()));

    static List<Path> shipped() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void nothingIsWrongWithAShippedFile(Path file) throws IOException {
        CheckedFile checkedFile =
                checks.check(new RouteSource(file.getFileName().toString(), Files.readString(file)));

        assertThat(checkedFile.findings()).isEmpty();
        assertThat(checkedFile.outline().routes()).isNotEmpty();
    }
}
