package io.threadpost.network;

import java.io.IOException;

import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.auth.AuthCache;
import org.apache.hc.client5.http.auth.CredentialsProvider;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.impl.auth.BasicAuthCache;
import org.apache.hc.client5.http.impl.auth.BasicScheme;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;

import io.threadpost.network.Proxies.HttpProxy;

/**
 * Logs in to a proxy, independently of the route's login at the server behind it, and distinguishes a refusal of the
 * proxy from a response: the client returns a refused tunnel as if the server had answered.
 */
final class ProxyLogin implements ExecChainHandler {
    private static final String REACHED = ProxyLogin.class.getName() + ".reached";

    private final Proxies proxies;

    ProxyLogin(Proxies proxies) {
        this.proxies = proxies;
    }

    /** Runs after the tunnel is established: a request that gets here has one. */
    static ClassicHttpResponse reached(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        scope.clientContext.setAttribute(REACHED, true);
        return chain.proceed(request, scope);
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        HttpRoute route = scope.route;
        HttpHost host = route.getProxyHost();
        if (host == null) {
            return chain.proceed(request, scope);
        }
        HttpProxy proxy = proxies.at(host.getHostName(), host.getPort()).orElse(null);
        if (proxy != null && !proxy.address().username().isEmpty()) {
            login(scope.clientContext, host, proxy);
        }
        scope.clientContext.removeAttribute(REACHED);
        ClassicHttpResponse response = chain.proceed(request, scope);
        boolean refused =
                route.isTunnelled() ? scope.clientContext.getAttribute(REACHED) == null : response.getCode() == 407;
        if (refused) {
            String words = proxy == null ? "the proxy " + host.toHostString() : proxy.text();
            int status = response.getCode();
            response.close();
            throw new ProxyRefusedException(words + " refuses the request: " + status
                    + (status == 407 ? ", it wants a login, or another one" : ""));
        }
        return response;
    }

    private static void login(HttpClientContext context, HttpHost host, HttpProxy proxy) {
        UsernamePasswordCredentials credentials = new UsernamePasswordCredentials(
                proxy.address().username(), proxy.address().password().toCharArray());
        CredentialsProvider others = context.getCredentialsProvider();
        context.setCredentialsProvider((scope, http) -> {
            boolean ours = host.getHostName().equalsIgnoreCase(scope.getHost()) && host.getPort() == scope.getPort();
            return ours ? credentials : others == null ? null : others.getCredentials(scope, http);
        });
        AuthCache cache = context.getAuthCache() == null ? new BasicAuthCache() : context.getAuthCache();
        BasicScheme scheme = new BasicScheme();
        scheme.initPreemptive(credentials);
        cache.put(host, scheme);
        context.setAuthCache(cache);
    }
}
