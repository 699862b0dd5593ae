package io.threadpost.add;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;

import io.threadpost.ledger.Ledger;
import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.spool.SpoolConstants;
import io.threadpost.spool.SpoolItem;
import io.threadpost.testing.TestNode;

/**
 * One process that adds threads: {@code spool:adds} to {@code addThread} on a plain Camel context, over a real ledger
 * and real HTTP.
 */
final class AddNode extends TestNode {
    final AddStatus status = get(AddStatus.class);
    final MessageAddLedger messageStaging = get(MessageAddLedger.class);
    final ThreadAddLedger adds = get(ThreadAddLedger.class);
    /** What came out, by key: the thread's id, or the code of the refusal. */
    final Map<String, String> ended = new ConcurrentHashMap<>();
    /** The words of refusals, by key. */
    final Map<String, String> words = new ConcurrentHashMap<>();

    /** @param overrides settings besides the address and tokens */
    AddNode(Ledger ledger, URI platform, Map<String, String> overrides) throws Exception {
        super(
                ledger,
                Map.of(
                        "threadpost.connector.address", platform.toString(),
                        "threadpost.connector.client-token", SandboxOptions.CLIENT_TOKEN,
                        "threadpost.connections.main.access-token", SandboxOptions.ACCESS_TOKEN,
                        "threadpost.connector.limit.requests", "100000",
                        "threadpost.connector.response-timeout", "1s",
                        "threadpost.connector.connect-timeout", "500ms",
                        "threadpost.add.wait", "1500ms"),
                overrides);
        addAll("spool", "network", "connector", "add");
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
        put(
                "adds",
                new SpoolItem(
                        key, connection, Map.of(AddConstants.SENDER, sender, AddConstants.SUBJECT, subject), null));
    }
}
