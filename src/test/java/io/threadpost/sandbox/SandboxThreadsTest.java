package io.threadpost.sandbox;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class SandboxThreadsTest {
    private static final String RECENT = SandboxClient.updated(
            Instant.now().minus(Duration.ofDays(8)), Instant.now().plus(Duration.ofDays(1)));

    @Test
    void anAddedThreadIsAnsweredAndThenFound() throws Exception {
        try (SandboxPlatform platform = SandboxPlatform.start(new SandboxOptions())) {
            SandboxClient client = new SandboxClient(platform);
            HttpResponse<String> added = client.add("Zoë \\u0022Z\\u0022", "tab\\t, newline\\n, 🧳 and \\u0001");
            assertThat(added.statusCode()).isEqualTo(200);
            JsonNode thread = client.json(added).at("/MessageThreads/0");
            assertThat(thread.path("OriginalSender").textValue()).isEqualTo("Zoë \"Z\"");
            assertThat(thread.path("Subject").textValue()).isEqualTo("tab\t, newline\n, 🧳 and \u0001");
            assertThat(thread.path("UpdatedUtc")).isEqualTo(thread.path("CreatedUtc"));
            assertThat(client.cursor(added)).isEqualTo(thread.path("Id").textValue());
            assertThat(platform.everyVersion()).as("an add serves no version").isEmpty();
            assertThat(client.json(client.getAll(RECENT, 10, null)).at("/MessageThreads/0"))
                    .isEqualTo(thread);
            assertThat(client.ids(client.add("Zoë", "tab")))
                    .doesNotContain(thread.path("Id").textValue());
            assertThat(platform.versions()).hasSize(2);
        }
    }

    @Test
    void unknownFieldsAreServedWithNumbersAndEscapesThatPrintingWouldChange() throws Exception {
        SandboxOptions options = new SandboxOptions().threads(9).extraFields(true);
        try (SandboxPlatform platform = SandboxPlatform.start(options)) {
            SandboxClient client = new SandboxClient(platform);
            HttpResponse<String> page = client.getAll(RECENT, 10, null);
            assertThat(client.ids(page)).hasSize(9).allSatisfy(id -> assertThat(page.body())
                    .contains(platform.threadJson(id)));
            assertThat(page.body())
                    .contains("\"Rating\":1.10,")
                    .contains("\"Weight\":1E+2,")
                    .contains("12345678901234567890")
                    .contains("\"caf\\u00e9 \\/ \\ud83d\\ude00\"")
                    .contains("{\"Channel\"");
        }
    }

    @Test
    void theSameSeedGivesTheSameThreads() {
        SandboxOptions options = new SandboxOptions().threads(1000).seed(5);
        assertThat(ids(options))
                .hasSize(1000)
                .isEqualTo(ids(options))
                .doesNotContainAnyElementsOf(ids(options.seed(6)));
    }

    @Test
    void anIdLeadsBackToItsThread() {
        ThreadIds ids = new ThreadIds(99);
        for (int slot = 0; slot < 100_000; slot++) {
            UUID id = ids.id(slot);
            assertThat(ids.slot(UUID.fromString(id.toString()), 100_000)).isEqualTo(slot);
            assertThat(id.version()).isEqualTo(4);
            assertThat(id.variant()).isEqualTo(2);
        }
        assertThat(ids.slot(ids.id(100_000), 100_000)).isEqualTo(-1);
        assertThat(ids.slot(UUID.randomUUID(), 100_000)).isEqualTo(-1);
    }

    @Test
    void theIndexesStayInOrderWhateverIsMoved() throws Exception {
        SandboxOptions options =
                new SandboxOptions().threads(5000).equalTimes(0.3).noLimit();
        try (SandboxPlatform platform = SandboxPlatform.start(options.order(ThreadOrder.NEWEST_UPDATED))) {
            SandboxClient client = new SandboxClient(platform);
            Instant now = Instant.now();
            long noise = 1;
            for (String version : platform.versions()) {
                noise = SplitMix.of(noise);
                if (noise % 2 == 0) {
                    platform.updateThread(version.substring(0, 36), now.plusSeconds(SplitMix.below(noise, 10_000)));
                }
            }
            assertThat(client.drain(RECENT, 777))
                    .doesNotHaveDuplicates()
                    .containsExactlyInAnyOrderElementsOf(platform.versions())
                    .isSortedAccordingTo((a, b) -> (b.substring(37) + b).compareTo(a.substring(37) + a));
        }
    }

    @Test
    void aGrowingPlatformAddsAndUpdatesUntilItIsQuiet() {
        SandboxOptions options =
                new SandboxOptions().threads(100).precision(TimePrecision.TICKS).growth(200, 200);
        try (SandboxPlatform platform = SandboxPlatform.start(options)) {
            Set<String> before = platform.versions();
            await().until(() -> platform.versions().size() > 150);
            platform.quiet();
            Set<String> after = platform.versions();
            Set<String> gone = new HashSet<>(before);
            gone.removeAll(after);
            assertThat(gone).as("versions that were replaced").isNotEmpty();
            assertThat(platform.versions()).isEqualTo(after);
        }
    }

    private static Set<String> ids(SandboxOptions options) {
        try (SandboxPlatform platform = SandboxPlatform.start(options)) {
            Set<String> ids = new HashSet<>();
            platform.versions().forEach(version -> ids.add(version.substring(0, 36)));
            return ids;
        }
    }
}
