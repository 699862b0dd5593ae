package io.threadpost.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Sends messages to a queue over AMQP 1.0 as bytes, whatever they are: what no client library would encode. */
public final class RawAmqp implements AutoCloseable {
    private static final int LARGEST = 32 << 10;
    private final Socket socket;
    private final OutputStream out;
    private final DataInputStream in;
    private int deliveries;

    public RawAmqp(String url, String queue) throws IOException {
        URI broker = URI.create(url);
        socket = new Socket(broker.getHost(), broker.getPort());
        socket.setSoTimeout(30_000);
        out = socket.getOutputStream();
        in = new DataInputStream(socket.getInputStream());
        out.write(new byte[] {'A', 'M', 'Q', 'P', 3, 1, 0, 0});
        in.readNBytes(8);
        frame();
        send(1, list(0x41, symbol("ANONYMOUS")));
        frame();
        out.write(new byte[] {'A', 'M', 'Q', 'P', 0, 1, 0, 0});
        in.readNBytes(8);
        send(0, list(0x10, string("raw-" + System.nanoTime()), string("localhost"), uint(1 << 20)));
        send(0, list(0x11, NULL, uint(0), uint(1 << 20), uint(1 << 20)));
        byte[] target = list(0x29, string(queue), uint(0), symbol("session-end"), uint(0), FALSE);
        byte[] source = list(0x28, string("raw"));
        send(0, list(0x12, string("raw-link"), uint(0), FALSE, ubyte(0), NULL, source, target, NULL, FALSE, uint(0)));
        // open, begin, attach and the credit
        for (int frames = 0; frames < 4; frames++) {
            frame();
        }
    }

    /** Sends one message in as many frames as it needs, and waits for the broker's answer to it. */
    public void send(byte[] message) throws IOException {
        int delivery = deliveries++;
        int from = 0;
        do {
            int to = Math.min(message.length, from + LARGEST);
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            body.write(list(
                    0x14,
                    uint(0),
                    uint(delivery),
                    binary(String.valueOf(delivery).getBytes(StandardCharsets.US_ASCII)),
                    uint(0),
                    FALSE,
                    to < message.length ? TRUE : FALSE));
            body.write(message, from, to - from);
            send(0, body.toByteArray());
            from = to;
        } while (from < message.length);
        frame();
    }

    private void send(int type, byte[] body) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(8)
                .putInt(body.length + 8)
                .put((byte) 2)
                .put((byte) type)
                .putShort((short) 0);
        out.write(head.array());
        out.write(body);
        out.flush();
    }

    private void frame() throws IOException {
        in.readNBytes(in.readInt() - 4);
    }

    private static final byte[] NULL = {0x40};
    private static final byte[] TRUE = {0x41};
    private static final byte[] FALSE = {0x42};

    /** @return a described list, such as a performative */
    public static byte[] list(int descriptor, byte[]... fields) {
        byte[] content = concat(fields);
        return concat(
                new byte[] {0, 0x53, (byte) descriptor, (byte) 0xd0},
                integer(content.length + 4),
                integer(fields.length),
                content);
    }

    /** @return a described value, such as a section of a message */
    public static byte[] described(int descriptor, byte[] value) {
        return concat(new byte[] {0, 0x53, (byte) descriptor}, value);
    }

    /** @return that many lists, each the only element of the one around it */
    public static byte[] nested(int depth) {
        byte[] value = new byte[9 * depth + 1];
        ByteBuffer buffer = ByteBuffer.wrap(value);
        for (int left = depth; left > 0; left--) {
            buffer.put((byte) 0xd0).putInt(9 * (left - 1) + 1 + 4).putInt(1);
        }
        buffer.put((byte) 0x40);
        return value;
    }

    public static byte[] map(byte[]... keysAndValues) {
        byte[] content = concat(keysAndValues);
        return concat(new byte[] {(byte) 0xd1}, integer(content.length + 4), integer(keysAndValues.length), content);
    }

    public static byte[] string(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return concat(new byte[] {(byte) 0xb1}, integer(bytes.length), bytes);
    }

    public static byte[] binary(byte[] bytes) {
        return concat(new byte[] {(byte) 0xb0}, integer(bytes.length), bytes);
    }

    public static byte[] symbol(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return concat(new byte[] {(byte) 0xb3}, integer(bytes.length), bytes);
    }

    public static byte[] uint(int number) {
        return concat(new byte[] {0x70}, integer(number));
    }

    private static byte[] ubyte(int number) {
        return new byte[] {0x50, (byte) number};
    }

    public static byte[] integer(int number) {
        return ByteBuffer.allocate(4).putInt(number).array();
    }

    public static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
