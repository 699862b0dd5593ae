package io.threadpost.mail;

import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;

/** {@code to: mail:subject}. The header {@code Subject} becomes what the thread's subject shall be. */
final class SubjectProducer extends DefaultProducer {
    private final SubjectOptions options;

    SubjectProducer(Endpoint endpoint, SubjectOptions options) {
        super(endpoint);
        this.options = options;
    }

    @Override
    public void process(Exchange exchange) {
        InboundMail mail = ReadMail.of(exchange, "mail:subject");
        exchange.getMessage().setHeader("Subject", options.clean(mail.subject()));
    }
}
