package io.threadpost.digest;

import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** {@code digest:NAME}. */
final class DigestEndpoint extends DefaultEndpoint {
    private final DigestOptions options;
    private final Templates templates;
    private final boolean on;

    DigestEndpoint(String uri, Component component, DigestOptions options, Templates templates, boolean on) {
        super(uri, component);
        this.options = options;
        this.templates = templates;
        this.on = on;
    }

    @Override
    public Producer createProducer() {
        return new DigestProducer(this, options, templates, on);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException("nothing can be taken from digest:" + options.name());
    }

    @Override
    protected String createEndpointUri() {
        return "digest:" + options.name();
    }
}
