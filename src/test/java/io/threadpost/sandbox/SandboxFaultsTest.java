package io.threadpost.sandbox;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SandboxFaultsTest {
    private final Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofDays(1));
    private final String window = SandboxClient.updated(start, start.plusSeconds(1000));
    private final SandboxPlatform platform = SandboxPlatform.start(new SandboxOptions().noLimit());
    private final SandboxClient client = new SandboxClient(platform);

    @AfterEach
    void stop() {
        assertThat(platform.refusals())
                .as("a fault is no mistake of the client")
                .isEmpty();
        platform.close();
    }

    @ParameterizedTest
    @EnumSource(FaultKind.class)
    void whenAFaultStrikesIsDecidedByTheSeed(FaultKind kind) {
        Faults faults =
                Faults.none().with(kind, Chance.of(0.2)).serverErrorBurst(3).tooManyBurst(2);
        List<Integer> struck = struck(faults.seed(1), kind);
        assertThat(struck).isEqualTo(struck(faults.seed(1), kind)).isNotEqualTo(struck(faults.seed(2), kind));
        assertThat(struck.size()).isBetween(100, 700);
        assertThat(struck(Faults.none().with(kind, Chance.at(5, 9)), kind)).containsExactly(5, 9);
        assertThat(struck(Faults.none().with(kind, Chance.every(400)), kind)).containsExactly(400, 800);
        assertThat(struck(faults.only("add"), kind)).isEmpty();
    }

    private static List<Integer> struck(Faults faults, FaultKind kind) {
        FaultDice dice = new FaultDice(faults);
        return IntStream.rangeClosed(1, 1000)
                .filter(ordinal -> dice.roll("getAll").strikes(kind))
                .boxed()
                .toList();
    }

    @Test
    void aStormIsTheSameStormAgain() throws Exception {
        assertThat(storm(3)).isEqualTo(storm(3)).isNotEqualTo(storm(4)).contains(0, 200, 500);
    }

    private List<Integer> storm(long seed) throws IOException {
        platform.clearRequests();
        Faults storm = Faults.storm(seed)
                .with(FaultKind.LATENCY, Chance.NEVER)
                .with(FaultKind.SLOW_BODY, Chance.NEVER)
                .with(FaultKind.SERVER_ERROR, Chance.every(13));
        platform.setFaults(storm);
        for (int i = 0; i < 150; i++) {
            try {
                client.getAll(window, 10, null);
            } catch (IOException lost) {
                // The log tells.
            }
        }
        return platform.requests().stream().map(SandboxRequest::status).toList();
    }

    @Test
    void serverErrorsComeInBursts() throws Exception {
        platform.setFaults(
                Faults.none().with(FaultKind.SERVER_ERROR, Chance.at(2)).serverErrorBurst(3));
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            statuses.add(client.getAll(window, 10, null).statusCode());
        }
        assertThat(statuses.get(0)).isEqualTo(200);
        assertThat(statuses.subList(1, 4))
                .allSatisfy(status -> assertThat(status).isIn(500, 502, 503));
        assertThat(statuses.subList(4, 6)).containsOnly(200);
        assertThat(platform.requests().get(1).fault()).isEqualTo("SERVER_ERROR");
    }

    @Test
    void tooManyRequestsAsksForThePauseThatIsSet() throws Exception {
        platform.setFaults(Faults.none()
                .with(FaultKind.TOO_MANY_REQUESTS, Chance.ALWAYS)
                .retryAfter(Duration.ofSeconds(7), RetryAfterForm.SECONDS));
        HttpResponse<String> refused = client.getAll(window, 10, null);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains("7");
        platform.setFaults(Faults.none());
        assertThat(client.getAll(window, 10, null).statusCode()).isEqualTo(200);
        assertThat(platform.earlyAfter429()).isEqualTo(1);
    }

    @Test
    void aResetAddWasNotCarriedOutButALostOneWas() {
        platform.setFaults(Faults.none().with(FaultKind.RESET, Chance.at(1)).with(FaultKind.LOST_ADD, Chance.at(2)));
        assertThatThrownBy(() -> client.add("A", "reset")).isInstanceOf(IOException.class);
        assertThat(platform.versions()).isEmpty();
        assertThatThrownBy(() -> client.add("A", "lost")).isInstanceOf(IOException.class);
        assertThat(platform.versions()).hasSize(1);
        assertThat(platform.requests()).extracting(SandboxRequest::status).containsExactly(0, 0);
    }

    @Test
    void aLostAddCanBecomeVisibleLater() {
        platform.setFaults(
                Faults.none().with(FaultKind.LOST_ADD, Chance.ALWAYS).addVisibleAfter(Duration.ofMillis(300)));
        assertThatThrownBy(() -> client.add("A", "later")).isInstanceOf(IOException.class);
        SandboxRequest lost = platform.requests().get(0);
        await().until(() -> !platform.versions().isEmpty());
        assertThat(System.nanoTime() - lost.receivedNanos())
                .isGreaterThan(Duration.ofMillis(300).toNanos());
    }

    @Test
    void aTruncatedBodyServesNothing() throws Exception {
        String id = platform.addThread(start, "A", "cut");
        platform.setFaults(Faults.none().with(FaultKind.TRUNCATED_BODY, Chance.at(1)));
        assertThatThrownBy(() -> client.getAll(window, 10, null)).isInstanceOf(IOException.class);
        assertThat(platform.everyVersion()).isEmpty();
        assertThat(client.ids(client.getAll(window, 10, null))).containsExactly(id);
        assertThat(platform.everyVersion()).isEqualTo(platform.versions());
    }

    @Test
    void tooHeavyIntervalsAre408UntilTheyAreShortEnough() throws Exception {
        for (int i = 0; i < 30; i++) {
            platform.addThread(start.plusSeconds(i / 10), "A", "heavy " + i);
        }
        platform.setFaults(Faults.none().tooHeavyAbove(15));
        assertThat(client.getAll(window, 10, null).statusCode()).isEqualTo(408);
        String second = SandboxClient.updated(start, start.plusSeconds(1));
        assertThat(client.ids(client.getAll(second, 10, null))).hasSize(10);
        platform.setFaults(Faults.none().tooHeavyAbove(5));
        assertThat(client.getAll(second, 10, null).statusCode())
                .as("a unit of time cannot be split")
                .isEqualTo(200);
        platform.setFaults(Faults.none().tooHeavyAbove(Duration.ofSeconds(999)));
        assertThat(client.getAll(window, 10, null).statusCode()).isEqualTo(408);
    }

    @Test
    void cursorFaultsStrikeOnlyRequestsWithACursor() throws Exception {
        String older = platform.addThread(start, "A", "older");
        String newer = platform.addThread(start.plusSeconds(1), "A", "newer");
        platform.setFaults(Faults.none().with(FaultKind.INVALID_CURSOR, Chance.ALWAYS));
        assertThat(client.getAll(window, 1, null).statusCode()).isEqualTo(200);
        HttpResponse<String> invalid = client.getAll(window, 1, newer);
        assertThat(invalid.statusCode()).isEqualTo(400);
        assertThat(client.json(invalid).path("Message").textValue()).isEqualTo("Invalid cursor");
        platform.setFaults(Faults.none().with(FaultKind.REPEATED_CURSOR, Chance.ALWAYS));
        HttpResponse<String> repeated = client.getAll(window, 1, newer);
        assertThat(client.ids(repeated)).containsExactly(older);
        assertThat(client.cursor(repeated)).isEqualTo(newer);
    }

    @Test
    void anEmptyAnswerToACursorMeansThatItsThreadHasReallyMoved() throws Exception {
        String older = platform.addThread(start, "A", "older");
        String newer = platform.addThread(start.plusSeconds(1), "A", "newer");
        platform.setFaults(Faults.none().with(FaultKind.CURSOR_UPDATED, Chance.ALWAYS));
        assertThat(client.json(client.getAll(window, 1, newer)).toString())
                .isEqualTo("{\"MessageThreads\":[],\"Cursor\":null}");
        assertThat(client.ids(client.getAll(window, 10, null)))
                .as("the cursor's thread has left, the other still stands")
                .containsExactly(older);
        // By creation the cursor's thread stays where it is, so an empty answer would be a lie.
        String created = SandboxClient.created(start, start.plusSeconds(1000));
        assertThat(client.ids(client.getAll(created, 1, newer))).containsExactly(older);
    }

    @Test
    void threadsAreUpdatedWhileBeingPaged() throws Exception {
        for (int i = 0; i < 20; i++) {
            platform.addThread(start.plusSeconds(i), "A", "page " + i);
        }
        platform.setFaults(Faults.none().with(FaultKind.UPDATES, Chance.at(1)).updates(6));
        Set<String> before = platform.versions();
        HttpResponse<String> first = client.getAll(window, 10, null);
        assertThat(before).containsAll(client.versions(first));
        List<String> next = client.ids(client.getAll(window, 10, client.cursor(first)));
        assertThat(next).as("some have left the page that was to come").hasSizeBetween(4, 9);
        assertThat(platform.versions()).hasSize(20).isNotEqualTo(before);
        assertThat(platform.everyVersion()).hasSize(10 + next.size());
    }

    @Test
    void bodiesCanBeOfAnyKind() throws Exception {
        platform.addThread(start, "A", "kind");
        platform.setFaults(Faults.none().with(FaultKind.HTML_PAGE, Chance.ALWAYS));
        assertThat(client.getAll(window, 10, null).body()).startsWith("<!DOCTYPE html>");
        platform.setFaults(Faults.none().with(FaultKind.WRONG_CONTENT_TYPE, Chance.ALWAYS));
        HttpResponse<String> mislabelled = client.getAll(window, 10, null);
        assertThat(mislabelled.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(client.ids(mislabelled)).hasSize(1);
        platform.setFaults(Faults.none().with(FaultKind.NO_CONTENT, Chance.ALWAYS));
        String nothing = SandboxClient.updated(start.minusSeconds(9), start.minusSeconds(8));
        assertThat(client.getAll(nothing, 10, null).statusCode()).isEqualTo(204);
        assertThat(client.getAll(window, 10, null).statusCode()).isEqualTo(200);
    }

    @Test
    void slowAnswersTakeTheirTime() throws Exception {
        platform.addThread(start, "A", "slow");
        platform.setFaults(Faults.none()
                .with(FaultKind.SLOW_BODY, Chance.ALWAYS)
                .with(FaultKind.LATENCY, Chance.ALWAYS)
                .latency(Duration.ofMillis(50), Duration.ofMillis(10))
                .slowBody(Duration.ofMillis(200)));
        assertThat(client.ids(client.getAll(window, 10, null))).hasSize(1);
        SandboxRequest slow = platform.requests().get(0);
        assertThat(Duration.ofNanos(slow.answeredNanos() - slow.receivedNanos()))
                .isGreaterThan(Duration.ofMillis(220));
    }
}
