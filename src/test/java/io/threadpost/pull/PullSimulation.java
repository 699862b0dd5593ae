package io.threadpost.pull;

import static io.threadpost.pull.SimulatedWalkers.CONNECTION;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

import org.apache.camel.builder.RouteBuilder;

import io.threadpost.connector.ConnectorException;
import io.threadpost.ledger.LedgerException;
import io.threadpost.ledger.LedgerFixture;
import io.threadpost.ledger.OverlongWaits;
import io.threadpost.sandbox.Faults;
import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.settings.Settings;
import io.threadpost.settings.TestSettings;
import io.threadpost.spool.SpoolConstants;
import io.threadpost.spool.SpoolItem;
import io.threadpost.testing.TestNode;

/**
 * One process and one platform in simulated time and one thread: what happens, and in which order, follows from a seed.
 * Walks of several windows, an operator's actions, the platform's life, kills, and clocks that are set are interleaved,
 * also while a response is awaited.
 */
final class PullSimulation implements AutoCloseable {
    private static final int ROUNDS = 300;
    private static final int YEAR = 31_536_000;

    private final Random random;
    private final SimulatedTime time = new SimulatedTime();
    private final LedgerFixture ledger;
    private final SimulatedHotels hotels;
    private final DeliveredItems delivered;
    private final SimulatedOperator operator;
    private final Map<String, String> values;
    private Settings settings;
    private TestNode node;
    private SimulatedWalkers walkers;
    private Duration wallError = Duration.ZERO;
    private boolean settling;
    /** Actions within actions, which happen while a response is awaited. */
    private int depth;

    /** @param ledger an empty one */
    PullSimulation(long seed, LedgerFixture ledger) throws Exception {
        this.random = new Random(seed);
        this.ledger = ledger;
        Duration lookback = Duration.ofSeconds(one(0, 20, 60, 600));
        this.hotels = new SimulatedHotels(seed, random, time, lookback);
        this.delivered = new DeliveredItems(ledger);
        this.operator = new SimulatedOperator(hotels, ledger, delivered, random);
        this.values = new HashMap<>(Map.of(
                "threadpost.connector.address",
                hotels.platform().address().toString(),
                "threadpost.connector.client-token",
                SandboxOptions.CLIENT_TOKEN,
                "threadpost.connections.main.access-token",
                SandboxOptions.ACCESS_TOKEN,
                "threadpost.connector.limit.requests",
                String.valueOf(one(30, 10_000)),
                "threadpost.pull.page-size",
                String.valueOf(one(1, 2, 3, 7, 20, 100)),
                "threadpost.pull.settle",
                one(0, 5, 120) + "s",
                "threadpost.pull.lookback",
                lookback.toSeconds() + "s",
                "threadpost.pull.start",
                "P" + one(1, 5, 30, 90) + "D"));
        if (hotels.portfolio()) {
            values.put("threadpost.connections.main.enterprise-ids", hotels.configuredIds());
        }
        this.settings = TestSettings.of(values);
        start();
    }

