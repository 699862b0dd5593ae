package io.threadpost.mail;

import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** {@code mail:WHAT}. */
final class MailEndpoint extends DefaultEndpoint {
    private final String what;
    private final Producers producers;

    MailEndpoint(String uri, Component component, String what, Producers producers) {
        super(uri, component);
        this.what = what;
        this.producers = producers;
    }

    /** Creates the producer of an endpoint. */
    @FunctionalInterface
    interface Producers {
        Producer producer(Endpoint endpoint);
    }

    @Override
    public Producer createProducer() {
        return producers.producer(this);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException(
                "mail:" + what + " is for producers only; consume mails from spool:mail");
    }

    @Override
    protected String createEndpointUri() {
        return "mail:" + what;
    }
}
