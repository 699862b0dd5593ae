package io.threadpost.routecheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.threadpost.Promise;
import io.threadpost.Proves;
import io.threadpost.testing.BrokenEdits;

/** A hundred ways to break each shipped file: every one is found, in the line where somebody has to look. */
@Proves(Promise.EDITS_ARE_SAFE)
class BrokenEditsTest {
    private static final RouteLinter CHECKS = new RouteLinter(TestRouteContext.usual());
    /** The files as they are shipped, by name. */
    private static final Map<String, CheckedFile> SHIPPED = new TreeMap<>();

    @BeforeAll
    static void checkWhatIsShipped() throws IOException {
        for (Path file : RouteLinterTest.shipped()) {
            SHIPPED.put(name(file), check(file, Files.readString(file)));
        }
    }

    static Stream<Arguments> edits() throws IOException {
        List<Arguments> all = new ArrayList<>();
        for (Path file : RouteLinterTest.shipped()) {
            for (BrokenEdits.Edit edit : BrokenEdits.of(Files.readString(file))) {
                all.add(Arguments.of(file, edit));
            }
        }
        assertThat(all).hasSize(100 * RouteLinterTest.shipped().size());
        return all.stream();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("edits")
    void isFoundInTheRightLine(Path file, BrokenEdits.Edit edit) {
        String name = name(file);
        Map<String, CheckedFile> files = new TreeMap<>(SHIPPED);
        files.put(name, check(file, edit.text()));

        List<RouteFinding> errors = Stream.concat(
                        files.values().stream().flatMap(checkedFile -> checkedFile.findings().stream()),
                        CHECKS.checkTogether(files.values()).stream())
                .filter(routeFinding -> routeFinding.severity() == RouteFinding.Severity.ERROR)
                .filter(routeFinding -> routeFinding.file().equals(name))
                .toList();
        assertThat(errors).as(errors.toString()).anyMatch(error -> error.line() == edit.line());
        assertThat(errors)
                .allSatisfy(
                        error -> assertThat(error.text()).hasSizeLessThan(400).doesNotContain("\n", "hunter22"));
    }

    private static CheckedFile check(Path file, String text) {
        return Assertions.assertTimeout(Duration.ofSeconds(20), () -> CHECKS.check(new RouteSource(name(file), text)));
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }
}
