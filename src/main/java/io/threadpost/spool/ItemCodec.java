package io.threadpost.spool;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.threadpost.json.JsonCodec;
import io.threadpost.json.RawJson;

/**
 * Items as bytes: a format number, then item by item key, connection, headers and body, each text with its length
 * before it. JSON bodies are read back as views on the parcel's bytes, without a copy.
 */
final class ItemCodec {
    private static final int FORMAT = 1;
    private static final int NONE = -1;

    private ItemCodec() {}

    static byte[] encode(List<SpoolItem> items) {
        Output out = new Output(512 * items.size());
        out.writeByte(FORMAT);
        for (SpoolItem spoolItem : items) {
            text(out, spoolItem.key());
            text(out, spoolItem.connection());
            out.writeInt(spoolItem.headers().size());
            for (Map.Entry<String, Object> header : spoolItem.headers().entrySet()) {
                text(out, header.getKey());
                value(out, header.getValue());
            }
            value(out, spoolItem.body());
        }
        return out.toBytes();
    }

    /**
     * @param count how many items the bytes hold
     * @throws UnreadableParcelException when they do not
     */
    static List<SpoolItem> decode(byte[] bytes, int count) {
        Input in = new Input(bytes);
        try (DataInputStream data = new DataInputStream(in)) {
            int format = data.readByte();
            if (format != FORMAT) {
                throw new IOException("a parcel of format " + format + ", written by a newer version of Threadpost");
            }
            List<SpoolItem> items = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                items.add(item(data, in));
            }
            return items;
        } catch (IOException | RuntimeException e) {
            throw new UnreadableParcelException("a parcel of " + bytes.length + " bytes cannot be read: " + e, e);
        }
    }

    /**
     * Encodes a map or list as it is now: later changes by the route have no effect, and what cannot be encoded fails
     * here.
     *
     * @throws UnfitBodyException when JSON cannot hold it
     */
    static Json json(Object value) {
        try {
            return new Json(JsonCodec.encode(value));
        } catch (IllegalArgumentException e) {
            throw new UnfitBodyException(
                    "a body of " + value.getClass().getName() + " cannot be stored in a spool: " + e.getMessage());
        } catch (StackOverflowError e) {
            throw new UnfitBodyException("a body of " + value.getClass().getName()
                    + " cannot be stored in a spool: its maps and lists are nested too deep");
        }
    }

    private static SpoolItem item(DataInputStream data, Input in) throws IOException {
        String key = text(data);
        String connection = text(data);
        int size = data.readInt();
        Map<String, Object> headers = size == 0 ? Map.of() : new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            String name = text(data);
            headers.put(name, value(data, in));
        }
        return new SpoolItem(key, connection, headers, value(data, in));
    }

    private static void value(Output out, Object value) {
        if (value == null) {
            out.writeByte('0');
        } else if (value instanceof RawJson json) {
            out.writeByte('R');
            out.write(json);
        } else if (value instanceof byte[] raw) {
            out.writeByte('B');
            out.write(raw);
        } else if (value instanceof String string) {
            out.writeByte('S');
            out.write(string);
        } else if (value instanceof Integer number) {
            out.writeByte('I');
            out.writeInt(number);
        } else if (value instanceof Long number) {
            out.writeByte('L');
            out.writeLong(number);
        } else if (value instanceof Double number) {
            out.writeByte('D');
            out.writeLong(Double.doubleToLongBits(number));
        } else if (value instanceof Boolean flag) {
            out.writeByte(flag ? 'T' : 'F');
        } else {
            out.writeByte('J');
            out.write((value instanceof Json json ? json : json(value)).text());
        }
    }

    private static Object value(DataInputStream data, Input in) throws IOException {
        int kind = data.readByte();
        return switch (kind) {
            case '0' -> null;
            case 'R' -> in.view(length(data));
            case 'B' -> data.readNBytes(length(data));
            case 'S' -> text(data);
            case 'I' -> data.readInt();
            case 'L' -> data.readLong();
            case 'D' -> data.readDouble();
            case 'T' -> true;
            case 'F' -> false;
            case 'J' -> JsonCodec.decode(data.readNBytes(length(data)));
            default -> throw new IOException("a parcel holds a value of the unknown kind " + kind);
        };
    }

    private static void text(Output out, String text) {
        if (text == null) {
            out.writeInt(NONE);
        } else {
            out.write(text);
        }
    }

    private static String text(DataInputStream data) throws IOException {
        int length = data.readInt();
        return length == NONE
                ? null
                : new String(data.readNBytes(within(length, data.available())), StandardCharsets.UTF_8);
    }

    private static int length(DataInputStream data) throws IOException {
        int length = data.readInt();
        return within(length, data.available());
    }

    private static int within(int length, int available) throws IOException {
        if (length < 0 || length > available) {
            throw new EOFException(length + " bytes wanted, " + available + " left");
        }
        return length;
    }

    /** A map or list that is already encoded. */
    record Json(byte[] text) {}

    /** Exposes its position, so that JSON can be returned as a view. */
    private static final class Input extends ByteArrayInputStream {
        Input(byte[] bytes) {
            super(bytes);
        }

        RawJson view(int length) {
            RawJson json = new RawJson(buf, pos, length);
            pos += length;
            return json;
        }
    }

    /** A growing byte array for one thread, without the locks that the JDK's streams take at each byte. */
    private static final class Output {
        private byte[] bytes;
        private int length;

        /** @param expected how many bytes there may be; there can be more */
        Output(int expected) {
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
}
