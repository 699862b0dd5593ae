package io.threadpost.pull;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

import io.threadpost.Promise;
import io.threadpost.Proves;
import io.threadpost.ledger.WithLedger;
import io.threadpost.testing.CannedPlatform;
import io.threadpost.testing.CannedPlatform.Answer;

/** When a window counts as drained, and when it does not. */
@Proves(Promise.EVERY_VERSION_IS_DELIVERED)
class WindowEndTest extends WithLedger {
    private static final Map<String, String> ONE_A_PAGE =
            Map.of("threadpost.pull.page-size", "1", "threadpost.pull.period", "1h");
    private final Instant updated = Instant.now().minus(Duration.ofDays(3));

    private String thread(String id, Instant updated) {
        return "{\"Id\":\"" + id + "\",\"UpdatedUtc\":\"" + updated + "\"}";
    }

    private static String cursor(JsonNode request) {
        return request.path("Limitation").path("Cursor").asText("");
    }

    private static boolean byId(JsonNode request) {
        return request.has("MessageThreadIds");
    }

    private String state() {
        return String.join(",", ledger.rows("SELECT DISTINCT state FROM pull_window"));
    }

    @Test
    void anEmptyAnswerToACursorIsTheEndWhenItsThreadStandsUnchanged() throws Exception {
        try (CannedPlatform platform = new CannedPlatform(
                        request -> byId(request) || cursor(request).isEmpty()
                                ? Answer.page("a", thread("a", updated))
                                : Answer.of(204, ""));
                PullNode node = new PullNode(ledger.ledger(), platform.address(), ONE_A_PAGE).startToFiles()) {
            await().untilAsserted(() -> assertThat(state()).isEqualTo("closed"));
            assertThat(node.versions()).hasSize(1);
            assertThat(platform.requests().stream().filter(WindowEndTest::byId)).hasSize(1);
        }
    }

    @Test
    void anEmptyAnswerToACursorWhoseThreadChangedIsNotTheEnd() throws Exception {
        AtomicInteger heads = new AtomicInteger();
        // The first walk loses its cursor to an update of a; the second one, from the head, finds b behind c.
        try (CannedPlatform platform = new CannedPlatform(request -> {
                    if (byId(request)) {
                        return Answer.page("a", thread("a", Instant.now()));
                    }
                    if (request.path("Limitation").path("Count").asInt() == 1
                            && cursor(request).isEmpty()) {
                        return heads.incrementAndGet() <= 3
                                ? Answer.page("a", thread("a", updated))
                                : Answer.page("c", thread("c", updated));
                    }
                    return cursor(request).equals("c") ? Answer.page(null, thread("b", updated)) : Answer.page(null);
                });
                PullNode node = new PullNode(ledger.ledger(), platform.address(), ONE_A_PAGE).startToFiles()) {
            await().untilAsserted(() -> assertThat(node.versions())
                    .containsExactlyInAnyOrder("a " + updated, "b " + updated, "c " + updated));
            await().untilAsserted(() -> assertThat(state()).isEqualTo("closed"));
        }
    }

    @Test
    void aPlatformThatLosesEveryCursorIsAnAlarmAndTheWindowStaysOpen() throws Exception {
        try (CannedPlatform platform =
                        new CannedPlatform(request -> cursor(request).isEmpty()
                                ? Answer.page("a", thread("a", updated))
                                : Answer.of(400, "{\"Message\":\"Invalid cursor\"}"));
                PullNode node = new PullNode(ledger.ledger(), platform.address(), ONE_A_PAGE).startToFiles()) {
            await().untilAsserted(() -> assertThat(ledger.rows("SELECT error FROM pull_window WHERE error IS NOT NULL"))
                    .anySatisfy(error -> assertThat(error).contains("loses its cursors")));
            assertThat(state()).contains("open");
            assertThat(ledger.rows("SELECT COUNT(*) FROM pull_window WHERE due > created"))
                    .doesNotContain("0");
            assertThat(node.versions()).containsExactly("a " + updated);
        }
    }

