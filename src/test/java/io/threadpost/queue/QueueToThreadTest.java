package io.threadpost.queue;

import static io.threadpost.testing.Patience.await;
import static io.threadpost.testing.RawAmqp.binary;
import static io.threadpost.testing.RawAmqp.concat;
import static io.threadpost.testing.RawAmqp.described;
import static io.threadpost.testing.RawAmqp.integer;
import static io.threadpost.testing.RawAmqp.map;
import static io.threadpost.testing.RawAmqp.nested;
import static io.threadpost.testing.RawAmqp.string;
import static io.threadpost.testing.RawAmqp.symbol;
import static io.threadpost.testing.RawAmqp.uint;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.ObjectMessage;
import jakarta.jms.Session;
import jakarta.jms.StreamMessage;

import org.apache.camel.builder.RouteBuilder;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.threadpost.ledger.Dialect;
import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.LedgerFixture;
import io.threadpost.queue.MessageGuard.UnreadableMessage;
import io.threadpost.queue.QueueReaders.Trouble;
import io.threadpost.sandbox.SandboxBroker;
import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.sandbox.SandboxPlatform;
import io.threadpost.testing.RawAmqp;
import io.threadpost.testing.TestNode;

/**
 * The shipped {@code receive-adds} and {@code queue-to-thread}: what becomes of messages that somebody laid into a
 * queue.
 */
class QueueToThreadTest {
    private static final String QUEUE = "threads-to-add";

    @TempDir
    Path folder;

    private LedgerFixture ledger;
    private SandboxBroker broker;
    private SandboxPlatform platform;

    @BeforeEach
    void open() {
        ledger = LedgerFixture.create(Dialect.SQLITE, folder);
        broker = SandboxBroker.start(null, null);
        platform = SandboxPlatform.start(new SandboxOptions().noLimit());
    }

    @AfterEach
    void close() {
        platform.close();
        broker.close();
        ledger.close();
    }

    @Test
    void eachMessageIsOneThread() throws Exception {
        try (Node node = new Node(ledger.ledger(), broker, platform)) {
            send(null, text("Zoë", "Late check-in"));
            send(null, text("Zoë", "Late check-in"));
            send("order-7", text("Li", "Parking"));
            send("order-7", text("Li", "Parking"));

            await().until(() -> added() == 3 && broker.messages(QUEUE) == 0);
            assertThat(platform.subjects()).containsExactlyInAnyOrder("Late check-in", "Late check-in", "Parking");
        }
    }

    @Test
    void whatIsNoJsonObjectIsDeadAtOnceAndSaysWhy() throws Exception {
        try (Node node = new Node(ledger.ledger(), broker, platform)) {
            List<String> broken =
                    List.of("{broken", "[1, 2]", "", "null", "{\"Subject\": \"a\"} and more", "\u0000\u0000\u0000{");
            for (String text : broken) {
                send(null, text);
            }
            send(null, text("Zoë", "Late check-in"));

            await().until(() -> added() == 1 && dead().size() == broken.size());
            assertThat(dead())
                    .allMatch(row -> row.startsWith("0|the message is not a JSON object"))
                    .anyMatch(row -> row.contains("line 1, column 2"))
                    .anyMatch(row -> row.endsWith("it is an array"))
                    .noneMatch(row -> row.contains("java") || row.contains("Source"));
            assertThat(platform.subjects()).containsExactly("Late check-in");
        }
    }

