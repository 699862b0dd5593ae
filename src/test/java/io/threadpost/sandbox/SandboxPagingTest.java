package io.threadpost.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SandboxPagingTest {
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    @ParameterizedTest
    @CsvSource({
        "1,NEWEST_CREATED",
        "7,NEWEST_CREATED",
        "1000,NEWEST_CREATED",
        "1,NEWEST_UPDATED",
        "7,NEWEST_UPDATED",
        "1000,NEWEST_UPDATED"
    })
    void pagingGivesEachThreadOnceThoughManyHaveTheSameTime(int count, ThreadOrder order) throws Exception {
        SandboxOptions options =
                new SandboxOptions().threads(300).equalTimes(0.7).order(order).noLimit();
        try (SandboxPlatform platform = SandboxPlatform.start(options)) {
            SandboxClient client = new SandboxClient(platform);
            List<String> drained =
                    client.drain(SandboxClient.updated(now.minus(Duration.ofDays(8)), now.plusSeconds(60)), count);
            assertThat(drained).hasSize(300).doesNotHaveDuplicates();
            assertThat(drained).containsExactlyInAnyOrderElementsOf(platform.versions());
            assertThat(platform.everyVersion()).isEqualTo(platform.versions());
        }
    }

    /** Large enough that both ways of finding a page are taken: walking the order, and gathering the other index. */
    @ParameterizedTest
    @EnumSource(ThreadOrder.class)
    void bothFiltersTogetherGiveWhatSatisfiesBothNewestFirst(ThreadOrder order) throws Exception {
        SandboxOptions options =
                new SandboxOptions().threads(30_000).order(order).noLimit();
        try (SandboxPlatform platform = SandboxPlatform.start(options)) {
            SandboxClient client = new SandboxClient(platform);
            Instant from = now.minus(Duration.ofDays(6));
            Instant middle = now.minus(Duration.ofDays(3));
            List<String> byUpdate = client.drain(SandboxClient.updated(middle, now.plusSeconds(9)), 1000);
            List<String> byCreation = client.drain(SandboxClient.created(from, middle), 1000);
            List<String> both = client.drain(
                    SandboxClient.updated(middle, now.plusSeconds(9)) + "," + SandboxClient.created(from, middle),
                    1000);
            assertThat(both).hasSizeGreaterThan(1000).doesNotHaveDuplicates();
            assertThat(byUpdate.stream().filter(byCreation::contains)).containsExactlyElementsOf(both);
            String few = SandboxClient.updated(middle, middle.plusSeconds(600));
            assertThat(client.drain(few, 3)).isEqualTo(client.drain(few, 1000)).isNotEmpty();
        }
    }

    @Test
    void namedThreadsAreFilteredAsWell() throws Exception {
        try (SandboxPlatform platform = SandboxPlatform.start(new SandboxOptions())) {
            SandboxClient client = new SandboxClient(platform);
            String old = platform.addThread(now.minusSeconds(100), "A", "old");
            String fresh = platform.addThread(now.minusSeconds(10), "A", "fresh");
            String other = platform.addThread(now.minusSeconds(5), "A", "other");
            String named = "'MessageThreadIds':['" + old + "','" + fresh + "','" + SandboxOptions.ENTERPRISE + "']";
            assertThat(client.ids(client.getAll(named, 10, null))).containsExactly(fresh, old);
            String recent = named + "," + SandboxClient.created(now.minusSeconds(20), now);
            assertThat(client.ids(client.getAll(recent, 10, null))).containsExactly(fresh);
            assertThat(client.ids(client.getAll(named, 1, fresh))).containsExactly(old);
            assertThat(client.ids(client.getAll(SandboxClient.created(now.minusSeconds(5), now), 10, null)))
                    .containsExactly(other);
        }
    }

    @Test
    void anEmptyPageIs204OnlyWhenAskedForMinimalAnswers() throws Exception {
        try (SandboxPlatform platform = SandboxPlatform.start(new SandboxOptions())) {
            SandboxClient client = new SandboxClient(platform);
            String nothing = SandboxClient.updated(now.minusSeconds(100), now);
            assertThat(client.getAll(nothing, 10, null).body()).isEqualTo("{\"MessageThreads\":[],\"Cursor\":null}");
            assertThat(client.getAll(nothing, 10, null, "Prefer", "return=minimal")
                            .statusCode())
                    .isEqualTo(204);
        }
    }
}
