package io.threadpost.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.spi.core.security.ActiveMQJAASSecurityManager;
import org.apache.activemq.artemis.spi.core.security.jaas.InVMLoginModule;

/**
 * A real broker on 127.0.0.1: ActiveMQ Artemis, speaking AMQP 1.0. It can be stopped and started again on the same
 * port, with what it kept on disk or without.
 */
public final class SandboxBroker implements AutoCloseable {
    /** The user that a broker with a login has. */
    public static final String USER = "sandbox";

    private static final String ROLE = "all";

    private final int port;
    private final Path journal;
    private final String password;
    private ActiveMQServer server;

    private SandboxBroker(int port, Path journal, String password) {
        this.port = port;
        this.journal = journal;
        this.password = password;
    }

    /**
     * Starts a broker on a free port.
     *
     * @param journal a folder for what it keeps on disk; null: it forgets everything when it stops
     * @param password of {@link #USER}; null: everybody may log in
     */
    public static SandboxBroker start(Path journal, String password) {
        SandboxBroker broker = new SandboxBroker(freePort(), journal, password);
        broker.start();
        return broker;
    }

    /** Starts it again, on the same port. */
    public void start() {
        try {
            server = new ActiveMQServerImpl(configuration(), security());
            server.start();
            if (!server.waitForActivation(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the broker does not start on port " + port);
            }
        } catch (Exception e) {
            throw new IllegalStateException("the broker cannot start on port " + port + ": " + e.getMessage(), e);
        }
    }

    /** Stops it as a crash does: connections break, and what was not on disk is gone. */
    public void stop() {
        try {
            server.fail(true);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Where it is, such as {@code amqp://127.0.0.1:5672}. */
    public String url() {
        return "amqp://127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    /** @return messages in that queue now; 0 when there is no such queue */
    public long messages(String queue) {
        Queue found = server.locateQueue(SimpleString.of(queue));
        return found == null ? 0 : found.getMessageCount();
    }

    /** @return messages that ever came into that queue since the broker was started; 0 when there is no such queue */
    public long arrived(String queue) {
        Queue found = server.locateQueue(SimpleString.of(queue));
        return found == null ? 0 : found.getMessagesAdded();
    }

    /** The broker itself, for what a test wants to set up. */
    public ActiveMQServer server() {
        return server;
    }

    @Override
    public void close() {
        if (server.isStarted()) {
            stop();
        }
    }

    private Configuration configuration() throws Exception {
        ConfigurationImpl configuration = new ConfigurationImpl();
        configuration.setName("sandbox");
        configuration.setPersistenceEnabled(journal != null);
        if (journal != null) {
            String folder = journal.toString();
            configuration
                    .setJournalDirectory(folder + "/journal")
                    .setBindingsDirectory(folder + "/bindings")
                    .setLargeMessagesDirectory(folder + "/large")
                    .setPagingDirectory(folder + "/paging");
        }
        configuration.setSecurityEnabled(password != null);
        configuration.putSecurityRoles(
                "#", Set.of(new Role(ROLE, true, true, true, true, true, true, true, true, true, true, false, false)));
        configuration.setIDCacheSize(20_000);
        configuration.setPersistIDCache(true);
        configuration.setJMXManagementEnabled(false);
        configuration.addAcceptorConfiguration(new TransportConfiguration(
                NettyAcceptorFactory.class.getName(),
                Map.of(
                        TransportConstants.HOST_PROP_NAME,
                        "127.0.0.1",
                        TransportConstants.PORT_PROP_NAME,
                        String.valueOf(port),
                        TransportConstants.PROTOCOLS_PROP_NAME,
                        "AMQP"),
                "amqp"));
        configuration.addAddressSetting(
                "#",
                new AddressSettings()
                        .setDefaultAddressRoutingType(RoutingType.ANYCAST)
                        .setDefaultQueueRoutingType(RoutingType.ANYCAST)
                        .setDeadLetterAddress(SimpleString.of("DLQ"))
                        .setExpiryAddress(SimpleString.of("ExpiryQueue")));
        return configuration;
    }

    private ActiveMQJAASSecurityManager security() {
        ActiveMQJAASSecurityManager manager = new ActiveMQJAASSecurityManager(InVMLoginModule.class.getName());
        if (password != null) {
            manager.getConfiguration().addUser(USER, password);
            manager.getConfiguration().addRole(USER, ROLE);
        }
        return manager;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
