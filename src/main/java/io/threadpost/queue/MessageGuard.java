package io.threadpost.queue;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.Message;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.messaging.ApplicationProperties;
import org.apache.qpid.proton.amqp.messaging.Data;

import io.threadpost.spool.UnreadableBody;

/**
 * A handler in front of the AMQP client that checks each message. One that cannot be decoded is replaced by an
 * {@linkplain UnreadableMessage unreadable one}, in as many frames as it had, since both sides count them.
 */
final class MessageGuard extends ByteToMessageDecoder {
    private static final int HEADER = 8;
    private static final int AMQP = 0x414d5150;
    private static final int FRAME_OF_AMQP = 0;
    /** No broker sends such a frame; the client refuses it. */
    private static final int LARGEST_FRAME = 1 << 28;

    private final MessageCheck.Limits limits;
    private final Map<Integer, Session> sessions = new HashMap<>();

    MessageGuard(MessageCheck.Limits limits) {
        this.limits = limits;
        setCumulator(MERGE_CUMULATOR);
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (in.readableBytes() < HEADER) {
            return;
        }
        int size = in.getInt(in.readerIndex());
        if (size == AMQP) {
            out.add(in.readRetainedSlice(HEADER));
        } else if (size < HEADER || size > LARGEST_FRAME) {
            out.add(in.readRetainedSlice(in.readableBytes()));
        } else if (in.readableBytes() >= size) {
            frame(in.readRetainedSlice(size), out);
        }
    }

    private void frame(ByteBuf frame, List<Object> out) {
        int type = frame.getUnsignedByte(frame.readerIndex() + 5);
        if (type != FRAME_OF_AMQP) {
            out.add(frame);
            return;
        }
        Optional<TransferFrame> transfer = TransferFrame.of(frame);
        int channel = frame.getUnsignedShort(frame.readerIndex() + 6);
        if (transfer.isPresent()) {
            sessions.computeIfAbsent(channel, number -> new Session()).take(transfer.get(), out);
            return;
        }
        if (TransferFrame.ends(frame) && sessions.containsKey(channel)) {
            // The client counts deliveries, also aborted ones, and does not decode those.
            sessions.remove(channel).pass(Optional.empty(), out);
        }
        out.add(frame);
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) {
        sessions.values().forEach(Session::release);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        sessions.values().forEach(Session::release);
        super.channelInactive(ctx);
    }

    /** The frames of the message that a session is transferring; a session transfers one at a time. */
    private final class Session {
        private final Queue<TransferFrame> frames = new ArrayDeque<>();
        private final ByteBuf begin = Unpooled.buffer(0, UnreadableMessage.EXCERPT);
        private long length;

        void take(TransferFrame frame, List<Object> out) {
            length += frame.payload().readableBytes();
            if (length > limits.bytes()) {
                shorten();
                excerpt(frame);
                frames.add(frame.with(Unpooled.EMPTY_BUFFER));
            } else {
                frames.add(frame);
            }
            if (!frame.more()) {
                pass(frame.aborted() ? Optional.empty() : replacement(), out);
            }
        }

        private void shorten() {
            for (int kept = frames.size(); kept > 0; kept--) {
                TransferFrame frame = frames.remove();
                excerpt(frame);
                frames.add(frame.payload().isReadable() ? frame.with(Unpooled.EMPTY_BUFFER) : frame);
            }
        }

        private void excerpt(TransferFrame frame) {
            ByteBuf payload = frame.payload();
            int more = Math.min(payload.readableBytes(), UnreadableMessage.EXCERPT - begin.readableBytes());
            begin.writeBytes(payload, payload.readerIndex(), more);
        }

        private void pass(Optional<byte[]> replacement, List<Object> out) {
            while (!frames.isEmpty()) {
                TransferFrame frame = frames.remove();
                if (replacement.isEmpty()) {
                    out.add(frame.bytes());
                } else {
                    out.add(frame.with(
                                    frames.isEmpty()
                                            ? Unpooled.wrappedBuffer(replacement.get())
                                            : Unpooled.EMPTY_BUFFER)
                            .bytes());
                }
            }
            begin.clear();
            length = 0;
        }

        /** @return the replacement; empty when the message passes */
        private Optional<byte[]> replacement() {
            if (length > limits.bytes()) {
                return Optional.of(UnreadableMessage.of(
                        bytesOf(begin), "the message has " + length + " bytes, more than " + limits.bytes()));
            }
            byte[] message = new byte[(int) length];
            int at = 0;
            for (TransferFrame frame : frames) {
                int more = frame.payload().readableBytes();
                frame.payload().getBytes(frame.payload().readerIndex(), message, at, more);
                at += more;
            }
            return MessageCheck.problem(message, limits).map(reason -> UnreadableMessage.of(message, reason));
        }

        private static byte[] bytesOf(ByteBuf buffer) {
            byte[] bytes = new byte[buffer.readableBytes()];
            buffer.getBytes(buffer.readerIndex(), bytes);
            return bytes;
        }

        void release() {
            frames.forEach(frame -> frame.bytes().release());
            frames.clear();
        }
    }

    /** The replacement of a message that cannot be decoded: the reason, and an excerpt of its beginning. */
    static final class UnreadableMessage {
        /** Bytes of the message that are kept. */
        static final int EXCERPT = 16 << 10;

        private static final String REASON = "threadpostUnreadable";

        private UnreadableMessage() {}

        /**
         * @param message as much of it as was received
         * @param reason one line
         * @return a message of AMQP
         */
        static byte[] of(byte[] message, String reason) {
            var replacement = org.apache.qpid.proton.message.Message.Factory.create();
            byte[] excerpt = Arrays.copyOf(message, Math.min(message.length, EXCERPT));
            // The same at each redelivery.
            replacement.setMessageId("unreadable-" + UUID.nameUUIDFromBytes(message));
            replacement.setApplicationProperties(new ApplicationProperties(new HashMap<>(Map.of(REASON, reason))));
            replacement.setBody(new Data(new Binary(excerpt)));
            byte[] bytes = new byte[excerpt.length + 4 * reason.length() + 512];
            return Arrays.copyOf(bytes, replacement.encode(bytes, 0, bytes.length));
        }

        /** @return null for every other message */
        static UnreadableBody body(Message message) throws JMSException {
            String reason = message.getStringProperty(REASON);
            return reason != null && message instanceof BytesMessage bytes
                    ? new UnreadableBody(reason, ByteBuffer.wrap(bytes.getBody(byte[].class)))
                    : null;
        }
    }
}
