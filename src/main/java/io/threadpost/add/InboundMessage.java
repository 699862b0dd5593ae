package io.threadpost.add;

/**
 * An inbound message that is to become one thread.
 *
 * @param connection the connection (hotel) that it is added to
 * @param key its identity within the connection
 * @param texts what the thread is made of
 */
record InboundMessage(String connection, String key, ThreadTexts texts) implements Addition {
    /** The same message, with the texts that a request was sent with. */
    InboundMessage as(ThreadTexts sent) {
        return new InboundMessage(connection, key, sent);
    }

    @Override
    public String toString() {
        return connection + ", item " + key;
    }
}
