package io.threadpost.spool;

import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** {@code spool:NAME}. */
final class SpoolEndpoint extends DefaultEndpoint {
    private final Spools spools;
    private final SpoolDrain.Services drains;
    private final String name;
    private final ConsumerOptions consumerOptions;

    SpoolEndpoint(
            String uri,
            Component component,
            String name,
            ConsumerOptions consumerOptions,
            Spools spools,
            SpoolDrain.Services drains) {
        super(uri, component);
        this.name = name;
        this.consumerOptions = consumerOptions;
        this.spools = spools;
        this.drains = drains;
    }

    @Override
    public Producer createProducer() {
        return new SpoolProducer(this, name, spools);
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        SpoolConsumer consumer =
                new SpoolConsumer(this, processor, () -> new SpoolDrain(name, consumerOptions, drains));
        configureConsumer(consumer);
        return consumer;
    }

    @Override
    protected String createEndpointUri() {
        return "spool:" + name;
    }
}
