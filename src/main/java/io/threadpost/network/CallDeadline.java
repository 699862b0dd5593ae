package io.threadpost.network;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * One deadline for a whole call, from its start to the last byte of the response, and optionally a minimum pace of its
 * body. The timeouts of the HTTP client start again with each byte, so a response could last forever.
 */
final class CallDeadline implements ExecChainHandler {
    private static final long LOOK_MILLIS = 500;
    /** A body slower than this does not complete in time, either. */
    private static final long LEAST_BYTES_A_SECOND = 500;

    private static final Duration UNTIL_PACE = Duration.ofSeconds(10);

    private final Duration whole;
    private final boolean paced;
    private final ScheduledExecutorService timer;

    /** @param paced whether a slow body ends the call before the deadline */
    CallDeadline(Duration whole, boolean paced, ScheduledExecutorService timer) {
        this.whole = whole;
        this.paced = paced;
        this.timer = timer;
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        Watched call = new Watched(scope.execRuntime);
        boolean body = false;
        try {
            ClassicHttpResponse response = chain.proceed(request, scope);
            HttpEntity entity = response.getEntity();
            if (entity != null) {
                response.setEntity(new WatchedEntity(entity, call));
                call.bodyBegins();
                body = true;
            }
            return response;
        } catch (IOException | HttpException | RuntimeException e) {
            call.throwWhenOver();
            throw e;
        } finally {
            if (!body) {
                call.ends();
            }
        }
    }

    /** A call in flight. */
    private final class Watched implements Runnable {
        private final ExecRuntime connection;
        private final long begunNanos = System.nanoTime();
        private final ScheduledFuture<?> looks;
        private volatile long bodyNanos;
        private volatile long bytes;
        private volatile String over;

        Watched(ExecRuntime connection) {
            this.connection = connection;
            this.looks = timer.scheduleWithFixedDelay(this, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }

        @Override
        public void run() {
            long now = System.nanoTime();
            if (now - begunNanos > whole.toNanos()) {
                end("the answer is not complete after " + whole.toSeconds() + " s");
            } else if (paced && bodyNanos != 0 && now - bodyNanos > UNTIL_PACE.toNanos()) {
                long seconds = TimeUnit.NANOSECONDS.toSeconds(now - bodyNanos);
                if (bytes < seconds * LEAST_BYTES_A_SECOND) {
                    end("the answer only drips: " + bytes + " bytes in " + seconds + " s");
                }
            }
        }

        /** The thread that reads from the connection gets an exception. */
        private void end(String why) {
            over = why;
            connection.discardEndpoint();
            ends();
        }

        void bodyBegins() {
            bodyNanos = System.nanoTime();
        }

        int arrived(int read) {
            bytes += Math.max(0, read);
            return read;
        }

        void ends() {
            looks.cancel(false);
        }

        void throwWhenOver() throws SocketTimeoutException {
            if (over != null) {
                throw new SocketTimeoutException(over);
            }
        }
    }

    private static final class WatchedEntity extends HttpEntityWrapper {
        private final Watched call;
        private InputStream content;

        WatchedEntity(HttpEntity entity, Watched call) {
            super(entity);
            this.call = call;
        }

        @Override
        public InputStream getContent() throws IOException {
            if (content == null) {
                content = new WatchedContent(super.getContent(), call);
            }
            return content;
        }

        @Override
        public void close() throws IOException {
            call.ends();
            super.close();
        }
    }

    private static final class WatchedContent extends FilterInputStream {
        private final Watched call;

        WatchedContent(InputStream content, Watched call) {
            super(content);
            this.call = call;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            try {
                return call.arrived(super.read(into, from, length));
            } catch (IOException | RuntimeException e) {
                call.throwWhenOver();
                throw e;
            }
        }

        @Override
        public void close() throws IOException {
            call.ends();
            super.close();
        }
    }
}
