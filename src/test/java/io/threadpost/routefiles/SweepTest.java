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
class SweepTest {
    private static final String FILE = "a.camel.yaml";
    private final AtomicLong clock = new AtomicLong();

    @TempDir
    Path folder;

    private Sweep sweep;

    @BeforeEach
    void open() {
        sweep = new Sweep(folder, clock::get);
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
        assertThat(sweep.first()).containsExactly(FILE);
        assertThat(sweep.look().none()).isTrue();
        write("other");
        assertThat(sweep.look().none()).isTrue();
        pass(300);
        assertThat(sweep.look().here()).containsExactly(FILE);
        pass(300);
        assertThat(sweep.look().none()).isTrue();
    }

    @Test
    void aFileThatIsWrittenInPiecesIsToldOnce() throws Exception {
        sweep.first();
        for (int piece = 0; piece < 20; piece++) {
            write("piece ".repeat(piece));
            assertThat(sweep.look().none()).isTrue();
            pass(100);
        }
        assertThat(sweep.look().none()).isTrue();
        pass(300);
        assertThat(sweep.look().here()).containsExactly(FILE);
    }

    @Test
    void aFileThatIsPutAsideWhileItsSuccessorIsWrittenIsNeverGone() throws Exception {
        write("one");
        sweep.first();
        Files.move(folder.resolve(FILE), folder.resolve(FILE + "~"));
        assertThat(sweep.look().none()).isTrue();
        pass(500);
        assertThat(sweep.look().none()).isTrue();
        write("two");
        assertThat(sweep.look().none()).isTrue();
        pass(300);
        assertThat(sweep.look().here()).containsExactly(FILE);
    }

    @Test
    void aDeletedFileIsToldAfterAWhile() throws Exception {
        write("one");
        sweep.first();
        Files.delete(folder.resolve(FILE));
        assertThat(sweep.look().none()).isTrue();
        pass(800);
        assertThat(sweep.look().gone()).containsExactly(FILE);
        pass(800);
        assertThat(sweep.look().none()).isTrue();
    }

    @Test
    void aRenamedFileIsToldWithItsOldName() throws Exception {
        write("one");
        sweep.first();
        Files.move(folder.resolve(FILE), folder.resolve("other.camel.yaml"));
        for (int look = 0; look < 7; look++) {
            assertThat(sweep.look().none()).isTrue();
            pass(100);
        }
        pass(100);
        Sweep.Changes changes = sweep.look();
        assertThat(changes.gone()).containsExactly(FILE);
        assertThat(changes.here()).containsExactly("other.camel.yaml");
        pass(1000);
        assertThat(sweep.look().none()).isTrue();
    }

    @Test
    void anotherFileOfTheSameSizeAndTimeIsAChange() throws Exception {
        write("one");
        sweep.first();
        Path other = Files.writeString(folder.resolve("other"), "two");
        Files.setLastModifiedTime(other, Files.getLastModifiedTime(folder.resolve(FILE)));
        Files.move(other, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
        sweep.look();
        pass(300);
        assertThat(sweep.look().here()).containsExactly(FILE);
    }

    @Test
    void nothingIsGoneWhileTheFolderIs() throws Exception {
        write("one");
        sweep.first();
        Path away = Files.move(folder, folder.resolveSibling(folder.getFileName() + "-away"));
        assertThatThrownBy(sweep::look).isInstanceOf(IOException.class);
        pass(5000);
        Files.move(away, folder);
        assertThat(sweep.look().none()).isTrue();
        pass(5000);
        assertThat(sweep.look().none()).isTrue();
    }
}
