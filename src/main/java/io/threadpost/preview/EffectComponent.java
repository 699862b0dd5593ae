package io.threadpost.preview;

import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;

import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.PollingConsumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.apache.camel.support.PollingConsumerSupport;

/**
 * Stands in for a component that reaches something outside: it accepts every option, consumes nothing, and records what
 * is sent to it.
 */
final class EffectComponent extends DefaultComponent {
    private final EffectDescription description;
    private final EffectRecorder recorder;

    EffectComponent(EffectDescription description, EffectRecorder recorder) {
        this.description = description;
        this.recorder = recorder;
    }

    /** The linter has checked the options. */
    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        Map<String, Object> options = new LinkedHashMap<>(parameters);
        parameters.clear();
        return new EffectEndpoint(uri, remaining, options);
    }

    private final class EffectEndpoint extends DefaultEndpoint {
        private final String path;
        private final Map<String, Object> options;

        EffectEndpoint(String uri, String path, Map<String, Object> options) {
            super(uri, EffectComponent.this);
            this.path = path;
            this.options = options;
        }

        @Override
        public Producer createProducer() {
            return new DefaultProducer(this) {
                @Override
                public void process(Exchange exchange) throws Exception {
                    Message message = exchange.getMessage();
                    if (message.getBody() instanceof InputStream) {
                        // Read once; the steps behind read it again.
                        message.setBody(message.getBody(byte[].class));
                    }
                    description.record(recorder, new EndpointCall(path, options, exchange));
                }
            };
        }

        @Override
        public Consumer createConsumer(Processor processor) {
            return new DefaultConsumer(this, processor);
        }

        @Override
        public PollingConsumer createPollingConsumer() {
            return nothing(this);
        }
    }

    /** A step that polls finds nothing, and does not wait. */
    static PollingConsumer nothing(Endpoint endpoint) {
        return new PollingConsumerSupport(endpoint) {
            @Override
            public Exchange receive() {
                return null;
            }

            @Override
            public Exchange receiveNoWait() {
                return null;
            }

            @Override
            public Exchange receive(long timeout) {
                return null;
            }
        };
    }
}
