package io.threadpost.pull;

import org.apache.camel.Category;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;

/** Hands out open windows of the platform's time to be walked. */
@UriEndpoint(
        firstVersion = "1.0.0",
        scheme = "windows",
        title = "Windows",
        syntax = "windows:name",
        category = Category.MESSAGING,
        consumerOnly = true,
        remote = false)
public class WindowsEndpoint extends DefaultEndpoint {
    private final WalkerFactory walkerFactory;

    /** Which windows: open. */
    @UriPath(enums = "open")
    @Metadata(required = true)
    private String name;

    WindowsEndpoint(String uri, Component component, String name, WalkerFactory walkerFactory) {
        super(uri, component);
        this.name = name;
        this.walkerFactory = walkerFactory;
    }

    @Override
    public Producer createProducer() {
        throw new UnsupportedOperationException("windows:open is a source only; the step planWindows plans windows");
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        WindowsConsumer consumer = new WindowsConsumer(this, processor, walkerFactory);
        configureConsumer(consumer);
        return consumer;
    }

    @Override
    protected String createEndpointUri() {
        return "windows:" + name;
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }
}
