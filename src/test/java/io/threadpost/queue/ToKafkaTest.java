package io.threadpost.queue;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.threadpost.ledger.Dialect;
import io.threadpost.ledger.LedgerFixture;
import io.threadpost.testing.KafkaServer;
import io.threadpost.testing.ServerCertificate;

/** The shipped {@code to-kafka} route against a real broker, or none. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ToKafkaTest {
    private static final String WAITING =
            "SELECT COALESCE(SUM(size - mark), 0) FROM spool_parcel WHERE state = 'waiting'";
    private static final String TROUBLE = "SELECT id FROM spool_parcel WHERE attempts > 0 OR state = 'dead'";
    private static final String PAUSE = "SELECT reason FROM spool_pause WHERE spool = 'kafka'";
    private static final String FAILURES = "SELECT COALESCE(SUM(failures), 0) FROM spool_pause WHERE spool = 'kafka'";

    @TempDir
    static Path kept;

    private static KafkaServer broker;
    private static int topics;

    @TempDir
    Path folder;

    private final String topic = "threads-" + ++topics;
    private LedgerFixture ledger;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = KafkaServer.start(kept, null, null);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void open() {
        ledger = LedgerFixture.create(Dialect.SQLITE, folder);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void aThreadIsARecordByteForByteAndOneThatIsTooLargeIsDeadAtOnce() throws Exception {
        String thread = Threads.json("a1", "2026-11-22T10:00:00Z", "Grüße\r\n\u0000", "\"Extra\" :  1.10");
        String large = Threads.json("big", "2026-11-22T10:00:00Z", "x".repeat(2_000_000), "");
        try (KafkaNode node = node(broker.brokers()).start()) {
            broker.topic(topic);
            node.put(List.of(thread, large));
            awaitDrained();

            ConsumerRecord<String, byte[]> record = broker.records(topic, 1).get(0);
            assertThat(record.key()).isEqualTo("a1");
            assertThat(record.value()).isEqualTo(thread.getBytes(StandardCharsets.UTF_8));
            Map<String, String> headers = new TreeMap<>();
            record.headers()
                    .forEach(header -> headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
            assertThat(headers)
                    .isEqualTo(Map.of(
                            "message-id", "main:a1@2026-11-22T10:00:00Z",
                            "content-type", "application/json",
                            "Id", "a1",
                            "Subject", "Grüße\r\n\u0000",
                            "OriginalSender", "guest@example.com",
                            "CreatedUtc", "2026-11-22T10:00:00Z",
                            "UpdatedUtc", "2026-11-22T10:00:00Z",
                            "IsResolved", "false",
                            "Connection", "main",
                            "EnterpriseId", "851df8c8-90f2-4c4a-8e01-a4fc46b25178"));
            assertThat(ledger.rows("SELECT error FROM spool_parcel WHERE state = 'dead'"))
                    .singleElement()
                    .asString()
                    .contains("larger than");
        }
    }

    @Test
    void whatWaitsForTheTopicAndForABrokerThatWasStoppedComesOnceAndUsesUpNoAttempts() throws Exception {
        try (KafkaNode node = node(broker.brokers()).start()) {
            node.put(threads(0, 300));
            await().until(() -> !ledger.rows(PAUSE).isEmpty());
            assertThat(ledger.rows(WAITING)).containsExactly("300");
            broker.topic(topic);
            awaitDrained();

            broker.stop();
            node.put(threads(300, 800));
            awaitFailures(2);
            assertThat(ledger.rows(WAITING)).containsExactly("500");
            broker.start();
            awaitDrained();

            assertThat(keys(broker, 800)).containsExactlyInAnyOrderElementsOf(names(0, 800));
            assertThat(ledger.rows(TROUBLE)).isEmpty();
        }
    }

    @Test
    void brokerThatIsStoppedInTheMidstOfWorkLosesNothing() throws Exception {
        try (KafkaNode node = node(broker.brokers()).start()) {
            broker.topic(topic);
            for (int page = 0; page < 8; page++) {
                node.put(threads(page * 500, (page + 1) * 500));
            }
            await().until(() -> Integer.parseInt(ledger.rows(WAITING).get(0)) < 3500);
            broker.stop();
            assertThat(ledger.rows(WAITING)).doesNotContain("0");
            await().until(() -> !ledger.rows(PAUSE).isEmpty());
            broker.start();
            awaitDrained();

            List<String> keys = keys(broker, 4_000);
            assertThat(keys).containsAll(names(0, 4_000));
            // Those on their way when their wait was over: the broker may have had them.
            assertThat(keys.size()).isBetween(4_000, 4_016);
            assertThat(ledger.rows(TROUBLE)).isEmpty();
        }
    }

    @Test
    void loginThatIsRefusedUsesUpNoAttemptsAndIsTakenUpWhenItIsMended() throws Exception {
        String password = "right\\\"=; password";
        ServerCertificate certificate = new ServerCertificate(folder.resolve("certificate"), "ip:127.0.0.1");
        System.setProperty("javax.net.ssl.trustStore", certificate.file().toString());
        System.setProperty("javax.net.ssl.trustStorePassword", ServerCertificate.PASSWORD);
        try (KafkaServer locked = KafkaServer.start(folder.resolve("kafka"), "another", certificate);
                KafkaNode node = new KafkaNode(
                                ledger.ledger(),
                                Map.of(
                                        "threadpost.kafka.brokers",
                                        locked.brokers(),
                                        "threadpost.kafka.username",
                                        KafkaServer.USER,
                                        "threadpost.kafka.password",
                                        password,
                                        "threadpost.kafka.topic",
                                        topic,
                                        "threadpost.kafka.tls",
                                        "true"))
                        .start()) {
            locked.topic(topic);
            node.put(threads(0, 100));
            awaitFailures(2);
            assertThat(ledger.rows(PAUSE).toString()).contains("uthentication").doesNotContain("password\"");
            locked.stop();
            locked.password(password);
            locked.start();
            awaitDrained();

            // A record whose wait was over may come once more.
            List<String> keys = keys(locked, 100);
            assertThat(keys).containsAll(names(0, 100)).isSubsetOf(names(0, 100));
            assertThat(keys.size()).isLessThan(200);
            assertThat(ledger.rows(TROUBLE)).isEmpty();
        } finally {
            System.clearProperty("javax.net.ssl.trustStore");
            System.clearProperty("javax.net.ssl.trustStorePassword");
        }
    }

    @Test
    void brokerThatIsNotThereOrNotKnownUsesUpNoAttempts() throws Exception {
        List<String> reasons = new ArrayList<>();
        for (String brokers : List.of("127.0.0.1:1", "nobody.invalid:9092")) {
            try (KafkaNode node = node(brokers).start()) {
                ledger.change("DELETE FROM spool_pause");
                node.put(threads(0, 40));
                await().until(() -> !ledger.rows(PAUSE).isEmpty());
                reasons.addAll(ledger.rows(PAUSE));
            }
            assertThat(ledger.rows(TROUBLE)).isEmpty();
        }
        assertThat(reasons.get(0)).contains("no metadata for the topic");
        assertThat(reasons.get(1)).contains("No resolvable bootstrap urls");
    }

    @Test
    void stopDoesNotHangWhileTheBrokerIsSilent() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            KafkaNode node = node("127.0.0.1:" + silent.getLocalPort()).start();
            node.put(threads(0, 40));
            silent.accept();
            long begun = System.nanoTime();
            node.close();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
        }
        assertThat(ledger.rows(TROUBLE)).isEmpty();
    }

    private List<String> keys(KafkaServer broker, int enough) {
        return broker.records(topic, enough).stream().map(ConsumerRecord::key).toList();
    }

    private void awaitDrained() {
        await().until(() -> ledger.rows(WAITING).equals(List.of("0")));
    }

    private void awaitFailures(int enough) {
        await().until(() -> Integer.parseInt(ledger.rows(FAILURES).get(0)) >= enough);
    }

    private KafkaNode node(String brokers) throws Exception {
        return new KafkaNode(
                ledger.ledger(), Map.of("threadpost.kafka.brokers", brokers, "threadpost.kafka.topic", topic));
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
}
