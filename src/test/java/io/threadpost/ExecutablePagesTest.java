package io.threadpost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.threadpost.ExecutablePages.Range;

class ExecutablePagesTest {
    private static final long PRESENT_OF_FILE = 1L << 63 | 1L << 61;
    private static final long PRESENT_MODIFIED = 1L << 63;
    private static final long SWAPPED = 1L << 62;
    private static final long ABSENT = 0;

    @TempDir
    Path proc;

    @BeforeEach
    void aProcess() throws IOException {
        Files.createSymbolicLink(proc.resolve("exe"), Path.of("/opt/thread post/threadpost"));
        Files.writeString(
                proc.resolve("maps"),
                """
                00010000-00014000 r-xp 00010000 fe:00 2408550                            /opt/thread post/threadpost
                00014000-00016000 rw-p 00014000 fe:00 2408550                            /opt/thread post/threadpost
                00016000-00018000 r--p 00016000 fe:00 2408550                            /opt/thread post/threadpost
                00018000-0001a000 rw-p 00000000 00:00 0
                0001a000-0001b000 r--p 00000000 00:00 0
                0001b000-0001c000 r-xp 00000000 fe:00 338944                             /usr/lib/libc.so.6
                """);
    }

    @Test
    void returnsThePagesOfTheExecutableThatCannotBeWritten() throws IOException {
        pagemap(0x10000, PRESENT_OF_FILE, ABSENT, PRESENT_OF_FILE, PRESENT_OF_FILE);
        pagemap(0x14000, PRESENT_OF_FILE, PRESENT_MODIFIED, PRESENT_OF_FILE, PRESENT_OF_FILE);
        pagemap(0x18000, PRESENT_MODIFIED, PRESENT_MODIFIED, ABSENT, PRESENT_OF_FILE);

        assertThat(new ExecutablePages(proc).unmodified())
                .containsExactly(new Range(0x10000, 0x14000), new Range(0x16000, 0x18000));
    }

    @Test
    void keepsAPageThatWasModified() throws IOException {
        pagemap(0x10000, PRESENT_MODIFIED, PRESENT_OF_FILE, SWAPPED, PRESENT_OF_FILE);
        pagemap(0x14000, PRESENT_OF_FILE, PRESENT_OF_FILE, PRESENT_OF_FILE, PRESENT_MODIFIED);

        assertThat(new ExecutablePages(proc).unmodified())
                .containsExactly(new Range(0x11000, 0x12000), new Range(0x13000, 0x14000), new Range(0x16000, 0x17000));
    }

    private void pagemap(long address, long... entries) throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(proc.resolve("pagemap").toFile(), "rw")) {
            file.seek(address / 4096 * Long.BYTES);
            for (long entry : entries) {
                file.writeLong(Long.reverseBytes(entry));
            }
        }
    }
}
