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
        assertThat(folderScanner.scan().isEmpty()).isTrue();
        write("other");
        assertThat(folderScanner.scan().isEmpty()).isTrue();
        pass(300);
        assertThat(folderScanner.scan().saved()).containsExactly(FILE);
        pass(300);
        assertThat(folderScanner.scan().isEmpty()).isTrue();
    }

    @Test
    void aFileThatIsWrittenInPiecesIsToldOnce() throws Exception {
        folderScanner.first();
        for (int piece = 0; piece < 20; piece++) {
            write("piece ".repeat(piece));
            assertThat(folderScanner.scan().isEmpty()).isTrue();
            pass(100);
        }
        assertThat(folderScanner.scan().isEmpty()).isTrue();
        pass(300);
        assertThat(folderScanner.scan().saved()).containsExactly(FILE);
    }

    @Test
    void aFileThatIsPutAsideWhileItsSuccessorIsWrittenIsNeverGone() throws Exception {
        write("one");
        folderScanner.first();
        Files.move(folder.resolve(FILE), folder.resolve(FILE + "~"));
        assertThat(folderScanner.scan().isEmpty()).isTrue();
        pass(500);
        assertThat(folderScanner.scan().isEmpty()).isTrue();
        write("two");
        assertThat(folderScanner.scan().isEmpty()).isTrue();
        pass(300);
        assertThat(folderScanner.scan().saved()).containsExactly(FILE);
    }

    @Test
    void aDeletedFileIsToldAfterAWhile() throws Exception {
        write("one");
        folderScanner.first();
        Files.delete(folder.resolve(FILE));
        assertThat(folderScanner.scan().isEmpty()).isTrue();
        pass(800);
        assertThat(folderScanner.scan().deleted()).containsExactly(FILE);
        pass(800);
        assertThat(folderScanner.scan().isEmpty()).isTrue();
    }

    @Test
    void aRenamedFileIsToldWithItsOldName() throws Exception {
        write("one");
        folderScanner.first();
        Files.move(folder.resolve(FILE), folder.resolve("other.camel.yaml"));
        for (int look = 0; look < 7; look++) {
            assertThat(folderScanner.scan().isEmpty()).isTrue();
            pass(100);
        }
        pass(100);
        FolderScanner.Changes changes = folderScanner.scan();
        assertThat(changes.deleted()).containsExactly(FILE);
        assertThat(changes.saved()).containsExactly("other.camel.yaml");
        pass(1000);
        assertThat(folderScanner.scan().isEmpty()).isTrue();
    }

    @Test
    void anotherFileOfTheSameSizeAndTimeIsAChange() throws Exception {
        write("one");
        folderScanner.first();
        Path other = Files.writeString(folder.resolve("other"), "two");
        Files.setLastModifiedTime(other, Files.getLastModifiedTime(folder.resolve(FILE)));
        Files.move(other, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
        folderScanner.scan();
        pass(300);
        assertThat(folderScanner.scan().saved()).containsExactly(FILE);
    }

    @Test
    void nothingIsGoneWhileTheFolderIs() throws Exception {
        write("one");
        folderScanner.first();
        Path away = Files.move(folder, folder.resolveSibling(folder.getFileName() + "-away"));
        assertThatThrownBy(folderScanner::scan).isInstanceOf(IOException.class);
        pass(5000);
        Files.move(away, folder);
        assertThat(folderScanner.scan().isEmpty()).isTrue();
        pass(5000);
        assertThat(folderScanner.scan().isEmpty()).isTrue();
    }
}
