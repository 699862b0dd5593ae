package io.threadpost.routefiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a change in the folder is told, by a clock of the test's own. */
class FolderScannerTest {
    private static final String FILE = "a.camel.yaml";
    private final AtomicLong clock = new AtomicLong();

    @TempDir
    Path folder;

    private FolderScanner folderScanner;

    @BeforeEach
    void open() {
        folderScanner = new FolderScanner(folder, clock::get);
    }

    private void write(String text) throws IOException {
        Files.writeString(folder.resolve(FILE), text);
    }

    private void pass(long millis) {
        clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    @Test
    void tellsAChangeOnceItHeldStill() throws Exception {
        write("one");
        assertThat(folderScanner.first()).containsExactly(FILE);
        assertThat(folderScanner.look().none()).isTrue();
        write("other");
        assertThat(folderScanner.look().none()).isTrue();
        pass(300);
        assertThat(folderScanner.look().here()).containsExactly(FILE);
        pass(300);
        assertThat(folderScanner.look().none()).isTrue();
    }

    @Test
    void aFileThatIsWrittenInPiecesIsToldOnce() throws Exception {
        folderScanner.first();
        for (int piece = 0; piece < 20; piece++) {
            write("piece ".repeat(piece));
            assertThat(folderScanner.look().none()).isTrue();
            pass(100);
        }
        assertThat(folderScanner.look().none()).isTrue();
        pass(300);
        assertThat(folderScanner.look().here()).containsExactly(FILE);
    }

    @Test
    void aFileThatIsPutAsideWhileItsSuccessorIsWrittenIsNeverGone() throws Exception {
        write("one");
        folderScanner.first();
        Files.move(folder.resolve(FILE), folder.resolve(FILE + "~"));
        assertThat(folderScanner.look().none()).isTrue();
        pass(500);
        assertThat(folderScanner.look().none()).isTrue();
        write("two");
        assertThat(folderScanner.look().none()).isTrue();
        pass(300);
        assertThat(folderScanner.look().here()).containsExactly(FILE);
    }

    @Test
    void aDeletedFileIsToldAfterAWhile() throws Exception {
        write("one");
        folderScanner.first();
        Files.delete(folder.resolve(FILE));
        assertThat(folderScanner.look().none()).isTrue();
        pass(800);
        assertThat(folderScanner.look().gone()).containsExactly(FILE);
        pass(800);
        assertThat(folderScanner.look().none()).isTrue();
    }

    @Test
    void aRenamedFileIsToldWithItsOldName() throws Exception {
        write("one");
        folderScanner.first();
        Files.move(folder.resolve(FILE), folder.resolve("other.camel.yaml"));
        for (int look = 0; look < 7; look++) {
            assertThat(folderScanner.look().none()).isTrue();
            pass(100);
        }
        pass(100);
        FolderScanner.Changes changes = folderScanner.look();
        assertThat(changes.gone()).containsExactly(FILE);
        assertThat(changes.here()).containsExactly("other.camel.yaml");
        pass(1000);
        assertThat(folderScanner.look().none()).isTrue();
    }

    @Test
    void anotherFileOfTheSameSizeAndTimeIsAChange() throws Exception {
        write("one");
        folderScanner.first();
        Path other = Files.writeString(folder.resolve("other"), "two");
        Files.setLastModifiedTime(other, Files.getLastModifiedTime(folder.resolve(FILE)));
        Files.move(other, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
        folderScanner.look();
        pass(300);
        assertThat(folderScanner.look().here()).containsExactly(FILE);
    }

    @Test
    void nothingIsGoneWhileTheFolderIs() throws Exception {
        write("one");
        folderScanner.first();
        Path away = Files.move(folder, folder.resolveSibling(folder.getFileName() + "-away"));
        assertThatThrownBy(folderScanner::look).isInstanceOf(IOException.class);
        pass(5000);
        Files.move(away, folder);
        assertThat(folderScanner.look().none()).isTrue();
        pass(5000);
        assertThat(folderScanner.look().none()).isTrue();
    }
}
