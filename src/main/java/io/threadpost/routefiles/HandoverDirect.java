package io.threadpost.routefiles;

import java.util.Map;

import jakarta.inject.Named;
import jakarta.inject.Singleton;

import io.quarkus.arc.Unremovable;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.apache.camel.component.direct.DirectComponent;
import org.apache.camel.component.direct.DirectConsumer;
import org.apache.camel.component.direct.DirectConsumerNotAvailableException;
import org.apache.camel.component.direct.DirectEndpoint;
import org.apache.camel.support.DefaultAsyncProducer;

/**
 * Camel's {@code direct:} with a producer that looks up the consumer for each exchange. Camel's own producer caches it:
 * while one thread waits for a route that is being swapped, other threads that share the producer would be sent to the
 * route that is stopping, and rejected.
 */
@Singleton
@Unremovable
@Named("direct")
final class HandoverDirect extends DirectComponent {
    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        DirectEndpoint endpoint = new HandoverEndpoint(uri, this);
        endpoint.setBlock(isBlock());
        endpoint.setTimeout(getTimeout());
        setProperties(endpoint, parameters);
        return endpoint;
    }

    private static final class HandoverEndpoint extends DirectEndpoint {
        HandoverEndpoint(String uri, DirectComponent component) {
            super(uri, component);
        }

        @Override
        public Producer createProducer() {
            return new HandoverProducer(this);
        }
    }

    private static final class HandoverProducer extends DefaultAsyncProducer {
        private final DirectEndpoint endpoint;

        HandoverProducer(DirectEndpoint endpoint) {
            super(endpoint);
            this.endpoint = endpoint;
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            try {
                DirectConsumer route = endpoint.getConsumer();
                if (route != null) {
                    return route.getAsyncProcessor().process(exchange, callback);
                }
                if (endpoint.isFailIfNoConsumers()) {
                    exchange.setException(
                            new DirectConsumerNotAvailableException("No route consumes " + endpoint, exchange));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                exchange.setException(e);
            }
            callback.done(true);
            return true;
        }
    }
}
