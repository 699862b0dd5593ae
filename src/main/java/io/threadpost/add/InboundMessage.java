package io.threadpost.add;

/**
 * A message that is to become one thread.
 *
 * @param connection the hotel
 * @param key its identity, within the connection: the same key is the same message
 * @param texts what the thread will be known by
 */
record InboundMessage(String connection, String key, ThreadTexts texts) {
    /** The same message, with what its thread was made of when a request was sent. */
    InboundMessage as(ThreadTexts sent) {
        return new InboundMessage(connection, key, sent);
    }

    @Override
    public String toString() {
        return connection + ", item " + key;
    }
}
