package io.threadpost;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.threadpost.ledger.Dialect;
import io.threadpost.ledger.LedgerFixture;
import io.threadpost.sandbox.SandboxPlatform;
import io.threadpost.spool.SpoolItem;
import io.threadpost.spool.StoredItems;
import io.threadpost.testing.CrashTrial;
import io.threadpost.testing.Installation;
import io.threadpost.testing.RawRequest;
import io.threadpost.testing.TestNode;

/**
 * The real program is killed again and again while backfills run, are paused, resumed, cancelled and repeated, and
 * while threads are delivered again to other spools. In the end every version is a file, once; each re-delivery has
 * delivered what was delivered before it, once; and another target of the route has noticed nothing.
 */
@Proves({Promise.EVERY_VERSION_IS_DELIVERED, Promise.FILES_HOLD_EVERY_VERSION_ONCE})
class BackfillCrashIT {
    private static final List<String> BACKFILL_ACTIONS = List.of("pause", "resume", "cancel", "again");
    private static final List<String> REDELIVERY_ACTIONS = List.of("pause", "resume", "resume", "cancel");
    private static final String INTERVAL = "{\"from\":\"P25D\",\"to\":\"PT0S\"}";
    private static final int MOST_REDELIVERIES = 4;
    /** Gets from the route what files get. */
    private static final String OTHER = "desk";

    @TempDir
    Path temporary;

    /** Each with what it has to deliver, if it still stands in the end. */
    private final List<Set<String>> redeliveries = new ArrayList<>();

    private URI api;
    private CrashTrial trial;
    private Installation installation;

    @Test
    void everythingIsDeliveredOnceWhateverIsDoneToBackfillsAndKilledWhen() throws Exception {
        trial(new CrashTrial(3));
    }

    @Test
    @Tag("nightly")
    void everythingIsDeliveredOnceInALongTrial() throws Exception {
        trial(new CrashTrial(30));
    }

    /** The last kill comes when everything is pulled and delivered again. */
    private void trial(CrashTrial size) throws Exception {
        trial = size;
        int port = Installation.freePort();
        api = URI.create("http://127.0.0.1:" + port);
        Map<String, String> settings = Map.of(
                "threadpost.pull.start", "P1D",
                "threadpost.pull.page-size", "97",
                "quarkus.http.port", String.valueOf(port));
        try (SandboxPlatform platform = SandboxPlatform.start(trial.platform().noLimit());
                Installation pulling = Installation.pulling(temporary.resolve("installation"), platform, settings)) {
            installation = pulling;
            startWithHeldSpools();
            beginBackfills();
            for (int kill = 1; kill < trial.kills(); kill++) {
                if (redeliveries.size() < MOST_REDELIVERIES - 1) {
                    beginRedelivery();
                }
                killAndStart();
                operate();
            }
            resumeAll();
            post("/api/backfills", INTERVAL);
            awaitNoneRunning("backfills");
            beginRedelivery();
            killAndStart();
            awaitNoneRunning("redeliveries");
            trial.awaitDelivery(platform, installation::jsonFiles);
            List<JsonNode> ended = list("redeliveries");
            assertThat(installation.stop()).isIn(0, 143);
            check(platform, ended);
        }
    }

    private void startWithHeldSpools() throws IOException {
        List<String> held = Stream.concat(
                        Stream.iterate(0, i -> i + 1).limit(MOST_REDELIVERIES).map(i -> "crm" + i), Stream.of(OTHER))
                .toList();
        for (String spool : held) {
            Files.writeString(
                    installation.folder().resolve("routes/to-" + spool + ".camel.yaml"),
                    """
                    - route:
                        id: to-%1$s
                        description: A target, held in the trial.
                        from:
                          uri: spool:%1$s
                          steps:
                            - log:
                                message: delivered
                    """
                            .formatted(spool));
        }
        installation.edit(
                "route-thread.camel.yaml",
                "description: Every thread to files.",
                "description: Every thread to files.\n        - to:\n            uri: spool:" + OTHER);
        installation.start();
        installation.awaitUp();
        held.forEach(
                spool -> assertThat(post("/api/spools/" + spool + "/hold", "{}").status())
                        .isEqualTo(200));
    }

