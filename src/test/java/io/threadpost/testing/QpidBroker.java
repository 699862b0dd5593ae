package io.threadpost.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.qpid.server.SystemLauncher;

/**
 * Another real broker on 127.0.0.1 that speaks AMQP 1.0: Apache Qpid Broker-J, which detects no duplicates. It has one
 * queue, and knows again what it kept on disk when it is started again, on the same port.
 */
public final class QpidBroker implements AutoCloseable {
    /** Kept, since a logger that nobody holds forgets its level. */
    private static final List<Logger> QUIET = Stream.of("qpid.message", "org.apache.qpid.server")
            .map(Logger::getLogger)
            .toList();

    private final int port = freePort();
    private final Path folder;
    private final String queue;
    private SystemLauncher launcher;

    private QpidBroker(Path folder, String queue) {
        this.folder = folder;
        this.queue = queue;
    }

    /**
     * Starts a broker on a free port.
     *
     * @param folder a new folder, for what it keeps on disk
     * @param queue the queue that it has
     */
    public static QpidBroker start(Path folder, String queue) throws IOException {
        QUIET.forEach(logger -> logger.setLevel(Level.SEVERE));
        QpidBroker broker = new QpidBroker(Files.createDirectory(folder), queue);
        // Its database reads it once in this process.
        System.setProperty(
                "derby.stream.error.file", folder.resolve("derby.log").toString());
        new ObjectMapper().writeValue(broker.file(), broker.configuration());
        broker.start();
        return broker;
    }

    /** Starts it again, on the same port. */
    public void start() {
        try {
            launcher = new SystemLauncher();
            launcher.startup(Map.of(
                    "type",
                    "JSON",
                    "storePath",
                    folder.resolve("kept.json").toString(),
                    "initialConfigurationLocation",
                    file().toURI().toString(),
                    "startupLoggedToSystemOut",
                    false,
                    "context",
                    Map.of("qpid.work_dir", folder.toString())));
        } catch (Exception e) {
            throw new IllegalStateException("the broker cannot start on port " + port + ": " + e.getMessage(), e);
        }
    }

    /** Stops it: connections break, in the midst of whatever they are at. */
    public void stop() {
        launcher.shutdown();
        launcher = null;
    }

    /** Where it is, such as {@code amqp://127.0.0.1:5672}; without a login. */
    public String url() {
        return "amqp://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        if (launcher != null) {
            stop();
        }
    }

    private File file() {
        return folder.resolve("broker.json").toFile();
    }

    private Map<String, Object> configuration() throws IOException {
        String host = new ObjectMapper()
                .writeValueAsString(
                        Map.of("type", "ProvidedStore", "name", "all", "queues", List.of(Map.of("name", queue))));
        return Map.of(
                "name",
                "broker",
                "modelVersion",
                "9.1",
                "authenticationproviders",
                List.of(Map.of("name", "everybody", "type", "Anonymous")),
                "ports",
                List.of(Map.of(
                        "name",
                        "amqp",
                        "port",
                        port,
                        "bindingAddress",
                        "127.0.0.1",
                        "authenticationProvider",
                        "everybody",
                        "protocols",
                        List.of("AMQP_1_0"),
                        "virtualhostaliases",
                        List.of(Map.of("name", "any", "type", "hostnameAlias")))),
                "virtualhostnodes",
                List.of(Map.of(
                        "name",
                        "all",
                        "type",
                        "DERBY",
                        "defaultVirtualHostNode",
                        true,
                        "storePath",
                        folder.resolve("store").toString(),
                        "virtualHostInitialConfiguration",
                        host)));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
