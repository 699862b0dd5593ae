package io.threadpost.spool;

import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** {@code spool:NAME}. */
final class SpoolEndpoint extends DefaultEndpoint {
    private final SpoolComponent component;
    private final String name;
    private final int batch;
    private final int parallel;

    SpoolEndpoint(String uri, SpoolComponent component, String name, int batch, int parallel) {
        super(uri, component);
        this.component = component;
        this.name = name;
        this.batch = batch;
        this.parallel = parallel;
    }

    @Override
    public Producer createProducer() {
        return new SpoolProducer(this, name, component.spools);
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        SpoolConsumer consumer = new SpoolConsumer(this, processor, () -> new Drain(name, batch, parallel, component));
        configureConsumer(consumer);
        return consumer;
    }

    @Override
    protected String createEndpointUri() {
        return "spool:" + name;
    }
}
