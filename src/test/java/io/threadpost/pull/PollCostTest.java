package io.threadpost.pull;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.threadpost.ledger.WithLedger;
import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.sandbox.SandboxPlatform;
import io.threadpost.spool.SpoolConstants;
import io.threadpost.testing.TestNode;

/** Requests that a poll of a portfolio takes, in simulated time. */
class PollCostTest extends WithLedger {
    private final SimulatedTime time = new SimulatedTime();

    @ParameterizedTest
    @CsvSource({"1, 1", "300, 1", "1000, 1", "1001, 2", "2100, 3"})
    void anIdlePollTakesOneRequestForEachThousandEnterprises(int enterprises, int requests) throws Exception {
        try (Portfolio portfolio = new Portfolio(hotels(enterprises), Map.of())) {
            portfolio.poll();
            assertThat(IntStream.range(0, 3).map(i -> portfolio.poll())).containsOnly(requests);
        }
    }

    @Test
    void fiveActiveHotelsOfThreeHundredTakeAtMostTwentyRequestsAPoll() throws Exception {
        List<UUID> hotels = hotels(300);
        try (Portfolio portfolio = new Portfolio(hotels, Map.of())) {
            portfolio.poll();
            Map<String, UUID> owners = new HashMap<>();
            for (int poll = 0; poll < 5; poll++) {
                for (int i = 0; i < 40; i++) {
                    UUID hotel = hotels.get(List.of(0, 1, 150, 151, 299).get(i % 5));
                    owners.put(portfolio.platform.addThread(portfolio.platform.now(), "Jo", "Towels", hotel), hotel);
                }
                assertThat(portfolio.poll()).isLessThanOrEqualTo(20);
            }
            assertThat(portfolio.delivered.all(portfolio.node))
                    .hasSize(owners.size())
                    .allSatisfy(item -> assertThat(item.headers())
                            .containsEntry(
                                    SpoolConstants.ENTERPRISE,
                                    owners.get(item.key().split("@")[0]).toString()));
        }
    }

    @Test
    void nobodyIsAskedWhoseTheThreadsAreWhenThatIsOff() throws Exception {
        List<UUID> hotels = hotels(300);
        try (Portfolio portfolio = new Portfolio(hotels, Map.of("threadpost.pull.enterprise-lookup", "false"))) {
            portfolio.poll();
            portfolio.platform.addThread(portfolio.platform.now(), "Jo", "Towels", hotels.get(7));
            assertThat(portfolio.poll()).isEqualTo(1);
            assertThat(portfolio.delivered.all(portfolio.node))
                    .singleElement()
                    .satisfies(item -> assertThat(item.headers()).doesNotContainKey(SpoolConstants.ENTERPRISE));
        }
    }

    private static List<UUID> hotels(int number) {
        return IntStream.range(0, number).mapToObj(i -> new UUID(7, i)).toList();
    }

    private final class Portfolio implements AutoCloseable {
        private final SandboxPlatform platform;
        private final TestNode node;
        private final DeliveredItems delivered = new DeliveredItems(ledger);
        private final SimulatedWalkers walkers;

        Portfolio(List<UUID> hotels, Map<String, String> more) throws Exception {
            platform = SandboxPlatform.start(new SandboxOptions()
                    .clock(time)
                    .noLimit()
                    .accessTokens(Map.of(SandboxOptions.ACCESS_TOKEN, new LinkedHashSet<>(hotels))));
            node = new TestNode(
                    ledger.killedAfter(Integer.MAX_VALUE, time.clock(Duration.ZERO)),
                    Map.of(
                            "threadpost.connector.address",
                            platform.address().toString(),
                            "threadpost.connector.client-token",
                            SandboxOptions.CLIENT_TOKEN,
                            "threadpost.connections.main.access-token",
                            SandboxOptions.ACCESS_TOKEN,
                            "threadpost.connections.main.enterprise-ids",
                            hotels.stream().map(UUID::toString).collect(Collectors.joining(","))),
                    more);
            new InProcessPlatform(platform, () -> {}).replaceHttp(node.camel);
            node.addAll("spool", "network", "connector", "pull");
            node.camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:route-thread").to("spool:" + DeliveredItems.SPOOL);
                }
            });
            node.camel.start();
            walkers = new SimulatedWalkers(node, "main", new Random(1));
        }

        /** @return requests that it took */
        int poll() {
            time.pass(Duration.ofSeconds(30));
            platform.clearRequests();
            node.get(WindowPlanner.class).plan(SimulatedWalkers.CONNECTION);
            walkers.claim(true);
            while (!walkers.idle()) {
                walkers.turn();
            }
            return platform.requests().size();
        }

        @Override
        public void close() {
            node.close();
            platform.close();
        }
    }
}
