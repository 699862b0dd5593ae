package io.threadpost.network;

import java.io.IOException;

import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.socket.ConnectionSocketFactory;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Registry;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.pool.PoolReusePolicy;
import org.apache.hc.core5.util.TimeValue;

/**
 * The connections of a client, which survive a Java error in one call: otherwise the client would close all of them for
 * good.
 */
final class RenewableConnections extends PoolingHttpClientConnectionManager {
    @SuppressWarnings("deprecation") // as Camel has them
    RenewableConnections(Registry<ConnectionSocketFactory> sockets, TimeValue timeToLive) {
        super(
                sockets,
                PoolConcurrencyPolicy.STRICT,
                PoolReusePolicy.LIFO,
                timeToLive,
                ResponseHeadLimits.connections());
    }

    /** An exec interceptor: a call that ends with an error closes its connection. */
    static ClassicHttpResponse givenBack(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        try {
            return chain.proceed(request, scope);
        } catch (Error e) {
            scope.execRuntime.discardEndpoint();
            throw e;
        }
    }

    @Override
    public void close(CloseMode mode) {
        if (mode == CloseMode.IMMEDIATE) {
            // Only that error requests it. The call discards its own connection.
            closeIdle(TimeValue.ZERO_MILLISECONDS);
        } else {
            super.close(mode);
        }
    }
}
