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
                content = new Content(super.getContent(), connection);
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
        private boolean ended;

        Content(InputStream content, ExecRuntime connection) {
            super(content);
            this.connection = connection;
        }

        @Override
        public int read() throws IOException {
            return noting(super.read());
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            return noting(super.read(into, from, length));
        }

        private int noting(int read) {
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
                // the rest cannot be read any more, as intended
            }
        }
    }
}
