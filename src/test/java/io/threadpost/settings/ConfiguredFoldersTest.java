package io.threadpost.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.threadpost.Promise;
import io.threadpost.Proves;

@Proves(Promise.A_BAD_START_REPORTS_EVERY_PROBLEM)
class ConfiguredFoldersTest {
    @TempDir
    private Path base;

    @Test
    void missingFoldersAreCreatedAndTheLedgersIsPrivate() throws IOException {
        ConfiguredFolders folders = new ConfiguredFolders(reading(Map.of()), base);

        assertThat(folders.prepare()).isEmpty();

        assertThat(base.resolve("out/threads")).isEmptyDirectory();
        assertThat(base.resolve("state")).isEmptyDirectory();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(base.resolve("state"))))
                .isEqualTo("rwx------");
        for (String files : new String[] {"out", "out/threads"}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(base.resolve(files))))
                    .isEqualTo("rwxr-x---");
        }
    }

    @Test
    void whatWasCreatedIsTakenAwayUnlessItIsInUse() throws IOException {
        ConfiguredFolders folders = new ConfiguredFolders(reading(Map.of()), base);
        folders.prepare();
        Files.createFile(base.resolve("state/ledger.db"));

        folders.undo();

        assertThat(base.resolve("out")).doesNotExist();
        assertThat(base.resolve("state/ledger.db")).exists();
    }

    @Test
    void whatWasThereBeforeStays() throws IOException {
        Files.createDirectories(base.resolve("out/threads"));
        ConfiguredFolders folders = new ConfiguredFolders(reading(Map.of()), base);
        folders.prepare();

        folders.undo();

        assertThat(base.resolve("out/threads")).exists();
        assertThat(base.resolve("state")).doesNotExist();
    }

    @Test
    void ledgerInTheWorkingDirectoryNeedsNoFolder() {
        SettingsResult settingsResult = reading(Map.of("threadpost.ledger.url", "jdbc:sqlite:ledger.db"));

        assertThat(new ConfiguredFolders(settingsResult, base).prepare()).isEmpty();

        assertThat(base.resolve("state")).doesNotExist();
    }

    @Test
    void checkFindsWhatStandsInTheWayAndChangesNothing() throws IOException {
        Files.createFile(base.resolve("out"));
        Files.createFile(base.resolve("routes"));
        Files.createDirectory(base.resolve("ledger.db"));
        SettingsResult settingsResult = reading(Map.of("threadpost.ledger.url", "jdbc:sqlite:ledger.db"));

        assertThat(new ConfiguredFolders(settingsResult, base).check())
                .extracting(SettingProblem::line)
                .containsExactly(
                        "threadpost.files.directory: `" + base + "/out` is not a folder, so `" + base
                                + "/out/threads` cannot be one; choose another",
                        "threadpost.ledger.url: `" + base + "/ledger.db` is a folder; name a file in it",
                        "threadpost.routes.directory: `" + base
                                + "/routes` is not a folder; name the folder of the route files");
        assertThat(base).isDirectoryNotContaining("glob:**/state");
    }

    @Test
    void checkFindsAFolderThatCannotBeMadeThoughRightsDoNotSaySo() throws IOException {
        Files.createDirectory(base.resolve("routes"));
        // Nobody can create anything here, not even root.
        SettingsResult settingsResult = reading(Map.of(
                "threadpost.files.directory", "/proc/threadpost/out",
                "threadpost.ledger.url", "jdbc:sqlite:/proc/threadpost.db"));

        assertThat(new ConfiguredFolders(settingsResult, base).check())
                .extracting(SettingProblem::line)
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("threadpost.files.directory: `/proc/threadpost/out` cannot be written"),
                        line -> assertThat(line).startsWith("threadpost.ledger.url: `/proc` cannot be written"));
    }

    @Test
    void checkLeavesNothingBehind() throws IOException {
        Files.createDirectory(base.resolve("routes"));

        assertThat(new ConfiguredFolders(reading(Map.of()), base).check()).isEmpty();

        try (Stream<Path> left = Files.walk(base)) {
            assertThat(left).containsExactlyInAnyOrder(base, base.resolve("routes"));
        }
    }

    @Test
    void fileThatIsNoDatabaseIsNoLedger() throws IOException {
        Files.createDirectory(base.resolve("routes"));
        Path file = Files.writeString(base.resolve("ledger.db"), "a shopping list");
        SettingsResult settingsResult = reading(Map.of("threadpost.ledger.url", "jdbc:sqlite:ledger.db"));

        assertThat(new ConfiguredFolders(settingsResult, base).check())
                .extracting(SettingProblem::line)
                .containsExactly("threadpost.ledger.url: `" + file
                        + "` is not an SQLite database; name another file, or move this one away");

        Files.writeString(file, "");
        assertThat(new ConfiguredFolders(settingsResult, base).check()).isEmpty();
    }

    private static SettingsResult reading(Map<String, String> values) {
        return SettingsResult.of(ConfigView.of(new HashMap<>(values)), "test");
    }
}