    /** The cursor that a process leaves may be the one whose thread is updated before the next one starts. */
    @Test
    void aResumedWindowGoesOnBeforeACursorThatWasDroppedMeanwhile() throws Exception {
        try (CannedPlatform platform = new CannedPlatform(request -> old(request)
                ? switch (cursor(request)) {
                    case "" -> Answer.page("a", thread("a", updated));
                    case "a" -> Answer.page("b", thread("b", updated));
                    case "b" -> Answer.page("c", thread("c", updated));
                    default -> Answer.of(500, "");
                }
                : Answer.page(null))) {
            try (PullNode node = new PullNode(ledger.ledger(), platform.address(), ONE_A_PAGE).startToFiles()) {
                await().untilAsserted(() -> assertThat(node.versions()).hasSize(3));
            }
            int before = platform.requests().size();
            platform.script(request -> old(request)
                    ? switch (cursor(request)) {
                        case "b" -> Answer.page("d", thread("d", updated));
                        case "d" -> Answer.page(null, thread("e", updated));
                        default -> Answer.of(400, "{\"Message\":\"Invalid cursor\"}");
                    }
                    : Answer.page(null));
            try (PullNode node = new PullNode(ledger.ledger(), platform.address(), ONE_A_PAGE).startToFiles()) {
                await().untilAsserted(
                                () -> assertThat(node.versions()).containsExactly("d " + updated, "e " + updated));
            }
            assertThat(platform.requests().stream()
                            .skip(before)
                            .filter(this::old)
                            .map(WindowEndTest::cursor))
                    .contains("c", "b", "d")
                    .doesNotContain("");
        }
    }

    /** Whether a request is for the time of the test's threads. */
    private boolean old(JsonNode request) {
        String start = request.path("UpdatedUtc").path("StartUtc").asText("");
        return !start.isEmpty() && Instant.parse(start).isBefore(updated);
    }

    @Test
    void aPlatformThatGoesRoundInCirclesIsAnAlarmAndTheWindowStaysOpen() throws Exception {
        AtomicInteger turns = new AtomicInteger();
        // Each cursor is new, the threads are always the same: no end would ever come.
        try (CannedPlatform platform = new CannedPlatform(
                        request -> Answer.page("cursor-" + turns.incrementAndGet(), thread("a", updated)));
                PullNode node = new PullNode(ledger.ledger(), platform.address(), ONE_A_PAGE).startToFiles()) {
            await().untilAsserted(() -> assertThat(ledger.rows("SELECT error FROM pull_window WHERE error IS NOT NULL"))
                    .isNotEmpty());
            assertThat(state()).contains("open");
            assertThat(node.versions()).containsExactly("a " + updated);
        }
    }

    @Test
    void aFullPageWithANullCursorIsTheEnd() throws Exception {
        try (CannedPlatform platform = new CannedPlatform(request -> Answer.page(null, thread("a", updated)));
                PullNode node = new PullNode(ledger.ledger(), platform.address(), ONE_A_PAGE).startToFiles()) {
            await().untilAsserted(() -> assertThat(state()).isEqualTo("closed"));
            assertThat(platform.requests())
                    .noneMatch(request -> !cursor(request).isEmpty());
        }
    }

    @Test
    void anAnswerThatIsNoPageClosesNothing() throws Exception {
        AtomicInteger answers = new AtomicInteger();
        try (CannedPlatform platform = new CannedPlatform(request -> {
                    int answer = answers.incrementAndGet();
                    return answer == 1
                            ? Answer.page(null)
                            : answer == 2
                                    ? Answer.of(200, "{}")
                                    : answer == 3
                                            ? Answer.of(200, "")
                                            : answer == 4
                                                    ? Answer.of(200, "{\"MessageThreads\":null}")
                                                    : Answer.page(null, thread("a", updated));
                });
                PullNode node = new PullNode(ledger.ledger(), platform.address(), ONE_A_PAGE).startToFiles()) {
            await().untilAsserted(() -> assertThat(node.versions()).hasSize(1));
        }
    }
}
