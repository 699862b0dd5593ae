package io.threadpost.add;

import java.util.List;

import jakarta.inject.Named;
import jakarta.inject.Singleton;

import io.quarkus.arc.Unremovable;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

import io.threadpost.spool.RejectedItemException;
import io.threadpost.spool.SpoolConstants;

/**
 * The step {@code addMessage}: adds the messages of an item of {@code spool:messages} to their thread, one after the
 * other. The body stays unchanged.
 */
@Singleton
@Unremovable
@Named("addMessage")
final class AddMessageProcessor implements Processor {
    private final MessageAddLedger messageLedger;
    private final MessageAdder messageAdder;

    AddMessageProcessor(MessageAddLedger messageLedger, MessageAdder messageAdder) {
        this.messageLedger = messageLedger;
        this.messageAdder = messageAdder;
    }

    /**
     * @throws io.threadpost.spool.PostponedException when a message has to wait
     * @throws RejectedItemException when the platform refuses a message, with its words, or none was staged
     */
    @Override
    public void process(Exchange exchange) {
        Message item = exchange.getMessage();
        String key = item.getHeader(SpoolConstants.KEY, String.class);
        String connection = item.getHeader(SpoolConstants.CONNECTION, String.class);
        List<StagedMessage> messages = messageLedger.messages(connection, key);
        if (messages.isEmpty()) {
            throw new RejectedItemException(
                    "addMessage needs an item of spool:messages, as the step stageMessages stages it");
        }
        for (StagedMessage message : messages) {
            if (messageAdder.add(message) instanceof AddOutcome.Refused refused) {
                throw new RejectedItemException(refused.words());
            }
        }
    }
}