    @Test
    void whateverKindOfMessageItIsItStopsNoOther() throws Exception {
        try (Node node = new Node(ledger.ledger(), broker, platform)) {
            send(session -> session.createTextMessage(text("Zoë", "Text")));
            send(session -> {
                MapMessage map = session.createMapMessage();
                map.setString("OriginalSender", "Zoë");
                map.setString("Subject", "Map");
                map.setBytes("Else", new byte[] {1});
                return map;
            });
            send(session -> {
                ObjectMessage value = session.createObjectMessage();
                // As clients in other languages send a map.
                value.setBooleanProperty("JMS_AMQP_TYPED_ENCODING", true);
                value.setObject(new HashMap<>(Map.of("OriginalSender", "Zoë", "Subject", "Value")));
                return value;
            });
            send(Session::createMessage);
            send(session -> {
                StreamMessage stream = session.createStreamMessage();
                stream.writeInt(7);
                return stream;
            });
            send(session -> session.createObjectMessage(new Gadget()));
            send(session -> session.createTextMessage(text("Zoë", "Last")));

            await().until(() -> added() == 4 && dead().size() == 3);
            assertThat(platform.subjects()).containsExactlyInAnyOrder("Text", "Map", "Value", "Last");
            assertThat(dead()).allMatch(row -> row.startsWith("0|the message is not a JSON object"));
            assertThat(Gadget.READ).isFalse();
        }
    }

    /** What any sender may have on its class path, and would have done here. */
    private static final class Gadget implements Serializable {
        private static final long serialVersionUID = 1;
        private static final AtomicBoolean READ = new AtomicBoolean();

        private void readObject(ObjectInputStream in) {
            READ.set(true);
        }
    }

    @Test
    void messageThatNoClientCanDecodeIsDeadAndStopsNoOther() throws Exception {
        byte[] zeros = new byte[9 << 20];
        byte[][] properties = new byte[40_000][];
        for (int i = 0; i < properties.length; i++) {
            properties[i] = string("p" + i / 2 + (i % 2 == 0 ? "" : " value"));
        }
        List<byte[]> bombs = List.of(
                described(0x77, nested(3_000)),
                described(0x77, nested(100_000)),
                described(0x78, concat(map(nested(5_000), nested(5_000)))),
                concat(described(0x74, map(properties)), described(0x77, string("{}"))),
                concat(described(0x74, map(uint(1), uint(2))), described(0x77, string("{}"))),
                concat(described(0x72, map(symbol("x-opt-a"), nested(2_000))), described(0x77, string("{}"))),
                concat(described(0x72, map(symbol("x-opt-jms-msg-type"), uint(77))), described(0x77, string("{}"))),
                // An array of a billion times nothing, and a list of which there is less than it says.
                described(0x77, concat(new byte[] {(byte) 0xf0}, integer(5), integer(1 << 30), new byte[] {0x40})),
                described(0x77, concat(new byte[] {(byte) 0xd0}, integer(100), integer(1), new byte[] {0x40})),
                described(0x77, concat(new byte[] {(byte) 0xd0}, integer(5), integer(1 << 30), new byte[] {0x40})),
                described(0x77, concat(new byte[] {(byte) 0xb1}, integer(1 << 30), new byte[] {'a'})),
                described(0x79, string("no such section")),
                described(0x75, binary(zeros)));
        try (Node node = new Node(ledger.ledger(), broker, platform)) {
            for (byte[] bomb : bombs) {
                send(bomb);
            }
            send(described(0x77, string(text("Zoë", "Behind them"))));

            await().untilAsserted(() -> {
                assertThat(platform.subjects()).containsExactly("Behind them");
                assertThat(dead()).hasSize(bombs.size());
            });
            assertThat(dead())
                    .allMatch(row -> row.startsWith("0|the message"))
                    .anyMatch(row -> row.contains("more than 100 deep"))
                    .noneMatch(row -> row.contains("java"));
            assertThat(node.readers.troubles()).isEmpty();
        }
    }

