package io.threadpost.spool;

import java.nio.ByteBuffer;

/**
 * The body of a message that can never be read: {@code to: spool:NAME} stores it as a dead item, so that the sender
 * does not repeat it forever.
 *
 * @param reason one line for people
 * @param excerpt how the message begins, as it is
 */
public record UnreadableBody(String reason, ByteBuffer excerpt) {
    /** Its bytes. */
    byte[] bytes() {
        byte[] bytes = new byte[excerpt.remaining()];
        excerpt.duplicate().get(bytes);
        return bytes;
    }

    /** The reason only. */
    @Override
    public String toString() {
        return reason;
    }
}
