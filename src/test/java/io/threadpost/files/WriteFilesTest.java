package io.threadpost.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.threadpost.Promise;
import io.threadpost.Proves;

@Proves(Promise.FILES_HOLD_EVERY_VERSION_ONCE)
class WriteFilesTest {
    @TempDir
    Path folder;

    private Path directory;
    private FileSteps steps;

    @BeforeEach
    void open() {
        directory = folder.resolve("threads");
        steps = new FileSteps(directory);
    }

    @Test
    void writingTheSameAgainChangesNothing() throws Exception {
        steps.write(file("2026/a.json", "first"), file("2026/b.json", "second"));
        steps.write(file("2026/a.json", "first"), file("2026/b.json", "second"));

        assertThat(steps.files()).containsExactly("2026/a.json", "2026/b.json");
    }

    @Test
    void aFileThatIsThereIsLeft() throws Exception {
        steps.write(file("a.json", "first"));
        steps.write(file("a.json", "other"));

        assertThat(steps.content("a.json")).isEqualTo("first");
    }

    @Test
    void whatAKilledProcessLeftUnderATemporaryNameIsOverwritten() throws Exception {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve(".a.json.tmp"), "half of something much longer than the file");

        steps.write(file("a.json", "whole"));

        assertThat(steps.files()).containsExactly("a.json");
        assertThat(steps.content("a.json")).isEqualTo("whole");
    }

    @Test
    void alsoWhatIsLeftOfAFileWithALongNameIsInNobodysWay() throws Exception {
        String name = "a".repeat(240) + ".json";
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("." + name + ".tmp"), "half");

        steps.write(file(name, "whole"));

        assertThat(steps.files()).containsExactly(name);
        assertThat(steps.content(name)).isEqualTo("whole");
    }

    /** One node stalls for longer than its lease, and another one writes its batch. */
    @Test
    void twoNodesMayWriteTheSameFilesAtOnce() throws Exception {
        List<String> names =
                IntStream.range(0, 50).mapToObj(i -> "%02d.json".formatted(i)).toList();
        Object[] same =
                names.stream().map(name -> file(name, name.repeat(30_000))).toArray();
        FileSteps other = new FileSteps(directory);
        ExecutorService nodes = Executors.newFixedThreadPool(2);
        try {
            Future<?> first = nodes.submit(() -> {
                steps.write(same);
                return null;
            });
            Future<?> second = nodes.submit(() -> {
                other.write(same);
                return null;
            });
            first.get();
            second.get();
        } finally {
            nodes.shutdown();
        }

        assertThat(steps.files()).containsExactlyElementsOf(names);
        for (String name : names) {
            assertThat(steps.content(name)).isEqualTo(name.repeat(30_000));
        }
    }

    @Test
    void aFolderThatCannotBeWrittenIsTheTargetsFailureAndHeals() throws Exception {
        Files.writeString(directory, "a file where the folder should be");

        assertThatThrownBy(() -> steps.write(file("2026/a.json", "x")))
                .isInstanceOf(IOException.class)
                .hasMessage("creating the folder " + directory.resolve("2026") + ": a file is in the way (" + directory
                        + ")");
        Files.delete(directory);
        steps.write(file("2026/a.json", "x"));

        assertThat(steps.files()).containsExactly("2026/a.json");
    }

    @Test
    void nothingIsWrittenOutsideOfTheFolder() {
        for (String path : List.of("../x", "/tmp/threadpost-outside", "a/../../x")) {
            assertThatThrownBy(() -> steps.write(file(path, "x")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("outside of");
        }
    }

    @Test
    void aLinkLeadsNoWriteElsewhere() throws Exception {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Path kept = Files.writeString(elsewhere.resolve("kept"), "kept");
        Files.createDirectories(directory);
        Files.createSymbolicLink(directory.resolve(".a.json.tmp"), kept);
        Files.createSymbolicLink(directory.resolve("b.json"), kept);
        Files.createSymbolicLink(directory.resolve("c.json"), elsewhere.resolve("nothing"));
        Files.createSymbolicLink(directory.resolve("2026"), elsewhere);

        steps.write(file("a.json", "a"), file("b.json", "b"), file("c.json", "c"));
        assertThatThrownBy(() -> steps.write(file("2026/d.json", "d")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("2026 is a link");

        assertThat(steps.files()).containsExactly("a.json", "b.json", "c.json");
        assertThat(steps.content("b.json")).isEqualTo("b");
        assertThat(kept).hasContent("kept");
        assertThat(elsewhere).isDirectoryNotContaining("glob:**/{nothing,d.json}");
    }

    @Test
    void directoryMayBeALinkItself() throws Exception {
        Path share = Files.createDirectory(folder.resolve("share"));
        Files.createSymbolicLink(directory, share);

        steps.write(file("2026/a.json", "a"));

        assertThat(share.resolve("2026/a.json")).hasContent("a");
    }

    @Test
    void folderThatIsCreatedIsForOwnerAndGroup() throws Exception {
        steps.write(file("a.json", "a"));

        assertThat(rights(directory)).isEqualTo("rwxr-x---");
    }

    @Test
    void accessIsAsTheSettingSays() throws Exception {
        steps = new FileSteps(directory, Map.of("threadpost.files.access", "owner"));
        steps.write(file("2026/a.json", "a"));

        assertThat(rights(directory)).isEqualTo("rwx------");
        assertThat(rights(directory.resolve("2026"))).isEqualTo("rwx------");
        assertThat(rights(directory.resolve("2026/a.json"))).isEqualTo("rw-------");
    }

    private static String rights(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void itSaysWhatItNeeds() {
        assertThatThrownBy(() -> steps.write("text"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("put threadsAsJson");
    }

    private static FileContent file(String path, String content) {
        return new FileContent(Path.of(path), content.getBytes(StandardCharsets.UTF_8));
    }
}
