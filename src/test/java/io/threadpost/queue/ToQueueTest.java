package io.threadpost.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import jakarta.jms.BytesMessage;
import jakarta.jms.DeliveryMode;
import jakarta.jms.Message;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.threadpost.ledger.Dialect;
import io.threadpost.ledger.LedgerFixture;
import io.threadpost.sandbox.SandboxBroker;

/** What arrives on a real broker. */
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

    private QueueNode node() throws Exception {
        return new QueueNode(ledger.ledger(), Map.of("threadpost.queue.url", broker.url()));
    }
}
