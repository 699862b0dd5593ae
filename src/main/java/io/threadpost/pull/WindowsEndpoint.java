package io.threadpost.pull;

import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** {@code windows:open}. */
final class WindowsEndpoint extends DefaultEndpoint {
    private final WalkerFactory walkerFactory;

    WindowsEndpoint(String uri, Component component, WalkerFactory walkerFactory) {
        super(uri, component);
        this.walkerFactory = walkerFactory;
    }

    @Override
    public Producer createProducer() {
        throw new UnsupportedOperationException("windows:open can only be read from; plan with the step planWindows");
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        WindowsConsumer consumer = new WindowsConsumer(this, processor, walkerFactory);
        configureConsumer(consumer);
        return consumer;
    }

    @Override
    protected String createEndpointUri() {
        return "windows:open";
    }
}
