package io.threadpost.journey;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

import io.threadpost.ledger.StoredUuid;

/** The encoding of journeys: small numbers in few bytes, and ids that are UUIDs in sixteen. */
final class JourneyBytes {
    private static final int PLAIN = 1;
    private static final int DEFLATED = 2;
    /** Shorter ones are not worth the time. */
    private static final int LEAST_DEFLATED = 1000;

    private JourneyBytes() {}

    /** File names and keys repeat most of their characters. */
    static byte[] packed(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 2 + 16);
        if (bytes.length < LEAST_DEFLATED) {
            out.write(PLAIN);
            out.writeBytes(bytes);
            return out.toByteArray();
        }
        out.write(DEFLATED);
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try {
            deflater.setInput(bytes);
            deflater.finish();
            byte[] buffer = new byte[8192];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
        } finally {
            deflater.end();
        }
        return out.toByteArray();
    }

    static byte[] unpacked(byte[] bytes) {
        if (bytes[0] == PLAIN) {
            return Arrays.copyOfRange(bytes, 1, bytes.length);
        }
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(bytes, 1, bytes.length - 1);
            ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length * 4);
            byte[] buffer = new byte[8192];
            while (!inflater.finished()) {
                int read = inflater.inflate(buffer);
                if (read == 0) {
                    throw new IllegalStateException("a journey of " + bytes.length + " bytes is cut off");
                }
                out.write(buffer, 0, read);
            }
            return out.toByteArray();
        } catch (DataFormatException e) {
            throw new IllegalStateException("a journey of " + bytes.length + " bytes cannot be read: " + e, e);
        } finally {
            inflater.end();
        }
    }

    /** A growing array of bytes. */
    static final class Output {
        private byte[] bytes;
        private int length;

        /** @param expected how many bytes there may be; there can be more */
        Output(int expected) {
            bytes = new byte[Math.max(64, expected)];
        }

        void putByte(int value) {
            room(1);
            bytes[length++] = (byte) value;
        }

        /** Writes a number that is mostly small and never negative. */
        void putSize(long value) {
            room(10);
            long left = value;
            while ((left & ~0x7FL) != 0) {
                bytes[length++] = (byte) (left & 0x7F | 0x80);
                left >>>= 7;
            }
            bytes[length++] = (byte) left;
        }

        /** Writes a number that may be negative. */
        void putNumber(long value) {
            putSize(value << 1 ^ value >> 63);
        }

        void putLong(long value) {
            room(Long.BYTES);
            for (int shift = 56; shift >= 0; shift -= 8) {
                bytes[length++] = (byte) (value >>> shift);
            }
        }

        /** @param text may be null */
        void putText(String text) {
            if (text == null) {
                putSize(0);
                return;
            }
            putBytes(text.getBytes(StandardCharsets.UTF_8));
        }

        private void putBytes(byte[] source) {
            putSize(source.length + 1L);
            room(source.length);
            System.arraycopy(source, 0, bytes, length, source.length);
            length += source.length;
        }

        /** Writes a text that is mostly a UUID in its usual form; may be null. */
        void putId(String id) {
            Optional<UUID> uuid = StoredUuid.of(id);
            if (uuid.isPresent()) {
                putByte(1);
                putLong(uuid.get().getMostSignificantBits());
                putLong(uuid.get().getLeastSignificantBits());
            } else {
                putByte(0);
                putText(id);
            }
        }

        void append(Output other) {
            room(other.length);
            System.arraycopy(other.bytes, 0, bytes, length, other.length);
            length += other.length;
        }

        void append(byte[] more) {
            room(more.length);
            System.arraycopy(more, 0, bytes, length, more.length);
            length += more.length;
        }

        byte[] toBytes() {
            return Arrays.copyOf(bytes, length);
        }

        private void room(int more) {
            int needed = Math.addExact(length, more);
            if (needed > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(needed, 2 * bytes.length));
            }
        }
    }

    /** Reads what {@link Output} wrote. */
    static final class Input {
        private final byte[] bytes;
        private int at;

        Input(byte[] bytes) {
            this.bytes = bytes;
        }

        int getByte() {
            if (at >= bytes.length) {
                throw new BufferUnderflowException();
            }
            return bytes[at++] & 0xFF;
        }

        long getSize() {
            long value = 0;
            for (int shift = 0; shift < 64; shift += 7) {
                int next = getByte();
                value |= (next & 0x7FL) << shift;
                if (next < 0x80) {
                    return value;
                }
            }
            return value;
        }

        int getCount() {
            return Math.toIntExact(getSize());
        }

        long getNumber() {
            long value = getSize();
            return value >>> 1 ^ -(value & 1);
        }

        long getLong() {
            long value = 0;
            for (int i = 0; i < Long.BYTES; i++) {
                value = value << 8 | getByte();
            }
            return value;
        }

        String getText() {
            int length = getCount() - 1;
            if (length < 0) {
                return null;
            }
            if (length > bytes.length - at) {
                throw new BufferUnderflowException();
            }
            String text = new String(bytes, at, length, StandardCharsets.UTF_8);
            at += length;
            return text;
        }

        String getId() {
            if (getByte() == 0) {
                return getText();
            }
            return new UUID(getLong(), getLong()).toString();
        }
    }
}
