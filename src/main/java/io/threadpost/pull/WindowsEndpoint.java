package io.threadpost.pull;

import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** {@code windows:open}. */
final class WindowsEndpoint extends DefaultEndpoint {
    private final Walkers walkers;

    WindowsEndpoint(String uri, Component component, Walkers walkers) {
        super(uri, component);
        this.walkers = walkers;
    }

    @Override
    public Producer createProducer() {
        throw new UnsupportedOperationException("windows:open can only be read from; plan with the step planWindows");
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        WindowsConsumer consumer = new WindowsConsumer(this, processor, walkers);
        configureConsumer(consumer);
        return consumer;
    }

    @Override
    protected String createEndpointUri() {
        return "windows:open";
    }
}
