package io.threadpost.add;

import java.util.List;

import jakarta.inject.Named;
import jakarta.inject.Singleton;

import io.quarkus.arc.Unremovable;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

import io.threadpost.settings.ConnectionSettings;
import io.threadpost.settings.Settings;
import io.threadpost.spool.SpoolConstants;

/**
 * The step {@code addThread}: an inbound message becomes one thread on the platform. In come the headers
 * {@code ThreadpostKey} (the message's identity), {@code ThreadpostConnection}, {@code OriginalSender} and
 * {@code Subject}. Out comes the header {@code ThreadpostThread}, the thread's {@code Id}; or
 * {@code ThreadpostRefusal}, a short code, and {@code ThreadpostRefused}, one line for people. The body stays as it is.
 */
@Singleton
@Unremovable
@Named("addThread")
final class AddThreadProcessor implements Processor {
    private final ThreadAdder threadAdder;
    private final List<String> connections;

    AddThreadProcessor(ThreadAdder threadAdder, Settings settings) {
        this.threadAdder = threadAdder;
        this.connections =
                settings.connections().stream().map(ConnectionSettings::name).toList();
    }

    /**
     * @throws io.threadpost.spool.PostponedException when the message has to wait
     * @throws IllegalArgumentException when a header is missing that the route has to set
     */
    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        message.removeHeader(Adds.THREAD);
        message.removeHeader(Adds.REFUSAL);
        message.removeHeader(Adds.REFUSED);
        String key = message.getHeader(SpoolConstants.KEY, String.class);
        if (key == null) {
            throw new IllegalArgumentException("addThread needs the header " + SpoolConstants.KEY
                    + ", which is the same whenever the message comes again; read from spool:NAME, or set it");
        }
        String connection = message.getHeader(SpoolConstants.CONNECTION, String.class);
        if (connection == null && connections.size() == 1) {
            connection = connections.get(0);
        }
        ThreadTexts texts = ThreadTexts.of(
                message.getHeader(Adds.SENDER, String.class), message.getHeader(Adds.SUBJECT, String.class));
        AddOutcome addOutcome = threadAdder.add(new InboundMessage(connection, key, texts));
        if (addOutcome instanceof AddOutcome.Refused refused) {
            message.setHeader(Adds.REFUSAL, refused.code());
            message.setHeader(Adds.REFUSED, refused.words());
        } else if (addOutcome instanceof AddOutcome.Added added) {
            message.setHeader(Adds.THREAD, added.thread());
        }
    }
}
