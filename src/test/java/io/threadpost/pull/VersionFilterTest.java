package io.threadpost.pull;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.threadpost.Promise;
import io.threadpost.Proves;
import io.threadpost.pull.VersionBlock.Version;
import io.threadpost.pull.VersionFilter.Found;

/** The filter takes no more memory than it is given, misses no version, and finds few that are not there. */
@Proves(Promise.MEMORY_STAYS_FLAT)
class VersionFilterTest {
    private static final int BLOCKS = 300;
    private static final int SIZE = 1000;

    @TempDir
    Path folder;

    private List<List<Version>> blocks;

    @BeforeEach
    void fill() {
        Random random = new Random(1);
        blocks = IntStream.range(0, BLOCKS)
                .mapToObj(block -> versions(random, SIZE))
                .toList();
    }

    private static List<Version> versions(Random random, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Version(random.nextInt(1 << 30), new UUID(random.nextLong(), 7).toString()))
                .toList();
    }

    private VersionFilter filter(long memory, Path spill) {
        VersionFilter filter = new VersionFilter(memory, new SpillFile(spill));
        for (int i = 0; i < BLOCKS; i++) {
            filter.add("main", i + 1, SIZE, new VersionBlock("main", VersionBlock.encode(blocks.get(i))));
            assertThat(filter.heapBytes()).isLessThanOrEqualTo(Math.max(memory, 100_000));
        }
        return filter;
    }

    /** All in memory; most in the file; and so little that the Bloom filters are useless. */
    @ParameterizedTest
    @ValueSource(longs = {10_000_000, 500_000, 10_000})
    void findsTheBlocksOfEachVersionInBoundedMemory(long memory) throws IOException {
        VersionFilter filter = filter(memory, folder.resolve("state"));

        assertThat(filter.added("main")).isEqualTo(BLOCKS);
        for (int i = 0; i < BLOCKS; i++) {
            long id = i + 1;
            for (Version version : blocks.get(i).subList(0, 20)) {
                Found found = filter.find("main", List.of(version));
                assertThat(found.blocks()).anyMatch(range -> range.from() <= id && id <= range.to());
                assertThat(found.blocks()).allMatch(range -> range.to() - range.from() < BLOCKS / 10);
            }
        }
        Found others = filter.find("main", versions(new Random(2), 20_000));
        assertThat(others.versions()).hasSizeLessThan(200);
        if (Files.exists(folder.resolve("state"))) {
            assertThat(folder.resolve("state")).as("the file has no name").isEmptyDirectory();
        }
        filter.close();
        List<Version> afterwards = blocks.get(0);
        assertThat(filter.find("main", afterwards).versions()).containsAll(afterwards);
    }

    /** A rebuilt filter takes in one connection after the other, so the later one's blocks may have lower numbers. */
    @Test
    void missesNoBlockOfSeveralConnectionsWhenTheFileCannotBeRead() {
        VersionFilter filter = new VersionFilter(500_000, new SpillFile(folder));
        int half = BLOCKS / 2;
        for (int i = 0; i < BLOCKS; i++) {
            String connection = i < half ? "main" : "other";
            long id = i < half ? BLOCKS + i : i - half + 1;
            filter.add(connection, id, SIZE, new VersionBlock(connection, VersionBlock.encode(blocks.get(i))));
        }

        filter.close();

        for (int i = half; i < BLOCKS; i++) {
            long id = i - half + 1;
            Found found = filter.find("other", blocks.get(i).subList(0, 20));
            assertThat(found.blocks()).anyMatch(range -> range.from() <= id && id <= range.to());
        }
    }

    @Test
    void takesNoMoreWhileThereIsNoDiskForTheRest() throws IOException {
        Path spill = Files.createFile(folder.resolve("no folder"));
        VersionFilter filter = filter(100_000, spill);

        assertThat(filter.full()).isTrue();
        long added = filter.added("main");
        assertThat(added).isBetween(1L, BLOCKS - 1L);
        for (int i = 0; i < added; i++) {
            assertThat(filter.find("main", blocks.get(i)).versions()).containsAll(blocks.get(i));
        }

        Files.delete(spill);
        filter.resume();
        for (int i = (int) added; i < BLOCKS; i++) {
            filter.add("main", i + 1, SIZE, new VersionBlock("main", VersionBlock.encode(blocks.get(i))));
        }
        assertThat(filter.added("main")).isEqualTo(BLOCKS);
        for (List<Version> block : blocks) {
            List<Version> some = block.subList(0, 20);
            assertThat(filter.find("main", some).versions()).containsAll(some);
        }
    }
}
