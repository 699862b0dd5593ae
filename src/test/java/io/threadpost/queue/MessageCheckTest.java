package io.threadpost.queue;

import static io.threadpost.testing.RawAmqp.binary;
import static io.threadpost.testing.RawAmqp.concat;
import static io.threadpost.testing.RawAmqp.described;
import static io.threadpost.testing.RawAmqp.map;
import static io.threadpost.testing.RawAmqp.nested;
import static io.threadpost.testing.RawAmqp.string;
import static io.threadpost.testing.RawAmqp.symbol;
import static io.threadpost.testing.RawAmqp.uint;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import org.apache.qpid.proton.message.Message;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.threadpost.testing.RawAmqp;

/** Whatever bytes a message is made of, the client behind the guard can decode it. */
class MessageCheckTest {
    private static final MessageCheck.Limits LIMITS = new MessageCheck.Limits(100_000, 10_000, 100, 100, 10_000);
    private static final byte[] WHOLE = concat(
            RawAmqp.list(0x70, new byte[] {0x41}, new byte[] {0x50, 4}),
            described(0x72, map(symbol("x-opt-a"), uint(1))),
            RawAmqp.list(0x73, string("id-1"), binary(new byte[] {1, 2}), string("to")),
            described(0x74, map(string("a"), uint(1), string("b"), string("c"))),
            described(0x77, map(string("Subject"), string("Zoë"), uint(7), nested(5))));

    @Test
    void wholeMessagePassesAsItIs() {
        assertThat(MessageCheck.problem(WHOLE, LIMITS)).isEmpty();
        assertThat(MessageCheck.problem(described(0x77, nested(95)), LIMITS)).isEmpty();
        assertThat(through(List.of(frame(WHOLE, false)))).containsExactly(frame(WHOLE, false));
    }

    @Test
    void messageInSeveralFramesKeepsAsManyWhenItIsReplaced() {
        byte[] bomb = described(0x77, nested(3_000));
        List<byte[]> frames = new ArrayList<>();
        for (int from = 0; from < bomb.length; from += 1_000) {
            int to = Math.min(bomb.length, from + 1_000);
            frames.add(frame(Arrays.copyOfRange(bomb, from, to), to < bomb.length));
        }

        List<byte[]> passed = through(frames);

        assertThat(passed).hasSameSizeAs(frames);
        assertThat(payload(passed.get(0))).isEmpty();
        assertThat(reason(payload(passed.get(passed.size() - 1)))).contains("more than 100 deep");
    }

    @Test
    void messageThatIsTooLongIsNotKept() {
        List<byte[]> frames = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            frames.add(frame(new byte[1_000], i < 199));
        }

        List<byte[]> passed = through(frames);

        assertThat(passed).hasSameSizeAs(frames);
        assertThat(reason(payload(passed.get(199)))).isEqualTo("the message has 200000 bytes, more than 100000");
    }

    @Test
    void whatIsInAMessageIsNoReasonToFail() {
        fuzz(1, 20_000);
    }

    @Tag("nightly")
    @Test
    void whatIsInAMessageIsNoReasonToFailAllNight() {
        for (int seed = 2; seed < 200; seed++) {
            fuzz(seed, 50_000);
        }
    }

    private static void fuzz(int seed, int messages) {
        Random random = new Random(seed);
        for (int i = 0; i < messages; i++) {
            byte[] message = WHOLE.clone();
            for (int changes = 1 + random.nextInt(5); changes > 0; changes--) {
                int at = random.nextInt(message.length);
                switch (random.nextInt(4)) {
                    case 0 -> message[at] = (byte) random.nextInt(256);
                    case 1 -> message[at] ^= (byte) (1 << random.nextInt(8));
                    case 2 -> message = Arrays.copyOf(message, Math.max(1, at));
                    default ->
                        message = concat(
                                Arrays.copyOf(message, at),
                                nested(random.nextInt(120)),
                                Arrays.copyOfRange(message, at, message.length));
                }
            }
            if (MessageCheck.problem(message, LIMITS).isPresent()) {
                byte[] replaced =
                        payload(through(List.of(frame(message, false))).get(0));
                assertThat(reason(replaced)).as("%d of seed %d", i, seed).startsWith("the message");
            } else {
                byte[] kept = message;
                Message decoded = Message.Factory.create();
                decoded.decode(kept, 0, kept.length);
            }
        }
    }

    private static String reason(byte[] message) {
        assertThat(MessageCheck.problem(message, new MessageCheck.Limits(100_000, 1_000, 10, 10, 10_000)))
                .isEmpty();
        Message decoded = Message.Factory.create();
        decoded.decode(message, 0, message.length);
        return (String) decoded.getApplicationProperties().getValue().get("threadpostUnreadable");
    }

    private static byte[] frame(byte[] payload, boolean more) {
        byte[] transfer = RawAmqp.list(
                0x14,
                uint(0),
                uint(1),
                binary("tag".getBytes(StandardCharsets.US_ASCII)),
                uint(0),
                new byte[] {0x42},
                new byte[] {(byte) (more ? 0x41 : 0x42)});
        return concat(
                RawAmqp.integer(8 + transfer.length + payload.length), new byte[] {2, 0, 0, 1}, transfer, payload);
    }

    private static byte[] payload(byte[] frame) {
        ByteBuf payload =
                TransferFrame.of(Unpooled.wrappedBuffer(frame)).orElseThrow().payload();
        byte[] bytes = new byte[payload.readableBytes()];
        payload.readBytes(bytes);
        return bytes;
    }

    private static List<byte[]> through(List<byte[]> frames) {
        EmbeddedChannel channel = new EmbeddedChannel(new MessageGuard(LIMITS));
        channel.writeInbound(Unpooled.wrappedBuffer(concat(frames.toArray(byte[][]::new))));
        List<byte[]> passed = new ArrayList<>();
        for (ByteBuf frame = channel.readInbound(); frame != null; frame = channel.readInbound()) {
            byte[] bytes = new byte[frame.readableBytes()];
            frame.readBytes(bytes);
            frame.release();
            passed.add(bytes);
        }
        channel.finishAndReleaseAll();
        return passed;
    }
}
