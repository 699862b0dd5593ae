package io.threadpost.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Well-formed requests pass as a whole, everything else gets an answer of one line. */
class RequestFilterTest {
    private static final String WELL_FORMED =
            "POST /api/spools/files/try?a=%C3%A9 HTTP/1.1\r\nHost: localhost:8080\r\nContent-Type: application/json;"
                    + " charset=\"utf-8\"\r\nContent-Length: 2\r\n\r\n{}";

    private final EmbeddedChannel channel = channel();

    private static EmbeddedChannel channel() {
        EmbeddedChannel channel = new EmbeddedChannel(new HttpRequestDecoder(), new HttpResponseEncoder());
        channel.pipeline().addLast(new RequestFilter(new ClientConnection(channel, RequestFilter::new)));
        return channel;
    }

    private static void say(EmbeddedChannel channel, String text) {
        channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1));
    }

    private static String answer(EmbeddedChannel channel) {
        StringBuilder answer = new StringBuilder();
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            answer.append(part.toString(StandardCharsets.ISO_8859_1));
            part.release();
        }
        return answer.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: [::1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: [zz]\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a:99999\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: user@a\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /a|b HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET * HTTP/1.1\r\nHost: a\r\n\r\n",
                "G@T / HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET / HTTP/9.9\r\nHost: a\r\n\r\n",
                "GET / JUNK\r\nHost: a\r\n\r\n",
                "nonsense\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nContent-Type: json;;=\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nContent-Type: a/b/c\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nContent-Type: a/b\r\nContent-Type: c/d\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nX: a\000b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nOrigin: %%%\r\n\r\n",
            })
    void malformedRequestIsRefusedInOneLine(String request) {
        say(channel, request);

        String answer = answer(channel);
        assertThat(answer).startsWith("HTTP/1.1 400 Bad Request\r\n");
        assertThat(answer.substring(answer.indexOf("\r\n\r\n") + 4)).matches("[a-zA-Z0-9' ./-]{5,80}\n");
        assertThat((Object) channel.readInbound()).isNull();
    }

    @Test
    void requestPassesWhenItIsThereAsAWhole() {
        for (int i = 0; i < WELL_FORMED.length() - 1; i++) {
            say(channel, WELL_FORMED.substring(i, i + 1));
            assertThat((Object) channel.readInbound()).isNull();
        }
        say(channel, WELL_FORMED.substring(WELL_FORMED.length() - 1));

        HttpRequest request = channel.readInbound();
        assertThat(request.uri()).isEqualTo("/api/spools/files/try?a=%C3%A9");
        channel.releaseInbound();
    }

    @Test
    void largeBodyPassesPieceByPiece() {
        say(channel, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 200000\r\n\r\n{");

        assertThat((Object) channel.readInbound()).isInstanceOf(HttpRequest.class);
        channel.releaseInbound();
    }

    @Test
    void requestBehindOneThatIsAnsweredLaterIsRefusedAfterIt() {
        say(channel, WELL_FORMED + "nonsense\r\n\r\n");
        assertThat(answer(channel)).isEmpty();

        channel.writeOutbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.NO_CONTENT));

        assertThat(answer(channel)).matches("(?s)HTTP/1.1 204 .*HTTP/1.1 400 .*");
        channel.releaseInbound();
    }

    @Test
    void connectionWaitsForARequestAndNotForItsAnswer() {
        ClientConnection connection = new ClientConnection(channel, RequestFilter::new);
        long later = System.nanoTime() + 20_000_000_000L;
        assertThat(connection.overdue(later)).isTrue();

        connection.asked();
        assertThat(connection.waits(later)).isEqualTo(-1);
        assertThat(connection.overdue(later)).isFalse();

        connection.answered();
        assertThat(connection.overdue(later)).isFalse();
        assertThat(connection.overdue(later + 60_000_000_000L)).isTrue();
    }

    @Test
    void whateverIsSentIsPassedOrAnswered() {
        fuzz(1, 20_000);
    }

    @Tag("nightly")
    @Test
    void whateverIsSentIsPassedOrAnsweredAllNight() {
        for (int seed = 2; seed < 200; seed++) {
            fuzz(seed, 50_000);
        }
    }

    private static void fuzz(int seed, int requests) {
        Random random = new Random(seed);
        List<String> pieces = List.of(
                "%",
                "%00",
                "\r\n",
                " ",
                "\t",
                ":",
                ";",
                "/",
                "\\",
                "\"",
                "[",
                "]",
                "@",
                "\0",
                "\u00ff",
                "Host: x\r\n",
                "chunked",
                "-1",
                "99999999999",
                "HTTP/1.1",
                "HTTP/2.0",
                "*",
                "{",
                "|",
                "#",
                "?",
                "..",
                "//",
                "=",
                ",");
        for (int i = 0; i < requests; i++) {
            StringBuilder request = new StringBuilder(WELL_FORMED);
            for (int change = random.nextInt(6); change > 0; change--) {
                int at = random.nextInt(request.length());
                int end = Math.min(request.length(), at + random.nextInt(8));
                request.replace(at, end, pieces.get(random.nextInt(pieces.size())));
            }
            EmbeddedChannel channel = channel();
            say(channel, request.toString());
            String answer = answer(channel);
            Object passed = channel.readInbound();
            if (passed == null) {
                assertThat(answer)
                        .as("%d of seed %d: %s", i, seed, request)
                        .matches("(?s)(HTTP/1.1 (400|414|417|431) .*\n|HTTP/1.1 100 .*|)");
            } else {
                assertThat(((HttpRequest) passed).decoderResult().isSuccess()).isTrue();
            }
            ReferenceCountUtil.release(passed);
            channel.releaseInbound();
            channel.finishAndReleaseAll();
        }
    }
}