    private int one(int... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private void start() throws Exception {
        ledger.voidLeases(ledger.killedAfter(Integer.MAX_VALUE, time.clock(wallError)));
        int commits = settling || random.nextInt(3) > 0 ? Integer.MAX_VALUE : 30 + random.nextInt(300);
        node = new TestNode(ledger.killedAfter(commits, time.clock(wallError)), settings);
        new InProcessPlatform(hotels.platform(), this::whileAwaited).replaceHttp(node.camel);
        node.addAll("spool", "network", "connector", "pull", "redelivery");
        node.camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:route-thread")
                        .process(exchange -> failNowAndThen())
                        .to("spool:" + DeliveredItems.SPOOL);
                for (int i = 0; i < SimulatedOperator.MOST_REDELIVERIES; i++) {
                    from("direct:some" + i)
                            .filter(simple("${header." + SpoolConstants.KEY + "} < '8'"))
                            .to("spool:again" + i);
                }
            }
        });
        node.camel.start();
        walkers = new SimulatedWalkers(node, CONNECTION, random);
        operator.with(node);
    }

    private void failNowAndThen() {
        if (random.nextInt(50) == 0) {
            throw new IllegalStateException("no such field");
        }
    }

    private void kill() throws Exception {
        node.close();
        start();
    }

    private void whileAwaited() {
        time.pass(Duration.ofMillis(1 + random.nextInt(random.nextInt(10) == 0 ? 20_000 : 300)));
        if (!settling && depth == 1 && random.nextInt(15) == 0) {
            depth++;
            act();
            depth--;
        }
    }

    /**
     * Lets so much happen, then the platform works again, and everything is pulled.
     *
     * @throws AssertionError when something is lost or came twice, or nothing goes on any more
     */
    void run(int actions) throws Exception {
        for (int i = 0; i < actions; i++) {
            attempt(this::act);
        }
        settling = true;
        hotels.platform().setFaults(Faults.none());
        // Where the platform's clock was set back, what was covered ahead of it is pulled when it comes there again.
        time.pass(Duration.ofHours(30));
        // An audit compares fifty pages.
        values.put("threadpost.pull.page-size", "100");
        settings = TestSettings.of(values);
        kill();
        settle();
        check();
    }

    /** Does something, and starts the process again if it was killed meanwhile. */
    private void attempt(Runnable action) throws Exception {
        depth = 1;
        try {
            action.run();
        } catch (LedgerException e) {
            kill();
        }
        if (!settling && random.nextInt(150) == 0) {
            wallError = Duration.ofSeconds(one(0, 0, 30, -30, 90_000, -90_000, YEAR, -YEAR));
            kill();
        }
    }

    private void act() {
        switch (random.nextInt(24)) {
            case 0, 1 -> time.pass(Duration.ofSeconds(random.nextInt(3)));
            case 2 -> time.pass(Duration.ofSeconds(random.nextInt(120)));
            case 3 -> time.pass(Duration.ofSeconds(random.nextInt(6) == 0 ? random.nextInt(200_000) : 600));
            case 4, 5, 6 -> plan();
            case 7, 8, 9 -> walkers.claim(true);
            case 10, 11 -> walkers.claim(false);
            case 12, 13, 14, 15 -> walkers.turn();
            case 16, 17 -> hotels.live();
            case 18, 19 -> operator.backfill();
            case 20 -> operator.audit();
            case 21 -> operator.redeliver();
            case 22 -> operator.work();
            default -> operator.keepHouse();
        }
    }

    private void plan() {
        try {
            node.get(WindowPlanner.class).plan(CONNECTION);
        } catch (ConnectorException | IllegalStateException e) {
            // Planned again later.
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private void settle() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            attempt(() -> {
                node.get(OverlongWaits.class).end();
                plan();
                operator.resumeAll();
                walkers.claim(true);
                walkers.claim(false);
                while (!walkers.idle()) {
                    walkers.turn();
                }
                operator.work();
                time.pass(Duration.ofSeconds(40));
            });
            if (unfinished().isEmpty() && isWhole()) {
                return;
            }
        }
        throw new AssertionError("it does not come to rest: " + unfinished());
    }

    private List<String> unfinished() {
        return ledger.rows("SELECT 'window', id, state, due, error FROM pull_window WHERE state IN ('open', 'paused')"
                + " UNION ALL SELECT 'backfill', id, state, 0, '' FROM backfill WHERE state = 'running'"
                + " UNION ALL SELECT 'redelivery', id, state, due, error FROM redelivery WHERE state = 'running'");
    }

    /** Whether an audit finds nothing, and all time is covered; else that is repaired from now on. */
    private boolean isWhole() {
        Coverage coverage = node.get(Coverage.class);
        Coverage.Answer known = coverage.all(CONNECTION).orElseThrow();
        // First: only another audit finds again what an operator cancelled of an audit.
        AuditResult audited = node.get(CoverageAudit.class).audit(CONNECTION, known.from(), known.to());
        return coverage.fill(CONNECTION).isEmpty()
                && audited.missing() == 0
                && coverage.all(CONNECTION).orElseThrow().complete();
    }

    private void check() {
        Coverage.Answer covered = node.get(Coverage.class).all(CONNECTION).orElseThrow();
        Set<String> standing = hotels.platform().versions().stream()
                .filter(version -> {
                    Instant updated = Instant.parse(version.split(" ")[1]);
                    return !updated.isBefore(covered.from()) && updated.isBefore(covered.to());
                })
                .collect(Collectors.toSet());
        List<SpoolItem> items = delivered.all(node);
        List<String> versions = items.stream().map(DeliveredItems::version).toList();
        assertThat(versions).as("each once").doesNotHaveDuplicates();
        assertThat(versions).as("nothing lost").containsAll(standing);
        assertThat(hotels.platform().everyVersion()).as("nothing made up").containsAll(versions);
        assertThat(hotels.platform().refusals()).as("mistakes of ours").isEmpty();
        if (hotels.portfolio()) {
            assertThat(items).as("whose they are").allSatisfy(item -> assertThat(item.headers())
                    .containsEntry(
                            SpoolConstants.ENTERPRISE,
                            hotels.platform()
                                    .enterprise(item.key().split("@")[0])
                                    .toString()));
        }
        operator.check(standing);
    }

    @Override
    public void close() {
        node.close();
        hotels.close();
    }
}
