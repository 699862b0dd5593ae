package io.threadpost;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
 * The real program is killed again and again while an operator begins, pauses, resumes, cancels and repeats backfills,
 * and while threads are delivered again to another spool. In the end every version is a file, once, and was delivered
 * again once.
 */
@Proves({Promise.EVERY_VERSION_IS_DELIVERED, Promise.FILES_HOLD_EVERY_VERSION_ONCE})
class BackfillCrashIT {
    private static final List<String> ACTIONS = List.of("pause", "resume", "cancel", "again");
    private static final String INTERVAL = "{\"from\":\"P25D\",\"to\":\"PT0S\"}";

    @TempDir
    Path temporary;

    private URI api;

    @Test
    void everythingIsDeliveredOnceWhateverIsDoneToBackfillsAndKilledWhen() throws Exception {
        trial(new CrashTrial(2));
    }

    @Test
    @Tag("nightly")
    void everythingIsDeliveredOnceInALongTrial() throws Exception {
        trial(new CrashTrial(30));
    }

    private void trial(CrashTrial trial) throws Exception {
        int port = Installation.freePort();
        api = URI.create("http://127.0.0.1:" + port);
        Path folder = temporary.resolve("installation");
        try (SandboxPlatform platform = SandboxPlatform.start(trial.platform().noLimit());
                Installation installation = Installation.pulling(
                        folder,
                        platform,
                        Map.of(
                                "threadpost.pull.start", "P1D",
                                "threadpost.pull.page-size", "97",
                                "quarkus.http.port", String.valueOf(port)))) {
            Files.writeString(
                    folder.resolve("routes/to-crm.camel.yaml"),
                    """
                    - route:
                        id: to-crm
                        description: A new target, held in the trial.
                        from:
                          uri: spool:crm
                          steps:
                            - log:
                                message: "delivered to the new target"
                    """);
            installation.start();
            installation.awaitUp();
            await("a backfill begins")
                    .until(() -> post("/api/backfills", INTERVAL).status() == 200);
            post("/api/spools/crm/hold", "{}");
            for (int kill = 0; kill < trial.kills(); kill++) {
                operate(trial);
                installation.killAfter(Duration.ofMillis(trial.random().nextInt(1500)));
                installation.start();
                installation.awaitUp();
            }
            for (JsonNode backfill : list()) {
                post("/api/backfills/" + backfill.path("id").asLong() + "/resume", "{}");
            }
            post("/api/backfills", INTERVAL);
            await("all time is covered").atMost(Duration.ofMinutes(5)).until(() -> list().stream()
                    .noneMatch(backfill -> backfill.path("state").asText().equals("running")));

            Instant to =
                    Instant.parse(post("/api/redeliveries", "{\"spool\":\"crm\",\"from\":\"P30D\",\"to\":\"PT0S\"}")
                            .json()
                            .path("to")
                            .asText());
            installation.killAfter(Duration.ofMillis(trial.random().nextInt(1500)));
            installation.start();
            installation.awaitUp();
            await("everything was delivered again")
                    .atMost(Duration.ofMinutes(5))
                    .until(() ->
                            get("/api/redeliveries/1").path("state").asText().equals("finished"));
            trial.awaitDelivery(platform, installation::jsonFiles);
            assertThat(installation.stop()).isIn(0, 143);
            trial.assertOnce(platform, installation.jsonFiles());
            List<String> again = redelivered(folder);
            trial.assertOnce(platform, again);
            assertThat(again)
                    .containsAll(platform.versions().stream()
                            .filter(version ->
                                    Instant.parse(version.split(" ")[1]).isBefore(to))
                            .toList());
        }
    }

    private void operate(CrashTrial trial) {
        for (int i = 0; i < 3; i++) {
            List<JsonNode> backfills = list();
            JsonNode one = backfills.get(trial.random().nextInt(backfills.size()));
            String action = ACTIONS.get(trial.random().nextInt(ACTIONS.size()));
            post("/api/backfills/" + one.path("id").asLong() + "/" + action, "{}");
        }
        if (trial.random().nextBoolean()) {
            post("/api/coverage/fill", "{}");
        }
    }

    private RawRequest.Answer post(String path, String body) {
        return RawRequest.to(api).header("Content-Type: application/json").post(path, body);
    }

    private JsonNode get(String path) {
        return RawRequest.to(api).get(path).json();
    }

    private List<JsonNode> list() {
        List<JsonNode> backfills = new ArrayList<>();
        get("/api/backfills").path("backfills").forEach(backfills::add);
        return backfills;
    }

    /** @return "Id UpdatedUtc" of what waits in the held spool */
    private static List<String> redelivered(Path folder) {
        try (LedgerFixture ledger = LedgerFixture.create(Dialect.SQLITE, folder.resolve("state"));
                TestNode node = new TestNode(ledger.ledger())) {
            return node.get(StoredItems.class).waiting("crm", 0, Long.MAX_VALUE, Integer.MAX_VALUE).stream()
                    .flatMap(parcel -> parcel.items().stream())
                    .map(SpoolItem::key)
                    .map(key -> key.replace('@', ' '))
                    .toList();
        }
    }
}
