package io.threadpost;

import java.util.regex.Pattern;

import jakarta.inject.Singleton;

import io.quarkus.arc.Unremovable;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.component.kafka.KafkaEndpoint;
import org.apache.camel.spi.CamelContextCustomizer;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.apache.camel.spi.HeaderFilterStrategyAware;
import org.apache.camel.support.LifecycleStrategySupport;

import io.threadpost.errors.RouteErrors;
import io.threadpost.json.RawJsonConverters;
import io.threadpost.json.RawJsonFieldLanguage;

/**
 * Defaults of every route: a Java error fails its exchange only, a thread's JSON converts to bytes, for example for
 * {@code to: file:}, and no inbound header steers a component.
 */
@Singleton
@Unremovable
public final class CamelDefaults implements CamelContextCustomizer {
    @Override
    public void configure(CamelContext camel) {
        new RouteErrors().install(camel);
        InboundHeaderFilter.install(camel);
        new RawJsonConverters().install(camel.getTypeConverterRegistry());
        RawJsonFieldLanguage.install(camel);
    }

    /**
     * Removes inbound headers that would steer a component: where a file goes, which address is called, which topic is
     * written to. Case does not matter, since Camel looks headers up without regard to it.
     */
    private static final class InboundHeaderFilter implements HeaderFilterStrategy {
        private static final Pattern STEERING = Pattern.compile(
                "(?i)(?:camel|org\\.apache\\.camel|kafka\\.|mail\\.|java\\.|aws\\.|spring\\.).*", Pattern.DOTALL);

        private final HeaderFilterStrategy delegate;

        /** @param delegate the endpoint's own strategy, which decides about all other headers; null when it has none */
        private InboundHeaderFilter(HeaderFilterStrategy delegate) {
            this.delegate = delegate;
        }

        /** Filters at every endpoint that maps inbound headers: of brokers, Kafka, mail and HTTP. */
        static void install(CamelContext camel) {
            camel.addLifecycleStrategy(new LifecycleStrategySupport() {
                @Override
                public void onEndpointAdd(Endpoint endpoint) {
                    if (endpoint instanceof HeaderFilterStrategyAware aware) {
                        filter(aware);
                    } else if (endpoint instanceof KafkaEndpoint kafka) {
                        filter(kafka.getConfiguration());
                    }
                }
            });
        }

        private static void filter(HeaderFilterStrategyAware endpoint) {
            if (!(endpoint.getHeaderFilterStrategy() instanceof InboundHeaderFilter)) {
                endpoint.setHeaderFilterStrategy(new InboundHeaderFilter(endpoint.getHeaderFilterStrategy()));
            }
        }

        @Override
        public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
            return delegate != null && delegate.applyFilterToCamelHeaders(name, value, exchange);
        }

        @Override
        public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
            // camel-jms encodes names that are not Java identifiers.
            String plain = name.replace("_DOT_", ".").replace("_HYPHEN_", "-");
            return STEERING.matcher(plain).matches()
                    || delegate != null && delegate.applyFilterToExternalHeaders(name, value, exchange);
        }
    }
}
