package io.threadpost.spool;

import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** {@code spool:NAME}. */
final class SpoolEndpoint extends DefaultEndpoint {
    private final SpoolComponent component;
    private final String name;
    private final ConsumerOptions consumerOptions;

    SpoolEndpoint(String uri, SpoolComponent component, String name, ConsumerOptions consumerOptions) {
        super(uri, component);
        this.component = component;
        this.name = name;
        this.consumerOptions = consumerOptions;
    }

    @Override
    public Producer createProducer() {
        return new SpoolProducer(this, name, component.spools);
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        SpoolConsumer consumer =
                new SpoolConsumer(this, processor, () -> new SpoolDrain(name, consumerOptions, component));
        configureConsumer(consumer);
        return consumer;
    }

    @Override
    protected String createEndpointUri() {
        return "spool:" + name;
    }
}
