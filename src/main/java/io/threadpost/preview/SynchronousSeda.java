package io.threadpost.preview;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.apache.camel.support.ExchangeHelper;

/** Stands in for {@code seda:}: the route behind it runs at once, and its failure is not the sender's. */
final class SynchronousSeda extends DefaultComponent {
    private final Map<String, DefaultConsumer> routes = new ConcurrentHashMap<>();

    @Override
    protected Endpoint createEndpoint(String uri, String name, Map<String, Object> parameters) {
        parameters.clear();
        return new DefaultEndpoint(uri, this) {
            @Override
            public Producer createProducer() {
                return new DefaultProducer(this) {
                    @Override
                    public void process(Exchange exchange) throws Exception {
                        DefaultConsumer route = routes.get(name);
                        if (route == null) {
                            return;
                        }
                        Exchange copy = ExchangeHelper.createCorrelatedCopy(exchange, false);
                        copy.getExchangeExtension().setFromEndpoint(route.getEndpoint());
                        copy.getExchangeExtension().setFromRouteId(route.getRouteId());
                        route.getProcessor().process(copy);
                        if (exchange.getPattern() == ExchangePattern.InOut) {
                            ExchangeHelper.copyResults(exchange, copy);
                        }
                    }
                };
            }

            @Override
            public Consumer createConsumer(Processor processor) {
                return new DefaultConsumer(this, processor) {
                    @Override
                    protected void doStart() throws Exception {
                        super.doStart();
                        routes.put(name, this);
                    }
                };
            }
        };
    }
}
