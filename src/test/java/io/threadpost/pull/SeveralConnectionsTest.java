package io.threadpost.pull;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.threadpost.connector.ConnectorException;
import io.threadpost.connector.PlatformClient;
import io.threadpost.connector.Priority;
import io.threadpost.ledger.WithLedger;
import io.threadpost.redelivery.Redeliveries;
import io.threadpost.redelivery.Redeliveries.Redelivery;
import io.threadpost.redelivery.RedeliveryWorker;
import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.sandbox.SandboxPlatform;
import io.threadpost.sandbox.SandboxRequest;
import io.threadpost.settings.TestSettings;
import io.threadpost.testing.TestNode;

/** Three connections of one process, in simulated time: one access token is refused for a while. */
class SeveralConnectionsTest extends WithLedger {
    private static final int LIMIT = 20;
    private static final int MOST_TURNS = 100;
    private static final Map<String, UUID> HOTELS =
            Map.of("alpha", new UUID(7, 1), "beta", new UUID(7, 2), "gamma", new UUID(7, 3));
    private static final Duration POLL = Duration.ofSeconds(40);

    private final SimulatedTime time = new SimulatedTime();
    private final Map<String, SimulatedWalkers> walkers = new LinkedHashMap<>();
    private SandboxPlatform platform;
    private TestNode node;
    private DeliveredItems delivered;

    @BeforeEach
    void startWithOldThreads() throws Exception {
        platform = SandboxPlatform.start(new SandboxOptions()
                .clock(time)
                .noLimit()
                .accessTokens(HOTELS.keySet().stream()
                        .collect(Collectors.toMap(name -> "token-" + name, name -> Set.of(HOTELS.get(name))))));
        HOTELS.forEach((name, hotel) -> {
            for (int i = 0; i < 60; i++) {
                platform.addThread(platform.now().minus(Duration.ofHours(6 + 6 * i)), "Jo", "Towels", hotel);
            }
        });
        Map<String, String> values = new HashMap<>(Map.of(
                "threadpost.connector.address",
                platform.address().toString(),
                "threadpost.connector.client-token",
                SandboxOptions.CLIENT_TOKEN,
                "threadpost.connector.limit.requests",
                String.valueOf(LIMIT),
                "threadpost.pull.page-size",
                "3",
                "threadpost.pull.settle",
                "0s",
                "threadpost.pull.start",
                "P3D"));
        HOTELS.keySet()
                .forEach(name -> values.put("threadpost.connections." + name + ".access-token", "token-" + name));
        node = new TestNode(ledger.killedAfter(Integer.MAX_VALUE, time.clock(Duration.ZERO)), TestSettings.of(values));
        new InProcessPlatform(platform, () -> time.pass(Duration.ofMillis(50))).replaceHttp(node.camel);
        node.addAll("spool", "network", "connector", "pull", "redelivery");
        node.camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:route-thread").to("spool:" + DeliveredItems.SPOOL);
            }
        });
        node.camel.start();
        delivered = new DeliveredItems(ledger);
        HOTELS.keySet().forEach(name -> walkers.put(name, new SimulatedWalkers(node, name, new Random(1))));
    }

    @AfterEach
    void stop() {
        node.close();
        platform.close();
    }

    private void round() {
        HOTELS.keySet().forEach(this::poll);
        node.get(RedeliveryWorker.class).run();
        time.pass(POLL);
    }

    private void poll(String connection) {
        try {
            node.get(WindowPlanner.class).plan(connection);
        } catch (ConnectorException e) {
            node.get(PullFailurePolicy.class).planning(connection, e);
        }
        SimulatedWalkers walking = walkers.get(connection);
        // Windows that failed are due again meanwhile.
        for (int i = 0; i == 0 || i < MOST_TURNS && !walking.idle(); i++) {
            walking.claim(true);
            walking.claim(false);
            walking.turn();
        }
    }

    /** @return what the platform has of a connection's time */
    private List<String> versions(String connection) {
        return platform.versions().stream()
                .filter(version -> platform.enterprise(version.split(" ")[0]).equals(HOTELS.get(connection)))
                .toList();
    }

    private List<String> pulled(String connection) {
        return delivered.all(node).stream()
                .filter(item -> item.connection().equals(connection))
                .map(DeliveredItems::version)
                .toList();
    }

    private PullStatus.Connection status(String connection) {
        return node.get(PullStatus.class).connections().stream()
                .filter(known -> known.name().equals(connection))
                .findFirst()
                .orElseThrow();
    }

    private List<String> backfills(String state) {
        return node.get(Backfills.class).newest(Long.MAX_VALUE, 1000).stream()
                .filter(backfill -> backfill.state().equals(state))
                .map(Backfill::connection)
                .sorted()
                .toList();
    }

    @Test
    void aRefusedTokenStopsOnlyItsConnection() {
        round();
        round();
        List<String> before = pulled("beta");
        assertThat(before).isNotEmpty();
        Instant now = platform.now();
        platform.revoke("token-beta", true);
        for (String name : HOTELS.keySet()) {
            node.get(Backfills.class).request(name, now.minus(Duration.ofDays(20)), now, List.of());
        }
        Redelivery again =
                node.get(Redeliveries.class).begin("beta", "again", null, now.minus(Duration.ofDays(30)), now);
        assertThat(again.connection()).isEqualTo("beta");

        for (int i = 0; i < 10; i++) {
            HOTELS.values().forEach(hotel -> platform.addThread(platform.now(), "Jo", "New", hotel));
            round();
        }
        for (int i = 0; i < 5; i++) {
            round();
        }
        for (String other : List.of("alpha", "gamma")) {
            assertThat(pulled(other)).containsExactlyInAnyOrderElementsOf(versions(other));
            assertThat(status(other).refusal()).isNull();
        }
        assertThat(backfills("finished")).containsExactly("alpha", "gamma");
        assertThat(backfills("running")).containsExactly("beta");
        assertThat(pulled("beta")).isEqualTo(before);
        assertThat(status("beta").refusal()).contains("Invalid AccessToken");

        platform.revoke("token-beta", false);
        for (int i = 0; i < 20; i++) {
            round();
        }
        assertThat(pulled("beta")).containsExactlyInAnyOrderElementsOf(versions("beta"));
        assertThat(status("beta").refusal()).isNull();
        assertThat(backfills("finished")).containsExactly("alpha", "beta", "gamma");
        assertThat(delivered.versionsIn(node, "again")).containsExactlyInAnyOrderElementsOf(before);
        assertThat(platform.refusals()).extracting(SandboxRequest::accessToken).containsOnly("token-beta");
    }

    @Test
    void oneThatHasSpentItsBudgetDelaysNoOther() {
        for (int i = 0; i < LIMIT; i++) {
            ask("alpha");
        }
        Instant spent = time.instant();
        poll("gamma");
        assertThat(pulled("gamma")).isNotEmpty();
        assertThat(time.instant()).isBefore(spent.plusSeconds(5));

        ask("alpha");
        assertThat(time.instant()).isAfter(spent.plusSeconds(20));
    }

    private void ask(String connection) {
        node.get(PlatformClient.class)
                .getThreads(
                        connection,
                        Priority.LIVE,
                        Map.of(
                                "UpdatedUtc",
                                Map.of("StartUtc", "2026-01-01T00:00:00Z", "EndUtc", "2026-01-02T00:00:00Z"),
                                "Limitation",
                                Map.of("Count", 1)));
    }
}
