package io.threadpost.queue;

import jakarta.inject.Named;
import jakarta.inject.Singleton;

import io.quarkus.arc.Unremovable;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.jms.JmsEndpoint;

/**
 * {@code messageWaits}, for an error handler's {@code onRedeliveryRef}: a route that reads a queue failed to store the
 * message, and retries. Until the next message arrives, log and health report the queue.
 */
@Singleton
@Unremovable
@Named("messageWaits")
final class MessageWaits implements Processor {
    private final QueueReaders readers;

    MessageWaits(QueueReaders readers) {
        this.readers = readers;
    }

    @Override
    public void process(Exchange exchange) {
        Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        if (failure != null && exchange.getFromEndpoint() instanceof JmsEndpoint queue) {
            readers.waits(queue.getDestinationName(), failure);
        }
    }
}
