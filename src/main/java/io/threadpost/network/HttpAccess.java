package io.threadpost.network;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.quarkus.arc.Unremovable;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.util.Timeout;

import io.threadpost.retry.ConnectionFailureReason;
import io.threadpost.retry.FailureReason;
import io.threadpost.settings.CertificateFile;
import io.threadpost.settings.NetworkSettings;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;

/** How all outbound HTTP requests are sent: proxy, certificate authorities, limits. */
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
     * Also reads system properties and the environment.
     *
     * @throws IllegalStateException if the authorities cannot be read, which the start has ruled out
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
     * Makes a client use the proxies, unless it is given one by name. A Java error in a call closes its connection
     * only.
     */
    public void configure(HttpClientBuilder client) {
        client.addExecInterceptorFirst("given-back", RenewableConnections::givenBack);
        client.addExecInterceptorFirst("decompressed", HttpAccess::decompressed);
        client.setProxySelector(proxies);
        client.addExecInterceptorFirst("proxy-login", new ProxyLogin(proxies));
        client.addExecInterceptorAfter(ChainElement.CONNECT.name(), "proxy-reached", ProxyLogin::reached);
    }

    /** Limits each call of a client as a whole, and ends a response that only drips. */
    public void limit(HttpClientBuilder client, Duration call) {
        client.addExecInterceptorFirst("deadline", new CallDeadline(call, true, deadlines));
    }

    /** Limits each call of a client as a whole, at any pace. */
    void limitDuration(HttpClientBuilder client, Duration call) {
        client.addExecInterceptorFirst("deadline", new CallDeadline(call, false, deadlines));
    }

    /**
     * The client decompresses a body and keeps the header that names the compression: Camel would decompress it once
     * more.
     */
    private static ClassicHttpResponse decompressed(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        ClassicHttpResponse response = chain.proceed(request, scope);
        HttpEntity entity = response.getEntity();
        if (entity != null && entity.getContentEncoding() == null) {
            response.removeHeaders(HttpHeaders.CONTENT_ENCODING);
        }
        return response;
    }

    /**
     * A client for a single request, without redirects and retries.
     *
     * @param wait the limit for a connection, and for each read
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

    /** @return the trusted authorities; empty for the JVM's */
    public Optional<SSLContext> trust() {
        return authorities.map(Authorities::context);
    }

    /** @return the same as a trust manager; empty for the JVM's */
    Optional<TrustManager> trustManager() {
        return authorities.map(Authorities::manager);
    }

    /** @return the reason of a failure, in one line for people, with the proxy that was used */
    public String reason(Exception failure, URI uri) {
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
                : " (set a custom authority by " + SettingsCatalogue.NETWORK_AUTHORITIES.key() + ")";
    }

    /** @return the proxies and authorities in use, for people */
    public List<String> texts() {
        return texts;
    }

    /** @return proxies that are configured and cannot be used, for people */
    public List<String> unusable() {
        return proxies.unusable();
    }

    /** Trusts the JVM's certificate authorities, and custom ones besides. */
    private static final class Authorities {
        private final SSLContext context;
        private final TrustManager manager;

        /** @throws IllegalStateException when the file cannot be read */
        Authorities(Path file) {
            try {
                KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
                all.load(null, null);
                List<X509Certificate> trusted = Stream.concat(jvm(), new CertificateFile(file).certificates().stream())
                        .toList();
                for (int i = 0; i < trusted.size(); i++) {
                    all.setCertificateEntry("authority-" + i, trusted.get(i));
                }
                TrustManager[] managers = managers(all);
                manager = managers[0];
                context = SSLContext.getInstance("TLS");
                context.init(null, managers, null);
            } catch (GeneralSecurityException | IOException e) {
                throw new IllegalStateException("the authorities cannot be read: " + e.getMessage(), e);
            }
        }

        SSLContext context() {
            return context;
        }

        TrustManager manager() {
            return manager;
        }

        private static Stream<X509Certificate> jvm() throws GeneralSecurityException {
            return Arrays.stream(managers(null))
                    .filter(X509TrustManager.class::isInstance)
                    .flatMap(manager -> Arrays.stream(((X509TrustManager) manager).getAcceptedIssuers()));
        }

        /** @param store null for the JVM's own */
        private static TrustManager[] managers(KeyStore store) throws GeneralSecurityException {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory.getTrustManagers();
        }
    }
}