    /** One is paused, one cancelled, and one runs. */
    private void beginBackfills() {
        await("a page was delivered").until(() -> !installation.jsonFiles().isEmpty());
        await("a backfill begins")
                .until(() -> post("/api/backfills", "{\"from\":\"P5D\",\"to\":\"PT0S\"}")
                                .status()
                        == 200);
        post("/api/backfills/1/pause", "{}");
        post("/api/backfills", "{\"from\":\"P8D\",\"to\":\"P5D\"}");
        post("/api/backfills/2/cancel", "{}");
        post("/api/backfills", INTERVAL);
    }

    /** Of an interval, or every second time of threads by their ids. */
    private void beginRedelivery() {
        int number = redeliveries.size();
        Set<String> before = new HashSet<>(installation.jsonFiles());
        String which = number % 2 == 0
                ? "\"from\":\"P30D\",\"to\":\"PT0S\""
                : before.stream()
                        .map(version -> "\"" + version.split(" ")[0] + "\"")
                        .distinct()
                        .collect(Collectors.joining(",", "\"ids\":[", "]"));
        JsonNode begun = post("/api/redeliveries", "{\"spool\":\"crm" + number + "\"," + which + "}")
                .json();
        if (begun.hasNonNull("to")) {
            Instant to = Instant.parse(begun.path("to").asText());
            before.removeIf(version -> !Instant.parse(version.split(" ")[1]).isBefore(to));
        }
        redeliveries.add(before);
    }

    private void killAndStart() throws Exception {
        installation.killAfter(Duration.ofMillis(trial.random().nextInt(1500)));
        installation.start();
        installation.awaitUp();
    }

    private void operate() {
        for (int i = 0; i < 3; i++) {
            act("backfills", BACKFILL_ACTIONS);
        }
        act("redeliveries", REDELIVERY_ACTIONS);
        if (trial.random().nextBoolean()) {
            post("/api/coverage/fill", "{}");
        }
    }

    private void act(String what, List<String> actions) {
        List<JsonNode> all = list(what);
        JsonNode one = all.get(trial.random().nextInt(all.size()));
        String action = actions.get(trial.random().nextInt(actions.size()));
        post("/api/" + what + "/" + one.path("id").asLong() + "/" + action, "{}");
    }

    private void resumeAll() {
        for (String what : List.of("backfills", "redeliveries")) {
            list(what).forEach(one -> post("/api/" + what + "/" + one.path("id").asLong() + "/resume", "{}"));
        }
    }

    private void awaitNoneRunning(String what) {
        await("no " + what + " run").atMost(Duration.ofMinutes(5)).until(() -> list(what).stream()
                .noneMatch(one -> one.path("state").asText().equals("running")));
    }

    private void check(SandboxPlatform platform, List<JsonNode> ended) {
        List<String> files = installation.jsonFiles();
        trial.assertOnce(platform, files);
        Set<String> standing = Set.copyOf(platform.versions());
        assertThat(ended).hasSize(redeliveries.size());
        try (LedgerFixture ledger = LedgerFixture.create(
                        Dialect.SQLITE, installation.folder().resolve("state"));
                TestNode node = new TestNode(ledger.ledger())) {
            List<String> other = waiting(node, OTHER);
            trial.assertOnce(platform, other);
            assertThat(other).as("noticed no re-delivery").containsAll(files);
            for (JsonNode one : ended) {
                List<String> again = waiting(node, one.path("spool").asText());
                trial.assertOnce(platform, again);
                if (one.path("state").asText().equals("finished")) {
                    Set<String> promised = redeliveries.get(one.path("id").asInt() - 1);
                    promised.retainAll(standing);
                    assertThat(again).as("all of %s", one.path("line")).containsAll(promised);
                }
            }
        }
    }

    private RawRequest.Answer post(String path, String body) {
        return RawRequest.to(api).header("Content-Type: application/json").post(path, body);
    }

    private List<JsonNode> list(String what) {
        List<JsonNode> all = new ArrayList<>();
        RawRequest.to(api).get("/api/" + what).json().path(what).forEach(all::add);
        return all;
    }

    /** @return "Id UpdatedUtc" of what waits in a held spool */
    private static List<String> waiting(TestNode node, String spool) {
        return node.get(StoredItems.class).waiting(spool, 0, Long.MAX_VALUE, Integer.MAX_VALUE).stream()
                .flatMap(parcel -> parcel.items().stream())
                .map(SpoolItem::key)
                .map(key -> key.replace('@', ' '))
                .toList();
    }
}
