package io.threadpost.queue;

import java.util.Optional;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * An AMQP 1.0 frame with the performative transfer.
 *
 * @param bytes the whole frame
 * @param start where the payload begins in it
 * @param more whether another frame of the same message follows
 * @param aborted whether the transfer is aborted
 */
record TransferFrame(ByteBuf bytes, int start, boolean more, boolean aborted) {
    private static final int TRANSFER = 0x14;
    private static final int BEGIN = 0x11;
    private static final int DETACH = 0x16;
    private static final int END = 0x17;
    private static final int MORE = 5;
    private static final int ABORTED = 9;

    /** @return empty for a frame with another performative, none, or a malformed one, which is left to the client */
    static Optional<TransferFrame> of(ByteBuf frame) {
        try {
            return performative(frame) == TRANSFER ? transfer(frame) : Optional.empty();
        } catch (IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    /** @return whether it ends an unfinished transfer of its session */
    static boolean ends(ByteBuf frame) {
        try {
            int performative = performative(frame);
            return performative == BEGIN || performative == DETACH || performative == END;
        } catch (IndexOutOfBoundsException e) {
            return false;
        }
    }

    /** @return -1 for a heartbeat frame, which has none */
    private static int performative(ByteBuf frame) {
        int body = body(frame);
        if (frame.writerIndex() - body < 3) {
            return -1;
        }
        return switch (frame.getUnsignedByte(body + 1)) {
            case 0x53 -> frame.getUnsignedByte(body + 2);
            case 0x80 -> (int) frame.getLong(body + 2);
            default -> -1;
        };
    }

    private static int body(ByteBuf frame) {
        return frame.readerIndex() + 4 * frame.getUnsignedByte(frame.readerIndex() + 4);
    }

    private static Optional<TransferFrame> transfer(ByteBuf frame) {
        int list = body(frame) + (frame.getUnsignedByte(body(frame) + 1) == 0x53 ? 3 : 10);
        ByteBuf fields = frame.duplicate().readerIndex(list);
        int code = fields.readUnsignedByte();
        int size;
        int count;
        switch (code) {
            case 0xc0 -> {
                size = fields.readUnsignedByte();
                list = fields.readerIndex();
                count = fields.readUnsignedByte();
            }
            case 0xd0 -> {
                size = fields.readInt();
                list = fields.readerIndex();
                count = fields.readInt();
            }
            default -> {
                return Optional.empty();
            }
        }
        int start = list + size;
        if (size < 0 || start > frame.writerIndex()) {
            return Optional.empty();
        }
        boolean more = false;
        boolean aborted = false;
        for (int field = 0; field < Math.min(count, ABORTED + 1); field++) {
            boolean set = field(fields);
            more |= field == MORE && set;
            aborted |= field == ABORTED && set;
        }
        return Optional.of(new TransferFrame(frame, start, more, aborted));
    }

    /** @return whether the field is true */
    private static boolean field(ByteBuf fields) {
        int code = fields.readUnsignedByte();
        if (code == 0) {
            field(fields);
            field(fields);
            return false;
        }
        if (code == 0x56) {
            return fields.readBoolean();
        }
        int length =
                switch (code >> 4) {
                    case 0x5 -> 1;
                    case 0x6 -> 2;
                    case 0x7 -> 4;
                    case 0x8 -> 8;
                    case 0x9 -> 16;
                    case 0xa, 0xc, 0xe -> fields.readUnsignedByte();
                    case 0xb, 0xd, 0xf -> fields.readInt();
                    default -> 0;
                };
        fields.skipBytes(length);
        return code == 0x41;
    }

    /** @return the part of the message in this frame */
    ByteBuf payload() {
        return bytes.slice(start, bytes.writerIndex() - start);
    }

    /** Copies the frame with another payload, and releases this one. */
    TransferFrame with(ByteBuf payload) {
        int head = start - bytes.readerIndex();
        ByteBuf frame = Unpooled.buffer(head + payload.readableBytes());
        frame.writeBytes(bytes, bytes.readerIndex(), head)
                .writeBytes(payload, payload.readerIndex(), payload.readableBytes());
        frame.setInt(0, frame.readableBytes());
        bytes.release();
        return new TransferFrame(frame, head, more, aborted);
    }
}
