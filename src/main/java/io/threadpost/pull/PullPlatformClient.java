package io.threadpost.pull;

import java.util.Map;

import jakarta.inject.Singleton;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;

import io.threadpost.connector.ConnectorException;
import io.threadpost.connector.Priority;
import io.threadpost.connector.ThreadPage;
import io.threadpost.spool.SpoolConstants;

/** Asks {@code direct:get-threads}, and learns the server's time from each answer. */
@Singleton
final class PullPlatformClient {
    private final ProducerTemplate template;
    private final ServerClocks clocks;
    private final ConnectionOutages connectionOutages;

    PullPlatformClient(CamelContext context, ServerClocks clocks, ConnectionOutages connectionOutages) {
        this.template = context.createProducerTemplate();
        this.clocks = clocks;
        this.connectionOutages = connectionOutages;
    }

    /** @throws ConnectorException when there is no page, with what may be done about it */
    ThreadPage get(String connection, Priority priority, Map<String, Object> request) {
        Exchange exchange = template.send("direct:get-threads", asked -> {
            asked.setProperty(Priority.PROPERTY, priority);
            asked.getMessage().setHeader(SpoolConstants.CONNECTION, connection);
            asked.getMessage().setBody(request);
        });
        Exception failure = exchange.getException();
        if (failure instanceof RuntimeException known) {
            connectionOutages.failed(connection, known);
            throw known;
        }
        if (failure != null) {
            throw new IllegalStateException(failure);
        }
        connectionOutages.served(connection);
        ThreadPage page = exchange.getMessage().getBody(ThreadPage.class);
        clocks.observe(connection, page.serverTime(), page.answeredNanos());
        return page;
    }
}
