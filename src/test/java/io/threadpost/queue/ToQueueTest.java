package io.threadpost.queue;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import jakarta.jms.BytesMessage;
import jakarta.jms.DeliveryMode;
import jakarta.jms.Message;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.threadpost.Promise;
import io.threadpost.Proves;
import io.threadpost.ledger.Dialect;
import io.threadpost.ledger.LedgerFixture;
import io.threadpost.sandbox.SandboxBroker;

/** What arrives on a real broker. */
@Proves(Promise.A_QUEUE_HOLDS_EVERY_VERSION_ONCE)
class ToQueueTest {
    @TempDir
    Path folder;

    private LedgerFixture ledger;
    private SandboxBroker broker;

    @BeforeEach
    void open() {
        ledger = LedgerFixture.create(Dialect.SQLITE, folder);
        broker = SandboxBroker.start(null, null);
    }

    @AfterEach
    void close() {
        broker.close();
        ledger.close();
    }

    @Test
    void aThreadIsAMessageByteForByte() throws Exception {
        String thread = Threads.json("a1", "2026-11-22T10:00:00Z", "Group booking, 12 rooms", "\"Extra\" :  1.10");
        try (QueueNode node = node().start();
                Inbox inbox = new Inbox(broker.url(), "threads", null)) {
            node.put(List.of(thread));

            Message message = inbox.next(10_000);
            assertThat(((BytesMessage) message).getBody(byte[].class))
                    .isEqualTo(thread.getBytes(StandardCharsets.UTF_8));
            assertThat(Inbox.contentType(message)).isEqualTo("application/json");
            assertThat(Inbox.messageId(message)).isEqualTo("main:a1@2026-11-22T10:00:00Z");
            assertThat(message.getStringProperty("_AMQ_DUPL_ID")).isEqualTo("main:a1@2026-11-22T10:00:00Z");
            assertThat(message.getJMSDeliveryMode()).isEqualTo(DeliveryMode.PERSISTENT);
            assertThat(Threads.properties(message))
                    .isEqualTo(Map.of(
                            "_AMQ_DUPL_ID", "main:a1@2026-11-22T10:00:00Z",
                            "Id", "a1",
                            "Subject", "Group booking, 12 rooms",
                            "OriginalSender", "guest@example.com",
                            "CreatedUtc", "2026-11-22T10:00:00Z",
                            "UpdatedUtc", "2026-11-22T10:00:00Z",
                            "IsResolved", false,
                            "Connection", "main",
                            "EnterpriseId", "851df8c8-90f2-4c4a-8e01-a4fc46b25178",
                            "JMSXDeliveryCount", 1));
        }
    }

    @ParameterizedTest
    @MethodSource
    void hostileSubjectsArriveAsTheyAre(String subject, String property) throws Exception {
        String thread = Threads.json("a1", "2026-11-22T10:00:00Z", subject, "");
        try (QueueNode node = node().start();
                Inbox inbox = new Inbox(broker.url(), "threads", null)) {
            node.put(List.of(thread));

            Message message = inbox.next(10_000);
            assertThat(((BytesMessage) message).getBody(byte[].class))
                    .isEqualTo(thread.getBytes(StandardCharsets.UTF_8));
            assertThat(message.getStringProperty("Subject")).isEqualTo(property);
        }
    }

    static Stream<Arguments> hostileSubjectsArriveAsTheyAre() {
        String emoji = "\uD83E\uDDF3";
        return Stream.concat(
                Stream.of(
                                "<script>alert(1)</script>",
                                "a\r\nBcc: everybody@example.com",
                                "a\u0000b",
                                "\u202Eright to left",
                                "=cmd|' /C calc'!A0",
                                emoji.repeat(20))
                        .map(subject -> Arguments.of(subject, subject)),
                Stream.of(
                        Arguments.of("x".repeat(100_000), "x".repeat(1000)),
                        Arguments.of("x".repeat(999) + emoji, "x".repeat(999)),
                        Arguments.of("half \uD83E of one", "half ? of one")));
    }

    @Test
    void readersCanChooseByTheFieldsOfAThread() throws Exception {
        try (QueueNode node = node().start();
                Inbox inbox = new Inbox(broker.url(), "threads", "Subject LIKE '%wedding%' AND Connection = 'main'")) {
            node.put(List.of(
                    Threads.json("1", "2026-11-22T10:00:00Z", "Parking", ""),
                    Threads.json("2", "2026-11-22T10:00:00Z", "Our wedding", "")));

            assertThat(inbox.next(10_000).getStringProperty("Id")).isEqualTo("2");
            assertThat(inbox.next(500)).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"queues/threads", "/queues/threads"})
    void addressesOfRabbitKeepTheirSlash(String destination) throws Exception {
        try (QueueNode node = new QueueNode(
                        ledger.ledger(),
                        Map.of("threadpost.queue.url", broker.url(), "threadpost.queue.destination", destination))
                .start()) {
            node.put(List.of(Threads.json("1")));

            await().until(() -> broker.messages("/queues/threads") == 1);
        }
    }

    @Test
    void whatIsNoThreadIsSaid() throws Exception {
        try (QueueNode node = node()) {
            Exchange exchange = node.camel
                    .createProducerTemplate()
                    .request("bean:queueMessage?method=process", sent -> sent.getMessage()
                            .setBody("text"));
            assertThat(exchange.getException()).hasMessageContaining("queueMessage needs a thread");
        }
    }

    private QueueNode node() throws Exception {
        return new QueueNode(ledger.ledger(), Map.of("threadpost.queue.url", broker.url()));
    }
}
