package io.threadpost.add;

import java.util.List;
import java.util.function.Function;

import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

import io.quarkus.arc.Unremovable;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

import io.threadpost.settings.Settings;
import io.threadpost.spool.SpoolConstants;

/**
 * The step {@code addThread}: adds an inbound message to the platform as one thread. It reads the headers
 * {@code ThreadpostKey} (the message's identity), {@code ThreadpostConnection}, {@code OriginalSender} and
 * {@code Subject}. It sets the header {@code ThreadpostThread}, the thread's {@code Id}; or {@code ThreadpostRefusal},
 * a code, and {@code ThreadpostRefused}, one line for people. The body stays unchanged. What a person wrote when
 * releasing a mail (exchange properties {@code ThreadpostReleaseSender}, {@code ThreadpostReleaseSubject}) replaces the
 * two texts. An item that continues a thread (exchange property {@code ThreadpostContinues}) makes none: the header
 * names the thread that it continues.
 */
@Singleton
@Unremovable
@Named("addThread")
final class AddThreadProcessor implements Processor {
    private final Function<InboundMessage, AddOutcome> adder;
    private final List<String> connections;

    @Inject
    AddThreadProcessor(ThreadAdder threadAdder, Settings settings) {
        this(threadAdder::add, settings);
    }

    AddThreadProcessor(Function<InboundMessage, AddOutcome> adder, Settings settings) {
        this.adder = adder;
        this.connections = settings.connectionNames();
    }

    /**
     * @throws io.threadpost.spool.PostponedException when the message has to wait
     * @throws IllegalArgumentException when a header is missing that the route has to set
     */
    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        message.removeHeader(AddConstants.THREAD);
        message.removeHeader(AddConstants.REFUSAL);
        message.removeHeader(AddConstants.REFUSED);
        String continued = exchange.getProperty(AddConstants.CONTINUES, String.class);
        if (continued != null) {
            message.setHeader(AddConstants.THREAD, continued);
            return;
        }
        String key = message.getHeader(SpoolConstants.KEY, String.class);
        if (key == null) {
            throw new IllegalArgumentException("addThread needs the header " + SpoolConstants.KEY
                    + ", the same whenever the message comes again; read from spool:NAME, or set it");
        }
        String connection = message.getHeader(SpoolConstants.CONNECTION, String.class);
        if (connection == null && connections.size() == 1) {
            connection = connections.get(0);
        }
        ThreadTexts texts = ThreadTexts.of(
                exchange.getProperty(
                        AddConstants.RELEASE_SENDER,
                        message.getHeader(AddConstants.SENDER, String.class),
                        String.class),
                exchange.getProperty(
                        AddConstants.RELEASE_SUBJECT,
                        message.getHeader(AddConstants.SUBJECT, String.class),
                        String.class));
        AddOutcome addOutcome = adder.apply(new InboundMessage(connection, key, texts));
        if (addOutcome instanceof AddOutcome.Refused refused) {
            message.setHeader(AddConstants.REFUSAL, refused.code());
            message.setHeader(AddConstants.REFUSED, refused.words());
        } else if (addOutcome instanceof AddOutcome.Added added) {
            message.setHeader(AddConstants.THREAD, added.id());
        }
    }
}
