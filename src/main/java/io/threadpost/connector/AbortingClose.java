package io.threadpost.connector;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * Closes the connection of an answer that is not read to its end. The HTTP client would read the rest first, to use the
 * connection again, and so wait for as long as an endless answer drips.
 */
final class AbortingClose implements ExecChainHandler {
    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        ClassicHttpResponse response = chain.proceed(request, scope);
        HttpEntity entity = response.getEntity();
        if (entity != null) {
            response.setEntity(new Entity(entity, scope.execRuntime));
        }
        return response;
    }

    private static final class Entity extends HttpEntityWrapper {
        private final ExecRuntime connection;
        private InputStream content;

        Entity(HttpEntity entity, ExecRuntime connection) {
            super(entity);
            this.connection = connection;
        }

        @Override
        public InputStream getContent() throws IOException {
            if (content == null) {
                content = new Content(super.getContent(), getContentLength(), connection);
            }
            return content;
        }

        @Override
        public void close() throws IOException {
            getContent().close();
        }
    }

    private static final class Content extends FilterInputStream {
        private final ExecRuntime connection;
        /** Camel reads no further than the length; negative if that is unknown. */
        private long left;

        private boolean ended;

        Content(InputStream content, long length, ExecRuntime connection) {
            super(content);
            this.left = length;
            this.ended = length == 0;
            this.connection = connection;
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            noting(read < 0 ? read : 1);
            return read;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            return noting(super.read(into, from, length));
        }

        private int noting(int read) {
            if (left > 0) {
                left -= Math.max(0, read);
                ended |= left <= 0;
            }
            ended |= read < 0;
            return read;
        }

        @Override
        public void close() throws IOException {
            if (ended) {
                super.close();
                return;
            }
            ended = true;
            connection.discardEndpoint();
            try {
                super.close();
            } catch (IOException e) {
                // the rest can no longer be read, as intended
            }
        }
    }
}
