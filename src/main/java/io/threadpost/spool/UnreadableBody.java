package io.threadpost.spool;

import java.nio.ByteBuffer;

/**
 * The body of a message that cannot be read, whatever is tried: {@code to: spool:NAME} makes it a dead item, so that it
 * is not sent again and again.
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
