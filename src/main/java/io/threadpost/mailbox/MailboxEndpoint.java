package io.threadpost.mailbox;

import org.apache.camel.Category;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;

/** Hands out each mail that arrives in a mailbox until it is staged. */
@UriEndpoint(
        firstVersion = "1.0.0",
        scheme = "mailbox",
        title = "Mailbox",
        syntax = "mailbox:name",
        category = Category.MAIL,
        consumerOnly = true)
public class MailboxEndpoint extends DefaultEndpoint {
    private final MailboxWatchers mailboxWatchers;

    /** Which mailboxes: all that are configured. */
    @UriPath(enums = "all")
    @Metadata(required = true)
    private String name;

    MailboxEndpoint(String uri, Component component, String name, MailboxWatchers mailboxWatchers) {
        super(uri, component);
        this.name = name;
        this.mailboxWatchers = mailboxWatchers;
    }

    @Override
    public Producer createProducer() {
        throw new UnsupportedOperationException("mailbox:all is for consumers only");
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        MailboxConsumer consumer = new MailboxConsumer(this, processor, mailboxWatchers);
        configureConsumer(consumer);
        return consumer;
    }

    @Override
    protected String createEndpointUri() {
        return "mailbox:" + name;
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }
}
