package io.threadpost.network;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;

import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParserFactory;
import org.apache.hc.core5.http.io.HttpConnectionFactory;
import org.apache.hc.core5.http.io.HttpMessageParser;
import org.apache.hc.core5.http.io.HttpMessageParserFactory;
import org.apache.hc.core5.http.io.SessionInputBuffer;

/**
 * Limits the head of a response: the number and length of its lines, and the time until it is complete once it has
 * begun, including interim responses such as {@code 103 Early Hints}. The HTTP client itself accepts lines without end.
 */
final class ResponseHeadLimits implements HttpMessageParserFactory<ClassicHttpResponse> {
    private static final Http1Config LIMITS = Http1Config.custom()
            .setMaxLineLength(32 * 1024)
            .setMaxHeaderCount(200)
            .setMaxEmptyLineCount(10)
            .build();

    private static final int INTERIM = 10;
    private static final Duration COMPLETE = Duration.ofSeconds(10);

    private ResponseHeadLimits() {}

    /** @return a factory of connections with these limits, for the chunks of a body as well */
    static HttpConnectionFactory<ManagedHttpClientConnection> connections() {
        return ManagedHttpClientConnectionFactory.builder()
                .http1Config(LIMITS)
                .responseParserFactory(new ResponseHeadLimits())
                .build();
    }

    @Override
    public HttpMessageParser<ClassicHttpResponse> create(Http1Config config) {
        return new Heads(new DefaultHttpResponseParserFactory(LIMITS).create(LIMITS));
    }

    @Override
    public HttpMessageParser<ClassicHttpResponse> create() {
        return create(LIMITS);
    }

    /** Parses the heads on one connection. */
    private static final class Heads implements HttpMessageParser<ClassicHttpResponse> {
        private final HttpMessageParser<ClassicHttpResponse> parser;
        private int interim;
        private boolean begun;
        private long begunNanos;

        Heads(HttpMessageParser<ClassicHttpResponse> parser) {
            this.parser = parser;
        }

        @Override
        public ClassicHttpResponse parse(SessionInputBuffer buffer, InputStream stream)
                throws IOException, HttpException {
            ClassicHttpResponse head = parser.parse(buffer, new InTime(stream));
            if (head == null || head.getCode() >= HttpStatus.SC_SUCCESS) {
                interim = 0;
                begun = false;
            } else if (++interim > INTERIM) {
                throw new ProtocolException("more than " + INTERIM + " interim answers such as " + head.getCode());
            }
            return head;
        }

        private void arrived() throws SocketTimeoutException {
            if (!begun) {
                begun = true;
                begunNanos = System.nanoTime();
            } else if (System.nanoTime() - begunNanos > COMPLETE.toNanos()) {
                throw new SocketTimeoutException(
                        "the head of the answer is not complete after " + COMPLETE.toSeconds() + " s");
            }
        }

        private final class InTime extends FilterInputStream {
            InTime(InputStream stream) {
                super(stream);
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                int read = super.read(into, from, length);
                arrived();
                return read;
            }
        }
    }
}
