package io.threadpost.queue;

import java.util.Map;

import jakarta.inject.Named;
import jakarta.inject.Singleton;

import io.quarkus.arc.Unremovable;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

import io.threadpost.settings.Settings;
import io.threadpost.spool.SpoolConstants;

/**
 * The step {@code queueMessage}: turns a thread into a message. Its body is the platform's bytes. Fields that brokers
 * can filter by are properties with plain names. All other headers are removed, so that a version is the same message
 * each time.
 */
@Singleton
@Unremovable
@Named("queueMessage")
public final class QueueMessage implements Processor {
    private final Map<String, String> enterprises;

    public QueueMessage(Settings settings) {
        enterprises = ThreadVersionMessage.enterprises(settings);
    }

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        ThreadVersionMessage threadVersionMessage = ThreadVersionMessage.of(message, enterprises, "queueMessage");
        message.removeHeaders("*");
        message.setBody(threadVersionMessage.json());
        message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        message.setHeader(AmqpHeaders.DUPLICATE_ID, threadVersionMessage.id());
        threadVersionMessage.properties().forEach(message::setHeader);
        exchange.setProperty(SpoolConstants.RECEIPT, "message " + threadVersionMessage.id());
    }
}
