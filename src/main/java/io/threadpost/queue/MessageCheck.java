package io.threadpost.queue;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;

import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.UnsignedLong;
import org.apache.qpid.proton.amqp.messaging.ApplicationProperties;
import org.apache.qpid.proton.amqp.messaging.MessageAnnotations;
import org.apache.qpid.proton.message.Message;

/**
 * Checks whether the bytes of a message can be decoded: first against the limits, in time and memory linear in its
 * length, then by decoding it.
 */
final class MessageCheck {
    private static final Symbol JMS_TYPE = Symbol.valueOf("x-opt-jms-msg-type");
    private static final int JMS_TYPES = 5;
    private static final int DESCRIBED = 0x00;
    private static final int SMALL_ULONG = 0x53;
    private static final int ULONG = 0x80;
    private static final int PROPERTIES = 0x74;

    private final Limits limits;
    private final ByteBuffer bytes;
    private int values;

    private MessageCheck(byte[] bytes, Limits limits) {
        this.bytes = ByteBuffer.wrap(bytes);
        this.limits = limits;
    }

    /** @return why it cannot be decoded, one line; empty when it can */
    static Optional<String> problem(byte[] message, Limits limits) {
        try {
            new MessageCheck(message, limits).sections();
            decode(message);
            return Optional.empty();
        } catch (Refused e) {
            return Optional.of(e.getMessage());
        } catch (RuntimeException | StackOverflowError e) {
            // Decoders throw all kinds of exceptions.
            return Optional.of("the message is no AMQP");
        }
    }

    private static void decode(byte[] bytes) throws Refused {
        Message message = Message.Factory.create();
        message.decode(bytes, 0, bytes.length);
        id(message.getMessageId());
        id(message.getCorrelationId());
        MessageAnnotations annotations = message.getMessageAnnotations();
        Object type = annotations == null || annotations.getValue() == null
                ? null
                : annotations.getValue().get(JMS_TYPE);
        if (type != null && !(type instanceof Byte known && known >= 0 && known <= JMS_TYPES)) {
            throw new Refused("the message's annotation x-opt-jms-msg-type is unknown");
        }
        ApplicationProperties properties = message.getApplicationProperties();
        if (properties != null && properties.getValue() != null) {
            for (Object name : properties.getValue().keySet()) {
                if (!(name instanceof String)) {
                    throw new Refused("the message has an application property whose name is no string");
                }
            }
        }
    }

    private static void id(Object id) throws Refused {
        if (!(id == null
                || id instanceof String
                || id instanceof UUID
                || id instanceof UnsignedLong
                || id instanceof Binary)) {
            throw new Refused("the message's id or correlation id has an unknown type");
        }
    }

    private void sections() throws Refused {
        while (bytes.hasRemaining()) {
            if (next() != DESCRIBED) {
                throw new Refused("the message has bytes between its sections");
            }
            int start = bytes.position();
            int code = bytes.get(start) & 0xff;
            long section = code == SMALL_ULONG
                    ? bytes.get(start + 1) & 0xff
                    : code == ULONG && bytes.remaining() > Long.BYTES ? bytes.getLong(start + 1) : -1;
            value(1);
            start = bytes.position();
            if (section == PROPERTIES) {
                properties(start);
            }
            value(1);
            if (section == PROPERTIES && bytes.position() - start > limits.propertyBytes()) {
                throw new Refused(
                        "the message's application properties have more than " + limits.propertyBytes() + " bytes");
            }
        }
    }

    private void properties(int start) throws Refused {
        int code = bytes.get(start) & 0xff;
        long entries =
                switch (code) {
                    case 0xc1 -> bytes.get(start + 2) & 0xff;
                    case 0xd1 -> bytes.getInt(start + 5) & 0xffffffffL;
                    default -> 0;
                };
        if (entries / 2 > limits.properties()) {
            throw new Refused("the message has more than " + limits.properties() + " application properties");
        }
    }

