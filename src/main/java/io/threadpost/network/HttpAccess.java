package io.threadpost.network;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.quarkus.arc.Unremovable;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.util.Timeout;

import io.threadpost.retry.ConnectionFailureReason;
import io.threadpost.retry.FailureReason;
import io.threadpost.settings.NetworkSettings;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;

/** How requests get out of the house, the same for all of them. */
@Singleton
@Unremovable
public final class HttpAccess {
    private final Proxies proxies;
    private final Optional<Authorities> authorities;
    private final List<String> texts;
    private final ScheduledThreadPoolExecutor deadlines = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "http-deadlines");
        thread.setDaemon(true);
        return thread;
    });

    @Inject
    HttpAccess(Settings settings) {
        this(settings.network());
    }

    /**
     * Reads system properties and environment besides. @throws IllegalStateException when the authorities cannot be
     * read, which the start has ruled out
     */
    public HttpAccess(NetworkSettings settings) {
        this.proxies = new Proxies(settings, System.getProperties(), System.getenv());
        this.authorities = settings.authorities().map(Authorities::new);
        deadlines.setRemoveOnCancelPolicy(true);
        deadlines.setKeepAliveTime(10, TimeUnit.SECONDS);
        deadlines.allowCoreThreadTimeOut(true);
        this.texts = Stream.concat(
                        proxies.texts().stream(),
                        settings.authorities().stream()
                                .map(file -> "the authorities of `" + file + "` besides the JVM's"))
                .toList();
    }

    /**
     * Has a client go through the proxies; one that it is given by name comes first. An error in a call costs it the
     * connection.
     */
    public void configure(HttpClientBuilder client) {
        client.addExecInterceptorFirst("given-back", RenewableConnections::givenBack);
        client.addExecInterceptorFirst("decompressed", new Decompressed());
        client.setProxySelector(proxies);
        client.addExecInterceptorFirst("proxy-login", new ProxyLogin(proxies));
        client.addExecInterceptorAfter(ChainElement.CONNECT.name(), "proxy-reached", ProxyLogin::reached);
    }

    /**
     * Gives each call of a client so long, from its beginning to the end of the answer, and ends one whose answer only
     * drips.
     */
    public void limit(HttpClientBuilder client, Duration call) {
        client.addExecInterceptorFirst("deadline", new CallDeadline(call, true, deadlines));
    }

    /**
     * Gives each call of a client so long, from its beginning to the end of the answer, at whatever pace that comes.
     */
    void limitDuration(HttpClientBuilder client, Duration call) {
        client.addExecInterceptorFirst("deadline", new CallDeadline(call, false, deadlines));
    }

    /**
     * A client for a single request: it follows no redirect and repeats nothing. @param wait the longest for a
     * connection, and for all else
     */
    public CloseableHttpClient client(Duration wait) {
        PoolingHttpClientConnectionManagerBuilder connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setConnectionFactory(ResponseHeadLimits.connections())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(wait))
                        .setSocketTimeout(Timeout.of(wait))
                        .build());
        trust().ifPresent(trust -> connections.setTlsSocketStrategy(new DefaultClientTlsStrategy(trust)));
        HttpClientBuilder client = HttpClients.custom()
                .setConnectionManager(connections.build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(Timeout.of(wait))
                        .build())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement();
        configure(client);
        limit(client, wait.multipliedBy(2));
        return client.build();
    }

    /** @return whom to trust; empty for those whom the JVM does */
    public Optional<SSLContext> trust() {
        return authorities.map(Authorities::context);
    }

    /** @return the same as a trust manager; empty for the JVM's */
    Optional<TrustManager> trustManager() {
        return authorities.map(Authorities::manager);
    }

    /** @return why a request failed, in one line for people, with the proxy that it went through */
    public String said(Exception failure, URI uri) {
        String certificate = ConnectionFailureReason.certificate(failure)
                ? "its certificate is refused: " + FailureReason.of(ConnectionFailureReason.cause(failure)) + trusted()
                : FailureReason.of(failure);
        boolean proxySaidSo = failure instanceof ProxyRefusedException;
        return proxies.of(uri)
                .filter(proxy -> !proxySaidSo)
                .map(proxy -> certificate + ", through " + proxy.text())
                .orElse(certificate);
    }

    private String trusted() {
        return authorities.isPresent()
                ? " (" + SettingsCatalogue.NETWORK_AUTHORITIES.key() + " is used)"
                : " (an authority of the house is set by " + SettingsCatalogue.NETWORK_AUTHORITIES.key() + ")";
    }

    /** @return what is in use, for people; empty when it is nothing */
    public List<String> texts() {
        return texts;
    }

    /** @return what was meant to be used and cannot be, for people */
    public List<String> unusable() {
        return proxies.unusable();
    }
}
