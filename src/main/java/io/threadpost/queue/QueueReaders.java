package io.threadpost.queue;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.inject.Singleton;

import org.apache.camel.component.jms.JmsEndpoint;
import org.apache.camel.component.jms.MessageListenerContainerFactory;
import org.springframework.jms.listener.AbstractMessageListenerContainer;

/** The queues that routes read from, and those of them that cannot be read. */
@Singleton
public final class QueueReaders implements MessageListenerContainerFactory {
    private final List<QueueReader> readers = new CopyOnWriteArrayList<>();

    QueueReaders() {}

    /**
     * A queue that cannot be read.
     *
     * @param queue its name
     * @param since when that was noticed
     * @param reason one line
     */
    public record Trouble(String queue, Instant since, String reason) {}

    /** @return what cannot be read now */
    public List<Trouble> troubles() {
        return readers.stream()
                .map(QueueReader::trouble)
                .filter(Objects::nonNull)
                .toList();
    }

    @Override
    public AbstractMessageListenerContainer createMessageListenerContainer(JmsEndpoint endpoint) {
        if (endpoint.getMessageConverter() == null) {
            endpoint.setMessageConverter(new InboundMessageBodies());
        }
        QueueReader reader = new QueueReader(endpoint, this);
        readers.add(reader);
        return reader;
    }

    /** A route does not take the message of a queue, and tries again. */
    void waits(String queue, Throwable failure) {
        readers.stream()
                .filter(reader -> queue.equals(reader.getDestinationName()))
                .forEach(reader -> reader.fails(failure));
    }

    void ended(QueueReader reader) {
        readers.remove(reader);
    }
}
