package io.threadpost.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;

/**
 * A real Kafka of one node on 127.0.0.1, without topics of its own making. It can be stopped and started again on the
 * same port, with what it kept on disk.
 */
public final class KafkaServer implements AutoCloseable {
    /** The user of one with a login. */
    public static final String USER = "guest";

    /** Kept, since a logger that nobody holds forgets its level. */
    private static final List<Logger> QUIET = Stream.of("kafka", "org.apache.kafka", "state.change.logger")
            .map(Logger::getLogger)
            .toList();

    private static final String PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule required";

    private final Path folder;
    private final ServerCertificate certificate;
    private final int[] ports = freePorts();
    private String password;
    private KafkaRaftServer server;

    private KafkaServer(Path folder, String password, ServerCertificate certificate) {
        QUIET.forEach(logger -> logger.setLevel(Level.SEVERE));
        this.folder = folder;
        this.password = password;
        this.certificate = certificate;
    }

    /**
     * @param folder a new folder, for what it keeps on disk
     * @param password of {@link #USER}; null: everybody may connect
     * @param certificate its own; null: nothing is encrypted
     */
    public static KafkaServer start(Path folder, String password, ServerCertificate certificate) throws Exception {
        KafkaServer server = new KafkaServer(folder, password, certificate);
        new Formatter()
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(1)
                .addDirectory(folder.toString())
                .setMetadataLogDirectory(folder.toString())
                .setControllerListenerName("CONTROLLER")
                .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                .run();
        server.start();
        return server;
    }

    /** Starts it again, on the same port. */
    public void start() {
        server = new KafkaRaftServer(new KafkaConfig(configuration(), false), Time.SYSTEM);
        server.startup();
    }

    /** Stops it in good order. */
    public void stop() {
        server.shutdown();
        server.awaitShutdown();
        server = null;
    }

    /** From the next start on. */
    public void password(String other) {
        password = other;
    }

    /** Where it is, such as {@code 127.0.0.1:9092}. */
    public String brokers() {
        return "127.0.0.1:" + ports[0];
    }

    /** Makes a topic of one partition. */
    public void topic(String name) throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(client())) {
            admin.createTopics(List.of(new NewTopic(name, 1, (short) 1))).all().get();
        }
    }

    /** @return everything in a topic, from its first record on, when there are so many at least */
    public List<ConsumerRecord<String, byte[]>> records(String topic, int enough) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(client(), new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> all = List.of(new TopicPartition(topic, 0));
            consumer.assign(all);
            consumer.seekToBeginning(all);
            Patience.await().until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
                return records.size() >= enough
                        && consumer.position(all.get(0))
                                == consumer.endOffsets(all).get(all.get(0));
            });
        }
        return records;
    }

    @Override
    public void close() {
        if (server != null) {
            stop();
        }
    }

    private Map<String, Object> client() {
        Map<String, Object> client = new HashMap<>(Map.of("bootstrap.servers", brokers()));
        client.put("security.protocol", protocol());
        client.putAll(trust());
        if (password != null) {
            client.put("sasl.mechanism", "PLAIN");
            client.put("sasl.jaas.config", login());
        }
        return client;
    }

    private Map<String, String> configuration() {
        Map<String, String> configuration = new HashMap<>(Map.of(
                "process.roles", "broker,controller",
                "node.id", "1",
                "log.dirs", folder.toString(),
                "listeners", "GUESTS://" + brokers() + ",CONTROLLER://127.0.0.1:" + ports[1],
                "controller.listener.names", "CONTROLLER",
                "controller.quorum.voters", "1@127.0.0.1:" + ports[1],
                "inter.broker.listener.name", "GUESTS",
                "auto.create.topics.enable", "false",
                "broker.heartbeat.interval.ms", "200",
                "broker.session.timeout.ms", "1000"));
        configuration.put("listener.security.protocol.map", "CONTROLLER:PLAINTEXT,GUESTS:" + protocol());
        if (certificate != null) {
            configuration.put("ssl.keystore.location", certificate.file().toString());
            configuration.put("ssl.keystore.password", ServerCertificate.PASSWORD);
        }
        configuration.putAll(trust());
        if (password != null) {
            configuration.put("sasl.enabled.mechanisms", "PLAIN");
            configuration.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
            configuration.put("listener.name.guests.plain.sasl.jaas.config", login());
        }
        return configuration;
    }

    private Map<String, String> trust() {
        return certificate == null
                ? Map.of()
                : Map.of(
                        "ssl.truststore.location",
                        certificate.file().toString(),
                        "ssl.truststore.password",
                        ServerCertificate.PASSWORD);
    }

    private String protocol() {
        return (password == null ? "" : "SASL_") + (certificate == null ? "PLAINTEXT" : "SSL");
    }

    private String login() {
        String quoted = '"' + password.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        return PLAIN + " username=" + USER + " password=" + quoted + " user_" + USER + "=" + quoted + ";";
    }

    private static int[] freePorts() {
        try (ServerSocket one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new int[] {one.getLocalPort(), other.getLocalPort()};
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
