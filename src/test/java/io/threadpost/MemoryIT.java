package io.threadpost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.sandbox.SandboxPlatform;
import io.threadpost.testing.ArrivedLines;
import io.threadpost.testing.Installation;

/**
 * However much is pulled, memory stays as it was. Fewer threads: {@code -Dthreadpost.test.threads=300000}; there must
 * be enough for the virtual machine to collect garbage some times in each quarter.
 */
@Tag("nightly")
@Proves(Promise.MEMORY_STAYS_FLAT)
class MemoryIT {
    private static final int THREADS = Integer.getInteger("threadpost.test.threads", 2_000_000);
    private static final String HEAP = System.getProperty("threadpost.test.heap", "96m");
    /** What half of two million threads may add to the heap: less than nine bytes for each. */
    private static final long GROWTH_MB = 8;

    private static final Pattern AFTER_COLLECTION = Pattern.compile("->(\\d+)M\\(");

    @TempDir
    Path temporary;

    private Path collections;

    @Test
    void theHeapIsAsLargeAfterTwoMillionThreadsAsAfterTheFirstQuarter() throws Exception {
        collections = temporary.resolve("gc.log");
        SandboxOptions options =
                new SandboxOptions().threads(THREADS).over(Duration.ofDays(20)).noLimit();
        try (SandboxPlatform platform = SandboxPlatform.start(options);
                Installation installation = new Installation(
                        Files.createDirectory(temporary.resolve("installation")),
                        Map.of(
                                "threadpost.connector.address",
                                        platform.address().toString(),
                                "threadpost.connector.limit.requests", "1000000",
                                "threadpost.pull.start", "P29D"))) {
            installation.edit("to-files.camel.yaml", "threadsAsJson\n", "threadsAsNdjson\n");
            installation
                    .jvm("-Xmx" + HEAP)
                    .jvm("-XX:+ExitOnOutOfMemoryError")
                    .jvm("-Xlog:gc:file=" + collections)
                    .start();
            ArrivedLines lines = new ArrivedLines(installation);
            List<Integer> quarters = new ArrayList<>();
            for (int quarter = 1; quarter <= 4; quarter++) {
                long begin = System.nanoTime();
                lines.await((int) (THREADS / 4L * quarter));
                quarters.add(heaps().size());
                System.out.printf(
                        "quarter %d: least heap %d MB, %d ms, the ledger has %d MB%n",
                        quarter,
                        Collections.min(heaps().subList(
                                        quarter == 1 ? 0 : quarters.get(quarter - 2), quarters.get(quarter - 1))),
                        Duration.ofNanos(System.nanoTime() - begin).toMillis(),
                        Files.size(installation.folder().resolve("state/ledger.db")) >> 20);
            }
            lines.await(THREADS);
            List<Integer> heaps = heaps();
            assertThat(installation.stop()).isIn(0, 143);

            assertThat(distinctLines(installation)).isEqualTo(THREADS).isEqualTo(lines.count());
            assertThat(Collections.min(heaps.subList(quarters.get(2), heaps.size())))
                    .as(
                            "least heap after a collection, in MB, of %s; quarters begin at %d, %d, %d",
                            heaps, quarters.get(0), quarters.get(1), quarters.get(2))
                    .isLessThanOrEqualTo(
                            (int) (Collections.min(heaps.subList(quarters.get(0), quarters.get(1))) + GROWTH_MB));
        }
    }

    /** @return megabytes in use after each garbage collection so far */
    private List<Integer> heaps() throws IOException {
        return AFTER_COLLECTION
                .matcher(Files.readString(collections))
                .results()
                .map(collection -> Integer.valueOf(collection.group(1)))
                .toList();
    }

    /** Eight bytes of a digest for each line: the lines themselves would not fit. */
    private static long distinctLines(Installation installation) {
        long[] digests = installation.files(".ndjson").stream()
                .flatMapToLong(MemoryIT::digests)
                .sorted()
                .toArray();
        return IntStream.range(0, digests.length)
                .filter(i -> i == 0 || digests[i] != digests[i - 1])
                .count();
    }

    private static LongStream digests(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return Arrays.stream(lines.mapToLong(line -> UUID.nameUUIDFromBytes(line.getBytes(StandardCharsets.UTF_8))
                            .getMostSignificantBits())
                    .toArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
