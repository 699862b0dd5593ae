package io.threadpost.add;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

import io.threadpost.connector.ConnectorParts;
import io.threadpost.ledger.Ledger;
import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.settings.Settings;
import io.threadpost.settings.TestSettings;
import io.threadpost.spool.SpoolConstants;
import io.threadpost.spool.SpoolItem;
import io.threadpost.spool.SpoolParts;
import io.threadpost.spool.Spools;

/**
 * One process that adds threads: {@code spool:adds} to {@code addThread} on a plain Camel context, over a real ledger
 * and real HTTP.
 */
final class AddNode implements AutoCloseable {
    final CamelContext camel = new DefaultCamelContext();
    final AddStatus status;
    final Settings settings;
    /** What came out, by key: the thread's id, or the code of the refusal. */
    final Map<String, String> ended = new ConcurrentHashMap<>();
    /** The words of refusals, by key. */
    final Map<String, String> words = new ConcurrentHashMap<>();

    final MessageStaging messageStaging;

    private final Spools spools;

    /** @param overrides settings besides the address and tokens */
    AddNode(Ledger ledger, URI platform, Map<String, String> overrides) throws Exception {
        Map<String, String> given = new HashMap<>(Map.of(
                "threadpost.connector.address", platform.toString(),
                "threadpost.connector.client-token", SandboxOptions.CLIENT_TOKEN,
                "threadpost.connections.main.access-token", SandboxOptions.ACCESS_TOKEN,
                "threadpost.connector.limit.requests", "100000",
                "threadpost.connector.response-timeout", "1s",
                "threadpost.connector.connect-timeout", "500ms",
                "threadpost.add.wait", "1500ms"));
        given.putAll(overrides);
        settings = TestSettings.of(given);
        camel.getShutdownStrategy().setTimeout(10);
        spools = SpoolParts.add(camel, ledger, settings);
        ConnectorParts.add(camel, ledger, settings);
        AddParts.add(camel, ledger, settings);
        messageStaging = AddParts.messages(camel, ledger, spools, settings);
        status = new AddStatus(ledger, settings);
        camel.start();
    }

    /** @param parallel how many at once */
    AddNode start(int parallel) throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("spool:adds?parallel=" + parallel).process("addThread").process(AddNode.this::note);
            }
        });
        return this;
    }

    /** Adds messages of threads, so many threads at once. */
    AddNode startMessages(int parallel) throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("spool:messages?parallel=" + parallel).process("addMessage");
            }
        });
        return this;
    }

    private void note(Exchange exchange) {
        Message message = exchange.getMessage();
        String key = message.getHeader(SpoolConstants.KEY, String.class);
        String refusal = message.getHeader(AddConstants.REFUSAL, String.class);
        ended.put(key, refusal == null ? message.getHeader(AddConstants.THREAD, String.class) : refusal);
        if (refusal != null) {
            words.put(key, message.getHeader(AddConstants.REFUSED, String.class));
        }
    }

    void put(String key, String sender, String subject) {
        put("main", key, sender, subject);
    }

    void put(String connection, String key, String sender, String subject) {
        spools.deliver(
                "adds",
                List.of(new SpoolItem(
                        key, connection, Map.of(AddConstants.SENDER, sender, AddConstants.SUBJECT, subject), null)));
    }

    @Override
    public void close() {
        camel.stop();
    }
}
