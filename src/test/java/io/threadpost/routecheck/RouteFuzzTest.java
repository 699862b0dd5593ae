package io.threadpost.routecheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever a route file holds, it is looked at in a moment, and what is said about it are short lines. */
class RouteFuzzTest {
    private static final List<String> PIECES = List.of(
            "${",
            "}",
            "{{",
            "}}",
            "{",
            "[",
            "]",
            "- ",
            ": ",
            "\n",
            "\t",
            "'",
            "\"",
            "&a ",
            "*a",
            "<<: *a",
            "!!java.net.URL ",
            "|\n",
            "?",
            "#",
            "\0",
            "\uFEFF",
            "\u2028",
            "\uD83D",
            "%zz",
            "toD: ",
            "parameters:",
            "${${${${",
            "{{{{{{{{",
            "9".repeat(400),
            "((((((((",
            "[[[[[[[[[[",
            "-".repeat(3_000),
            "$.[?(@",
            "RAW(",
            "~~",
            ",,,,",
            "uri",
            "steps:",
            "on: yes",
            "---\n");

    private final RouteLinter checks = new RouteLinter(TestRouteContext.usual());

    @Test
    void anyFileIsLookedAtInAMoment() throws IOException {
        fuzz(1, 150);
    }

    @Tag("nightly")
    @Test
    void anyFileIsLookedAtInAMomentAllNight() throws IOException {
        for (int seed = 2; seed < 100; seed++) {
            fuzz(seed, 1_000);
        }
    }

    private void fuzz(int seed, int files) throws IOException {
        Random random = new Random(seed);
        List<String> shipped = new ArrayList<>();
        for (Path file : RouteLinterTest.shipped()) {
            shipped.add(Files.readString(file));
        }
        for (int i = 0; i < files; i++) {
            StringBuilder text = new StringBuilder(shipped.get(random.nextInt(shipped.size())));
            for (int changes = 1 + random.nextInt(6); changes > 0; changes--) {
                int at = random.nextInt(text.length());
                int end = Math.min(text.length(), at + random.nextInt(12));
                text.replace(at, end, PIECES.get(random.nextInt(PIECES.size())));
            }
            RouteSource routeSource = new RouteSource("any.camel.yaml", text.toString());

            List<RouteFinding> findings = Assertions.assertTimeout(
                    Duration.ofSeconds(20),
                    () -> {
                        CheckedFile checkedFile = checks.check(routeSource);
                        checks.checkTogether(List.of(checkedFile));
                        return checkedFile.findings();
                    },
                    () -> "seed " + seed + ":\n" + routeSource.text());

            assertThat(findings).as("%d of seed %d", i, seed).allSatisfy(routeFinding -> assertThat(routeFinding.text())
                    .doesNotContain("\n", "Exception")
                    .hasSizeLessThan(4_000));
        }
    }
}
