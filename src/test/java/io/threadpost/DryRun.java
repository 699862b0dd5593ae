package io.threadpost;

import java.util.Map;
import java.util.Properties;

import org.apache.camel.AggregationStrategy;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/**
 * Builds routes as a start does, but starts none: every step, expression, parameter, reference and setting is resolved.
 * Our components and steps are stood in for, as those need a ledger.
 */
final class DryRun {
    private DryRun() {}

    /**
     * @param more settings of one's own
     * @throws Exception when one of the files could not be run
     */
    static void of(Map<String, String> files, Map<String, String> more) throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.setAutoStartup(false);
            Properties settings = new Properties();
            settings.putAll(Sources.settings());
            settings.putAll(more);
            camel.getPropertiesComponent().setInitialProperties(settings);
            // It would look for what only the real components have.
            camel.setAutowiredEnabled(false);
            Sources.beans().forEach((name, source) -> {
                if (Sources.isProcessor(name, source)) {
                    camel.getRegistry().bind(name, (Processor) exchange -> {});
                } else if (Sources.isAggregationStrategy(name, source)) {
                    camel.getRegistry().bind(name, (AggregationStrategy) (before, after) -> after);
                } else {
                    camel.addComponent(name, new StandIn());
                }
            });
            for (Map.Entry<String, String> file : files.entrySet()) {
                Resource resource = ResourceHelper.fromString(file.getKey(), file.getValue());
                PluginHelper.getRoutesLoader(camel).loadRoutes(resource);
            }
            camel.start();
            if (camel.getRoutes().isEmpty()) {
                throw new IllegalStateException("no routes in " + files.keySet());
            }
        }
    }

    private static final class StandIn extends DefaultComponent {
        @Override
        protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
            // What options there are is known to the check.
            parameters.clear();
            return new DefaultEndpoint(uri, this) {
                @Override
                public Producer createProducer() {
                    return new DefaultProducer(this) {
                        @Override
                        public void process(Exchange exchange) {
                            throw new IllegalStateException("nothing is sent in a dry run");
                        }
                    };
                }

                @Override
                public Consumer createConsumer(Processor processor) {
                    return new DefaultConsumer(this, processor);
                }
            };
        }
    }
}
