package io.threadpost;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import org.graalvm.nativeimage.c.function.CFunction;
import org.jboss.logging.Logger;

/**
 * Returns the pages of the native executable that only the start, or a rare task, has used: Linux keeps each page of a
 * mapped file resident until memory is short, and each access brings in its neighbours. A page that is used again is
 * mapped again from the page cache.
 *
 * <p>Only unmodified pages of read-only mappings are returned: a modified page would lose its content.
 */
final class ExecutablePages implements Runnable {
    private static final Logger LOG = Logger.getLogger(ExecutablePages.class);
    private static final int MADV_DONTNEED = 4;
    private static final int PAGE = 4096;
    private static final long FIRST_MILLIS = 250;
    private static final long LAST_MILLIS = 16_000;
    /** Bits of an entry of {@code /proc/self/pagemap}: see Documentation/admin-guide/mm/pagemap.rst. */
    private static final long PRESENT = 1L << 63;

    private static final long SWAPPED = 1L << 62;
    private static final long OF_FILE = 1L << 61;

    private final Path proc;

    /** Addresses from {@code start} up to and excluding {@code end}. */
    record Range(long start, long end) {
        static Range parse(String addresses) {
            int dash = addresses.indexOf('-');
            return new Range(
                    Long.parseUnsignedLong(addresses, 0, dash, 16),
                    Long.parseUnsignedLong(addresses, dash + 1, addresses.length(), 16));
        }

        int pages() {
            return (int) ((end - start) / PAGE);
        }
    }

    /** @param proc {@code /proc/self} */
    ExecutablePages(Path proc) {
        this.proc = proc;
    }

    /** Returns pages regularly, if this is a native executable on Linux with pages of the usual size. */
    static void returnRegularly() {
        boolean executable = "runtime".equals(System.getProperty("org.graalvm.nativeimage.imagecode"));
        boolean suitable =
                "Linux".equals(System.getProperty("os.name")) && "amd64".equals(System.getProperty("os.arch"));
        if (executable && suitable) {
            Thread thread = new Thread(null, new ExecutablePages(Path.of("/proc/self")), "executable-pages", 1 << 18);
            thread.setDaemon(true);
            thread.start();
        }
    }

    @Override
    public void run() {
        try {
            for (long pause = FIRST_MILLIS; ; pause = Math.min(2 * pause, LAST_MILLIS)) {
                Thread.sleep(pause);
                for (Range range : unmodified()) {
                    madvise(range.start, range.end - range.start, MADV_DONTNEED);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            LOG.debug("memory of the executable stays resident", e);
        }
    }

    /** @return the pages that can be returned without a loss */
    List<Range> unmodified() throws IOException {
        List<Range> found = new ArrayList<>();
        String executable = Files.readSymbolicLink(proc.resolve("exe")).toString();
        try (RandomAccessFile pagemap =
                new RandomAccessFile(proc.resolve("pagemap").toFile(), "r")) {
            for (Range mapping : readOnlyMappings(executable)) {
                byte[] entries = new byte[mapping.pages() * Long.BYTES];
                pagemap.seek(mapping.start / PAGE * Long.BYTES);
                pagemap.readFully(entries);
                ByteBuffer buffer = ByteBuffer.wrap(entries).order(ByteOrder.LITTLE_ENDIAN);
                addRuns(mapping, page -> isUnmodified(buffer.getLong(page * Long.BYTES)), found);
            }
        }
        return found;
    }

    private List<Range> readOnlyMappings(String executable) throws IOException {
        List<Range> mappings = new ArrayList<>();
        for (String line : Files.readAllLines(proc.resolve("maps"))) {
            // address perms offset dev inode pathname
            String[] fields = line.split(" +", 6);
            boolean readOnly = fields[1].equals("r--p") || fields[1].equals("r-xp");
            if (readOnly && fields.length == 6 && fields[5].equals(executable)) {
                mappings.add(Range.parse(fields[0]));
            }
        }
        return mappings;
    }

    private static boolean isUnmodified(long entry) {
        boolean ofFile = (entry & PRESENT) == 0 || (entry & OF_FILE) != 0;
        return ofFile && (entry & SWAPPED) == 0;
    }

    private static void addRuns(Range mapping, Predicate<Integer> unmodified, List<Range> runs) {
        int first = 0;
        for (int page = 0; page <= mapping.pages(); page++) {
            if (page == mapping.pages() || !unmodified.test(page)) {
                if (page > first) {
                    runs.add(new Range(mapping.start + (long) first * PAGE, mapping.start + (long) page * PAGE));
                }
                first = page + 1;
            }
        }
    }

    /** {@code madvise(2)}. */
    @CFunction("madvise")
    private static native int madvise(long address, long length, int advice);
}
