package io.threadpost.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.threadpost.settings.TestSettings;

/** Old files go, as far as Threadpost has named them, and only with the setting. */
class FileRetentionTest {
    private static final Instant OLD = Instant.parse("2026-01-01T00:00:00Z");
    private static final String THREAD = "2026-01-01T10-00-00.5Z_3fa85f64-5717-4562-b3fc-2c963f66afa6.json";
    private static final String BATCH = "batch-000000000007-01234567.ndjson";

    @TempDir
    Path folder;

    private Path out;
    private Path day;

    @BeforeEach
    void create() throws IOException {
        out = folder.resolve("out");
        day = Files.createDirectories(out.resolve("2026-01-01"));
    }

    private Path old(Path file) throws IOException {
        Files.writeString(file, "{}");
        return Files.setLastModifiedTime(file, FileTime.from(OLD));
    }

    private FileRetention retention(String keep) {
        return new FileRetention(TestSettings.of(Map.of(
                "threadpost.connector.address", "http://localhost:1",
                "threadpost.connector.client-token", "client",
                "threadpost.connections.main.access-token", "access",
                "threadpost.files.directory", out.toString(),
                "threadpost.files.keep", keep)));
    }

    @Test
    void oldFilesAndTheirEmptyDaysAreDeleted() throws IOException {
        old(day.resolve(THREAD));
        old(day.resolve(BATCH));
        old(day.resolve("." + BATCH + ".tmp"));
        old(day.resolve("." + BATCH + "." + UUID.randomUUID() + ".tmp"));
        Path young = Files.writeString(
                Files.createDirectories(out.resolve("2026-01-02")).resolve(THREAD), "{}");

        retention("30d").run();

        assertThat(day).doesNotExist();
        assertThat(young).exists();
        assertThat(out).exists();
    }

    @Test
    void filesOfRoutesAndOfOthersStay() throws IOException {
        Path named = old(day.resolve("threads-2026-01-01.csv"));
        Path others = old(day.resolve("report.json"));
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Path outside = old(elsewhere.resolve(THREAD));
        Files.createSymbolicLink(day.resolve("batch-000000000008-01234567.csv"), outside);
        Files.createSymbolicLink(out.resolve("2026-01-03"), elsewhere);

        retention("30d").run();

        assertThat(named).exists();
        assertThat(others).exists();
        assertThat(outside).exists();
        assertThat(day.resolve("batch-000000000008-01234567.csv")).isSymbolicLink();
    }

    @Test
    void nothingIsDeletedWithoutTheSetting() throws IOException {
        Path file = old(day.resolve(THREAD));

        retention("").run();

        assertThat(file).exists();
    }
}
