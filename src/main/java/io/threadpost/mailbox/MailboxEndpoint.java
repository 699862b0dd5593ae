package io.threadpost.mailbox;

import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** {@code mailbox:all}. */
final class MailboxEndpoint extends DefaultEndpoint {
    private final Watches watches;

    MailboxEndpoint(String uri, Component component, Watches watches) {
        super(uri, component);
        this.watches = watches;
    }

    @Override
    public Producer createProducer() {
        throw new UnsupportedOperationException("mailbox:all can only be read from");
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        MailboxConsumer consumer = new MailboxConsumer(this, processor, watches);
        configureConsumer(consumer);
        return consumer;
    }

    @Override
    protected String createEndpointUri() {
        return "mailbox:all";
    }
}