    /** Artemis itself takes no message whose map of properties is damaged: it stays silent to the sender. */
    @Test
    void applicationPropertiesOfAnyKindStopNoMessage() throws Exception {
        byte[] none = {0x40};
        List<byte[]> names = List.of(
                none,
                uint(3),
                symbol("symbol"),
                string(""),
                string("a b.c-\0"),
                string("CamelHttpUri"),
                string("JMSType"),
                string("JMSXDeliveryCount"),
                string("JMSXGroupID"),
                string("JMSXGroupSeq"),
                string("JMS_AMQP_TTL"),
                string("JMS_AMQP_TYPED_ENCODING"),
                string("JMS_AMQP_REPLY_TO_GROUP_ID"),
                string("threadpostUnreadable"));
        List<byte[]> values = List.of(
                none,
                string("text"),
                symbol("symbol"),
                binary(new byte[] {1, 2}),
                nested(3),
                map(string("a"), uint(1)),
                described(0x77, string("described")),
                concat(new byte[] {(byte) 0x98}, new byte[16]),
                concat(new byte[] {(byte) 0x94}, new byte[16]),
                concat(new byte[] {(byte) 0x84}, new byte[8]),
                concat(new byte[] {(byte) 0xf0}, integer(9), integer(1), new byte[] {0x70}, integer(5)),
                concat(new byte[] {(byte) 0xb1}, integer(2), new byte[] {(byte) 0xff, (byte) 0xc0}));
        try (Node node = new Node(ledger.ledger(), broker, platform);
                RawAmqp raw = new RawAmqp(broker.url(), QUEUE)) {
            int messages = names.size();
            for (int i = 0; i < messages; i++) {
                byte[] name = names.get(i % names.size());
                byte[] properties = described(0x74, map(name, values.get(i % values.size())));
                raw.send(concat(properties, described(0x77, string(text("Zoë", "Any " + i)))));
            }
            raw.send(described(0x77, string(text("Zoë", "Behind them"))));

            await().until(() -> platform.subjects().contains("Behind them") && broker.messages(QUEUE) == 0);
            await().until(() -> added() + dead().size() == messages + 1);
            assertThat(node.readers.troubles()).isEmpty();
        }
    }

    @Test
    void messageThatNoClientCanDecodeIsReplacedOverAWebSocketToo() throws Exception {
        ReadableMessages.install(MessageCheck.Limits.ofThisMachine());
        send(described(0x77, nested(3_000)));
        send(described(0x77, string("behind it")));
        JmsConnectionFactory connections = new JmsConnectionFactory(broker.url().replace("amqp:", "amqpws:"));
        try (Connection connection = connections.createConnection();
                Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
                MessageConsumer consumer = session.createConsumer(session.createQueue(QUEUE))) {
            connection.start();

            assertThat(UnreadableMessage.body(consumer.receive(10_000)).reason())
                    .contains("more than 100 deep");
            assertThat(consumer.receive(10_000).getBody(String.class)).isEqualTo("behind it");
        }
    }

    private void send(byte[] message) throws IOException {
        try (RawAmqp raw = new RawAmqp(broker.url(), QUEUE)) {
            raw.send(message);
        }
    }

    @Test
    void whatIsMissingIsNamed() throws Exception {
        try (Node node = new Node(ledger.ledger(), broker, platform)) {
            send(null, "{\"OriginalSender\": \"Zoë\"}");

            await().until(() -> dead().size() == 1);
            assertThat(dead().get(0)).containsIgnoringCase("subject");
            assertThat(platform.subjects()).isEmpty();
        }
    }

    @Test
    void whileTheBrokerIsAwayThatIsSaidAndThenItGoesOn() throws Exception {
        try (Node node = new Node(ledger.ledger(), broker, platform)) {
            send(null, text("Zoë", "Before"));
            await().until(() -> added() == 1);
            broker.stop();
            await().until(() -> node.readers.troubles().size() == 1);
            Trouble trouble = node.readers.troubles().get(0);
            assertThat(trouble.queue()).isEqualTo(QUEUE);
            await().untilAsserted(() -> assertThat(node.readers.troubles())
                    .extracting(Trouble::reason)
                    .first()
                    .asString()
                    .contains("refused"));

            broker.start();
            send(null, text("Zoë", "After"));
            await().until(() -> added() == 2 && node.readers.troubles().isEmpty());
            node.camel.getRouteController().stopRoute("receive-adds");
            broker.stop();
            assertThat(node.readers.troubles()).isEmpty();
        }
    }