    private void value(int depth) throws Refused {
        int code = next();
        if (code == DESCRIBED) {
            deeper(depth);
            value(depth + 1);
            value(depth + 1);
        } else {
            content(code, depth);
        }
    }

    /** The rest of a value whose type is known. */
    private void content(int code, int depth) throws Refused {
        if (++values > limits.values()) {
            throw new Refused("the message has more than " + limits.values() + " values");
        }
        switch (code >> 4) {
            case 0x4 -> skip(0);
            case 0x5 -> skip(1);
            case 0x6 -> skip(2);
            case 0x7 -> skip(4);
            case 0x8 -> skip(8);
            case 0x9 -> skip(16);
            case 0xa -> skip(next());
            case 0xb -> skip(length());
            case 0xc, 0xd -> compound(code, depth);
            case 0xe, 0xf -> array(code, depth);
            default -> throw new Refused("the message holds a value of an unknown type");
        }
    }

    private void compound(int code, int depth) throws Refused {
        deeper(depth);
        boolean small = code >> 4 == 0xc;
        int end = end(small ? next() : length());
        int count = small ? next() : length();
        if (count > end - bytes.position()) {
            throw new Refused("the message holds a list or map that is longer than it");
        }
        for (int i = 0; i < count; i++) {
            value(depth + 1);
        }
        atEnd(end);
    }

    private void array(int code, int depth) throws Refused {
        deeper(depth);
        boolean small = code >> 4 == 0xe;
        int end = end(small ? next() : length());
        int count = small ? next() : length();
        int element = next();
        while (element == DESCRIBED) {
            deeper(++depth);
            value(depth);
            element = next();
        }
        if (count > limits.values()) {
            throw new Refused("the message has more than " + limits.values() + " values");
        }
        for (int i = 0; i < count; i++) {
            content(element, depth + 1);
        }
        atEnd(end);
    }

    private void deeper(int depth) throws Refused {
        if (depth > limits.depth()) {
            throw new Refused("the message's lists and maps are nested more than " + limits.depth() + " deep");
        }
    }

    private int end(int size) throws Refused {
        if (size > bytes.remaining()) {
            throw new Refused("the message holds a list or map that is longer than it");
        }
        return bytes.position() + size;
    }

    private void atEnd(int end) throws Refused {
        if (bytes.position() != end) {
            throw new Refused("the message holds a list or map that is not as long as it says");
        }
    }

    private int next() throws Refused {
        skip(1);
        return bytes.get(bytes.position() - 1) & 0xff;
    }

    private int length() throws Refused {
        skip(Integer.BYTES);
        int length = bytes.getInt(bytes.position() - Integer.BYTES);
        return length < 0 ? Integer.MAX_VALUE : length;
    }

    private void skip(int length) throws Refused {
        if (length > bytes.remaining()) {
            throw new Refused("the message is truncated");
        }
        bytes.position(bytes.position() + length);
    }

    /** The reason, without quoting the message. */
    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        Refused(String reason) {
            super(reason, null, false, false);
        }
    }

    /**
     * The limits of an inbound message.
     *
     * @param bytes of the whole message
     * @param values strings, numbers, maps, lists and other values
     * @param depth of nested maps and lists
     * @param properties application properties
     * @param propertyBytes all of them together
     */
    record Limits(int bytes, int values, int depth, int properties, int propertyBytes) {
        private static final int SHARE = 32;
        private static final int LEAST = 1 << 20;
        private static final int MOST = 64 << 20;

        /**
         * A message is in memory several times, as bytes, as text and as the parcel for the ledger, with the next one
         * behind it.
         */
        static Limits ofThisMachine() {
            long share = Runtime.getRuntime().maxMemory() / SHARE;
            return new Limits((int) Math.max(LEAST, Math.min(MOST, share)), 100_000, 100, 10_000, 1 << 20);
        }
    }
}
