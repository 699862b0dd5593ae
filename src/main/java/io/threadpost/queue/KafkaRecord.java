package io.threadpost.queue;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import jakarta.inject.Named;
import jakarta.inject.Singleton;

import io.quarkus.arc.Unremovable;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.kafka.KafkaConstants;

import io.threadpost.settings.Settings;

/**
 * The step {@code kafkaRecord}: turns a thread into a record. Its key is the thread's id, so that all versions of a
 * thread are in one partition; its value is the platform's bytes. Its headers are the properties of a queue's message,
 * as text; all other headers are removed.
 */
@Singleton
@Unremovable
@Named("kafkaRecord")
public final class KafkaRecord implements Processor {
    private final Map<String, String> enterprises;

    public KafkaRecord(Settings settings) {
        enterprises = ThreadVersionMessage.enterprises(settings);
    }

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        ThreadVersionMessage threadVersionMessage = ThreadVersionMessage.of(message, enterprises, "kafkaRecord");
        message.removeHeaders("*");
        message.setBody(threadVersionMessage.json());
        message.setHeader(
                KafkaConstants.KEY, String.valueOf(threadVersionMessage.thread().get("Id")));
        message.setHeader("message-id", bytes(threadVersionMessage.id()));
        message.setHeader("content-type", bytes("application/json"));
        threadVersionMessage.properties().forEach((name, value) -> message.setHeader(name, bytes(value.toString())));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
