package io.threadpost;

import org.apache.camel.Endpoint;
import org.apache.camel.component.kafka.KafkaEndpoint;
import org.apache.camel.spi.HeaderFilterStrategyAware;
import org.apache.camel.support.LifecycleStrategySupport;

/**
 * Puts {@link OutsideHeaders} before every endpoint that takes headers from outside: of brokers, Kafka, mail and HTTP.
 */
final class OutsideEndpoints extends LifecycleStrategySupport {
    @Override
    public void onEndpointAdd(Endpoint endpoint) {
        if (endpoint instanceof HeaderFilterStrategyAware aware) {
            filter(aware);
        } else if (endpoint instanceof KafkaEndpoint kafka) {
            filter(kafka.getConfiguration());
        }
    }

    private static void filter(HeaderFilterStrategyAware aware) {
        if (!(aware.getHeaderFilterStrategy() instanceof OutsideHeaders)) {
            aware.setHeaderFilterStrategy(new OutsideHeaders(aware.getHeaderFilterStrategy()));
        }
    }
}
