package io.threadpost.mail;

import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** {@code mail:WHAT}. */
final class MailEndpoint extends DefaultEndpoint {
    private final String what;
    private final MailComponent.Work work;

    MailEndpoint(String uri, Component component, String what, MailComponent.Work work) {
        super(uri, component);
        this.what = what;
        this.work = work;
    }

    @Override
    public Producer createProducer() {
        return work.producer(this);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException("nothing can be taken from mail:" + what + "; mails lie in spool:mail");
    }

    @Override
    protected String createEndpointUri() {
        return "mail:" + what;
    }
}
