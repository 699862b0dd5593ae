package io.threadpost.files;

import static io.threadpost.files.FileSteps.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ThreadsAsJsonTest {
    @TempDir
    Path folder;

    private final ThreadsAsJson asJson = new ThreadsAsJson();
    private FileSteps steps;

    @BeforeEach
    void open() {
        steps = new FileSteps(folder.resolve("threads"));
    }

    @Test
    void aThreadIsAFileWithItsExactBytes() throws Exception {
        String text =
                "{ \"UpdatedUtc\" :\n\"2026-11-22T10:11:12.5Z\", \"Id\": \"a-1\", \"Price\": 1.10, \"\\u00e4\": null }";

        steps.run(asJson, 1, json(text));

        assertThat(steps.files()).containsExactly("2026/11/22/2026-11-22T10-11-12.500Z_a-1.json");
        assertThat(steps.content(steps.files().get(0))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T23:59:59.999Z, 2026/11/22",
        "2026-11-23T01:30:00+02:00, 2026/11/22",
        "2026-01-02T03:04:05, 2026/01/02",
        "0999-12-31T00:00:00Z, 0999/12/31"
    })
    void theFolderIsTheDayOfItsUpdateInUtc(String updated, String day) throws Exception {
        steps.run(asJson, 1, Map.of("Id", "a", "UpdatedUtc", updated));

        assertThat(steps.files())
                .singleElement()
                .asString()
                .startsWith(day + "/")
                .endsWith("_a.json");
    }

    @Test
    void theFolderIsTheSameInACountryWithOtherDigits() throws Exception {
        Locale here = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        try {
            steps.run(asJson, 1, FileSteps.thread("a"));
        } finally {
            Locale.setDefault(here);
        }

        assertThat(steps.files()).singleElement().asString().startsWith("2026/11/22/");
    }

    @Test
    void everyVersionOfAThreadIsAFile() throws Exception {
        steps.run(
                asJson,
                1,
                Map.of("Id", "a", "UpdatedUtc", "2026-11-22T10:11:12.0000001Z"),
                Map.of("Id", "a", "UpdatedUtc", "2026-11-22T10:11:12.0000002Z"));

        assertThat(steps.files()).hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("hostileIds")
    void aHostileIdStaysInsideOfTheFolder(String id) throws Exception {
        steps.run(asJson, 1, FileSteps.thread(id), FileSteps.thread("good"));

        FileSteps all = new FileSteps(folder);
        assertThat(all.files()).hasSize(2).allMatch(file -> file.matches("threads/2026/11/22/[A-Za-z0-9._-]{1,150}"));
    }

    static String[] hostileIds() {
        return new String[] {
            "../../x", "..", "/etc/passwd", "", "a\0b", "a/b", "a\\b", "CON:", "ü", "a\n", "x".repeat(10_000), "\ud83d"
        };
    }

    @Test
    void differentHostileIdsAreDifferentFiles() throws Exception {
        String[] ids = hostileIds();
        for (String id : ids) {
            steps.run(asJson, 1, FileSteps.thread(id));
        }
        assertThat(steps.files()).hasSize(ids.length);

        String taken = steps.files().get(0);
        steps.run(
                asJson,
                1,
                FileSteps.thread(taken.substring(taken.indexOf('_') + 1).replace(".json", "")));
        assertThat(steps.files()).hasSize(ids.length + 1);
    }

    @Test
    void aThreadWithoutItsUpdateTimeIsRefused() {
        assertThatThrownBy(() -> steps.run(asJson, 1, Map.of("Id", "a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("UpdatedUtc");
        assertThatThrownBy(() -> steps.run(asJson, 1, "text")).isInstanceOf(IllegalArgumentException.class);
    }
}
