package io.threadpost.queue;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.server.ServerSession;
import org.apache.activemq.artemis.core.server.impl.AddressInfo;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerPlugin;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.core.transaction.Transaction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.threadpost.Promise;
import io.threadpost.Proves;
import io.threadpost.ledger.Dialect;
import io.threadpost.ledger.LedgerFixture;
import io.threadpost.sandbox.SandboxBroker;

/** A real broker that is down, refuses, or is full: what waits, what is tried again, and what is dead. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Proves(Promise.A_QUEUE_HOLDS_EVERY_VERSION_ONCE)
class BrokerFailuresTest {
    private static final String TROUBLE =
            "SELECT id FROM spool_parcel WHERE spool = 'queue' AND (attempts > 0 OR state = 'dead')";

    private static final String PAUSE = "SELECT reason FROM spool_pause WHERE spool = 'queue'";
    private static final String PROBED = "SELECT id FROM spool_parcel WHERE spool = 'queue' AND alone";
    private static final String WAITING =
            "SELECT COALESCE(SUM(size - mark), 0) FROM spool_parcel WHERE state = 'waiting'";

    @TempDir
    Path folder;

    private LedgerFixture ledger;
    private SandboxBroker broker;

    @BeforeEach
    void open() {
        ledger = LedgerFixture.create(Dialect.SQLITE, folder);
        broker = SandboxBroker.start(folder.resolve("broker"), null);
    }

    @AfterEach
    void close() {
        broker.close();
        ledger.close();
    }

    @Test
    void whatWaitedForABrokerComesOldestFirstAndOnce() throws Exception {
        try (QueueNode node = node(Map.of()).start()) {
            broker.stop();
            node.put(threads(0, 1));
            await().until(() -> !ledger.rows(PAUSE).isEmpty());
            node.put(threads(1, 200));
            node.put(threads(200, 500));
            assertThat(ledger.rows(WAITING)).containsExactly("500");
            broker.start();
            int probes = ledger.rows(PROBED).size() + 2;

            awaitDrained();
            List<String> ids = ids();
            assertThat(ids).containsExactlyInAnyOrderElementsOf(names(0, 500));
            // Those that found out that the broker was down come when their wait is over, and sixteen are on their way
            // at once.
            long astray = IntStream.range(0, ids.size())
                    .filter(i -> Math.abs(Integer.parseInt(ids.get(i)) - i) > probes + 32)
                    .count();
            assertThat(astray).isLessThanOrEqualTo(probes);
            assertThat(ledger.rows(TROUBLE)).isEmpty();
        }
    }

    @Test
    void brokerThatComesAndGoesLosesNothingAndDoublesNothing() throws Exception {
        try (QueueNode node = node(Map.of()).start()) {
            for (int round = 0; round < 5; round++) {
                for (int page = 0; page < 4; page++) {
                    node.put(threads(round * 1000 + page * 250, round * 1000 + (page + 1) * 250));
                }
                int enough = round * 900;
                await().until(() -> broker.messages("threads") > enough);
                broker.stop();
                await().until(() -> !ledger.rows(PAUSE).isEmpty());
                broker.start();
            }
            awaitDrained();
            assertThat(ids()).containsExactlyInAnyOrderElementsOf(names(0, 5000));
            assertThat(ledger.rows(TROUBLE)).isEmpty();
        }
    }

    @Test
    void sameVersionAgainIsDeliveredOnce() throws Exception {
        try (QueueNode node = node(Map.of()).start()) {
            node.put(threads(0, 50));
            node.put(threads(0, 50));
            awaitDrained();
            broker.stop();
            broker.start();
            node.put(threads(0, 60));
            awaitDrained();

            assertThat(ids()).containsExactlyInAnyOrderElementsOf(names(0, 60));
            assertThat(ledger.rows(TROUBLE)).isEmpty();
        }
    }

    @Test
    void whatTheBrokerRefusesIsDeadInTheEndAndTheRestGoesOn() throws Exception {
        broker.server().registerBrokerPlugin(new RefusingPlugin("13"));
        try (QueueNode node = node(Map.of()).start()) {
            node.put(threads(0, 40));
            await().until(() -> broker.messages("threads") == 39);
            int next = 40;
            while (ledger.rows("SELECT id FROM spool_parcel WHERE state = 'dead'")
                    .isEmpty()) {
                node.put(threads(next, ++next));
                Thread.onSpinWait();
                awaitAtMost(next);
            }
            awaitDrained();
            List<String> expected = new ArrayList<>(names(0, next));
            expected.remove("13");
            assertThat(ids()).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(ledger.rows("SELECT attempts, error FROM spool_parcel WHERE state = 'dead'"))
                    .singleElement()
                    .asString()
                    .startsWith("3|")
                    .contains("not this one");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 100})
    void queueThatIsNotThereKillsNothing(int messages) throws Exception {
        broker.server()
                .getAddressSettingsRepository()
                .addMatch(
                        "threads",
                        new AddressSettings().setAutoCreateAddresses(false).setAutoCreateQueues(false));
        try (QueueNode node = node(Map.of()).start()) {
            node.put(threads(0, messages));
            await().until(() -> ledger.rows(PAUSE).toString().contains("does not exist"));
            await().until(() -> Integer.parseInt(
                            ledger.rows("SELECT failures FROM spool_pause").get(0))
                    > 4);
            assertThat(messages == 1 ? ledger.rows(TROUBLE) : List.of()).isEmpty();
            assertThat(ledger.rows("SELECT id FROM spool_parcel WHERE state = 'dead'"))
                    .isEmpty();
            broker.server().addAddressInfo(new AddressInfo(SimpleString.of("threads"), RoutingType.ANYCAST));
            broker.server().createQueue(QueueConfiguration.of("threads").setRoutingType(RoutingType.ANYCAST));

            awaitDrained();
            assertThat(ids()).containsExactlyInAnyOrderElementsOf(names(0, messages));
            assertThat(ledger.rows("SELECT id FROM spool_parcel WHERE state = 'dead'"))
                    .isEmpty();
        }
    }

    @Test
    void fullQueueUsesUpNoAttempts() throws Exception {
        broker.server()
                .getAddressSettingsRepository()
                .addMatch(
                        "threads",
                        new AddressSettings()
                                .setDefaultAddressRoutingType(RoutingType.ANYCAST)
                                .setDefaultQueueRoutingType(RoutingType.ANYCAST)
                                .setMaxSizeBytes(50_000)
                                .setAddressFullMessagePolicy(AddressFullMessagePolicy.FAIL));
        try (QueueNode node = node(Map.of()).start()) {
            node.put(threads(0, 300));
            await().until(() -> ledger.rows(PAUSE).toString().contains("is full"));
            List<String> ids = new ArrayList<>();
            await().until(() -> {
                ids.addAll(ids());
                return ids.size() >= 300;
            });

            awaitDrained();
            assertThat(ids).containsExactlyInAnyOrderElementsOf(names(0, 300));
            assertThat(ledger.rows(TROUBLE)).isEmpty();
        }
    }

    @Test
    void wrongPasswordUsesUpNoAttempts() throws Exception {
        try (SandboxBroker locked = SandboxBroker.start(null, "right-password");
                QueueNode node = node(Map.of(
                                "threadpost.queue.url",
                                locked.url(),
                                "threadpost.queue.username",
                                SandboxBroker.USER,
                                "threadpost.queue.password",
                                "wrong-password"))
                        .start()) {
            node.put(threads(0, 100));
            await().until(() ->
                    ledger.rows("SELECT failures FROM spool_pause").toString().matches(".*[3-9].*"));

            assertThat(ledger.rows(TROUBLE)).isEmpty();
            assertThat(ledger.rows(PAUSE).toString()).contains("authenticate").doesNotContain("wrong-password");
        }
        try (SandboxBroker locked = SandboxBroker.start(null, "right-password");
                QueueNode node = node(Map.of(
                                "threadpost.queue.url",
                                locked.url(),
                                "threadpost.queue.username",
                                SandboxBroker.USER,
                                "threadpost.queue.password",
                                "right-password"))
                        .start()) {
            await().until(() -> locked.messages("threads") == 100);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"amqp://127.0.0.1:%d", "failover:(amqp://127.0.0.1:1,amqp://127.0.0.1:%d)"})
    void stopDoesNotHangWhileTheBrokerIsSilent(String url) throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            QueueNode node = node(Map.of("threadpost.queue.url", url.formatted(silent.getLocalPort())))
                    .start();
            node.put(threads(0, 40));
            silent.accept();
            long begun = System.nanoTime();
            node.close();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
        }
        assertThat(ledger.rows(TROUBLE)).isEmpty();
    }

    private void awaitAtMost(int messages) {
        await().until(() -> broker.messages("threads") >= messages - 1);
    }

    private void awaitDrained() {
        await().until(() -> ledger.rows(WAITING).equals(List.of("0")));
    }

    private QueueNode node(Map<String, String> overrides) throws Exception {
        Map<String, String> settings = new HashMap<>(Map.of("threadpost.queue.url", broker.url()));
        settings.putAll(overrides);
        return new QueueNode(ledger.ledger(), settings);
    }

    private List<String> ids() throws Exception {
        try (Inbox inbox = new Inbox(broker.url(), "threads", null)) {
            return inbox.ids();
        }
    }

    private static List<String> names(int from, int to) {
        return IntStream.range(from, to).mapToObj(String::valueOf).toList();
    }

    private static List<String> threads(int from, int to) throws Exception {
        List<String> threads = new ArrayList<>();
        for (String name : names(from, to)) {
            threads.add(Threads.json(name));
        }
        return threads;
    }

    /** A broker with a rule of its own. */
    private record RefusingPlugin(String id) implements ActiveMQServerPlugin {
        @Override
        public void beforeSend(
                ServerSession session, Transaction tx, Message message, boolean direct, boolean noAutoCreateQueue)
                throws ActiveMQException {
            if (id.equals(message.getStringProperty("Id"))) {
                throw new ActiveMQException("not this one");
            }
        }
    }
}