    @Test
    void whileTheLedgerTakesNothingTheBrokerKeepsIt() throws Exception {
        try (Node node = new Node(ledger.ledger(), broker, platform)) {
            ledger.change("ALTER TABLE spool_parcel RENAME TO away");
            for (int i = 0; i < 5; i++) {
                send(null, text("Zoë", "Mail " + i));
            }
            await().until(() -> broker.messages(QUEUE) == 5);
            await().untilAsserted(() -> assertThat(node.readers.troubles())
                    .extracting(Trouble::reason)
                    .first()
                    .asString()
                    .contains("ledger"));
            ledger.change("ALTER TABLE away RENAME TO spool_parcel");

            await().until(() -> added() == 5 && broker.messages(QUEUE) == 0);
            await().until(() -> node.readers.troubles().isEmpty());
        }
    }

    @Test
    void floodWaitsAtTheBroker() throws Exception {
        try (Node node = new Node(ledger.ledger(), broker, platform)) {
            node.camel.getRouteController().stopRoute("queue-to-thread");
            for (int i = 0; i < 20; i++) {
                send(null, text("Zoë", "Mail " + i));
            }
            await().until(() -> waiting() == 5 && broker.messages(QUEUE) == 15);
            List<Integer> seen = new CopyOnWriteArrayList<>();
            node.camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("spool:adds").routeId("slow").process(exchange -> seen.add(waiting()));
                }
            });

            await().until(() -> seen.size() == 20 && broker.messages(QUEUE) == 0);
            assertThat(seen).allMatch(waiting -> waiting <= 5);
        }
    }

    private int waiting() {
        return ledger.rows("SELECT id FROM spool_parcel WHERE state = 'waiting'")
                .size();
    }

    private int added() {
        return ledger.rows("SELECT item_key FROM thread_add WHERE state = 'added'")
                .size();
    }

    private List<String> dead() {
        return ledger.rows("SELECT attempts || '|' || error FROM spool_parcel WHERE state = 'dead'");
    }

    private static String text(String sender, String subject) {
        return "{\"OriginalSender\": \"" + sender + "\", \"Subject\": \"" + subject + "\"}";
    }

    /** @param id of the message; null for one at random */
    private void send(String id, String text) throws JMSException {
        send(id, session -> {
            BytesMessage message = session.createBytesMessage();
            message.writeBytes(text.getBytes(StandardCharsets.UTF_8));
            return message;
        });
    }

    private void send(Making message) throws JMSException {
        send(null, message);
    }

    @FunctionalInterface
    private interface Making {
        Message in(Session session) throws JMSException;
    }

    private void send(String id, Making making) throws JMSException {
        JmsConnectionFactory connections = new JmsConnectionFactory(broker.url());
        AmqpHeaders ids = new AmqpHeaders();
        connections.setMessageIDPolicy(ids);
        try (Connection connection = connections.createConnection();
                Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE)) {
            Message message = making.in(session);
            ids.next(id);
            session.createProducer(session.createQueue(QUEUE)).send(message);
        }
    }

    private static final class Node extends TestNode {
        private final QueueReaders readers = get(QueueReaders.class);

        Node(Ledger ledger, SandboxBroker broker, SandboxPlatform platform) throws Exception {
            super(
                    ledger,
                    Map.of(
                            "threadpost.connector.address",
                            platform.address().toString(),
                            "threadpost.connector.client-token",
                            SandboxOptions.CLIENT_TOKEN,
                            "threadpost.connections.main.access-token",
                            SandboxOptions.ACCESS_TOKEN,
                            "threadpost.queue.url",
                            broker.url(),
                            "threadpost.queue.inbound",
                            QUEUE,
                            "threadpost.queue.inbound-limit",
                            "5"));
            camel.getPropertiesComponent().addOverrideProperty("threadpost.queue.inbound.on", "true");
            addAll("spool", "queue", "network", "connector", "add");
            camel.start();
            loadShipped("queue-to-thread.camel.yaml");
        }
    }
}
