package io.threadpost.spool;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.threadpost.json.RawJson;

/**
 * Bytes that grow as they are written to: by one thread, and so without the locks that the JDK's streams take at each
 * byte.
 */
final class ItemBytes {
    private byte[] bytes;
    private int length;

    /** @param expected how many bytes there may be; there can be more */
    ItemBytes(int expected) {
        bytes = new byte[Math.max(Long.BYTES, expected)];
    }

    void writeByte(int value) {
        room(Byte.BYTES);
        bytes[length++] = (byte) value;
    }

    void writeInt(int value) {
        room(Integer.BYTES);
        bytes[length++] = (byte) (value >>> 24);
        bytes[length++] = (byte) (value >>> 16);
        bytes[length++] = (byte) (value >>> 8);
        bytes[length++] = (byte) value;
    }

    void writeLong(long value) {
        writeInt((int) (value >>> Integer.SIZE));
        writeInt((int) value);
    }

    /** Writes the length, then the bytes. */
    void write(byte[] source) {
        writeInt(source.length);
        room(source.length);
        System.arraycopy(source, 0, bytes, length, source.length);
        length += source.length;
    }

    /** Writes the length in UTF-8, then the text. */
    void write(String text) {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes the length, then the JSON text. */
    void write(RawJson json) {
        writeInt(json.length());
        room(json.length());
        json.copyTo(bytes, length);
        length += json.length();
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
