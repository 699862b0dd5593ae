package io.threadpost.mailbox;

import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** {@code mailbox:all}. */
final class MailboxEndpoint extends DefaultEndpoint {
    private final MailboxWatchers mailboxWatchers;

    MailboxEndpoint(String uri, Component component, MailboxWatchers mailboxWatchers) {
        super(uri, component);
        this.mailboxWatchers = mailboxWatchers;
    }

    @Override
    public Producer createProducer() {
        throw new UnsupportedOperationException("mailbox:all can only be read from");
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        MailboxConsumer consumer = new MailboxConsumer(this, processor, mailboxWatchers);
        configureConsumer(consumer);
        return consumer;
    }

    @Override
    protected String createEndpointUri() {
        return "mailbox:all";
    }
}
