package io.threadpost.ops;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Provider;

import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.threadpost.access.RequestSite;
import io.threadpost.settings.LoopbackHosts;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;

/**
 * Guards health and metrics: open to every client that reaches the port, but closed to pages in a browser. Such a page
 * sends its own host name, even when that name resolves to this machine (DNS rebinding).
 */
@ApplicationScoped
public class ManagementGuard {
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "OPTIONS");
    /** An address, a name without a domain, or a private domain: no stranger can serve a page there. */
    private static final Pattern OWN_NETWORK = Pattern.compile(
            "\\[.*]|\\d{1,3}(\\.\\d{1,3}){3}|[^.]+|.+\\.(svc|svc\\.cluster\\.local|local|internal|localhost|lan|"
                    + "home\\.arpa)");

    private final Provider<Settings> settings;
    private final String bound;

    ManagementGuard(
            Provider<Settings> settings,
            @ConfigProperty(name = "quarkus.management.host", defaultValue = "127.0.0.1") String bound) {
        this.settings = settings;
        this.bound = bound;
    }

    void register(@Observes ManagementInterface management) {
        management
                .router()
                .route()
                .order(Integer.MIN_VALUE)
                .handler(this::check)
                .failureHandler(ManagementGuard::fail);
    }

    private void check(RoutingContext asked) {
        HttpServerRequest request = asked.request();
        String host = request.getHeader("Host");
        if (host != null && !own(host.replaceFirst(":\\d*$", "").toLowerCase(Locale.ROOT))) {
            refuse(
                    asked,
                    403,
                    "this name is unknown here; ask by an address, or add the name to threadpost.http.hosts");
        } else if (RequestSite.of(request).isForeign() && !navigation(request)) {
            refuse(asked, 403, "another site's page may not ask here");
        } else if (!METHODS.contains(request.method().name())) {
            refuse(asked, 405, "health and metrics are read with GET");
        } else {
            asked.next();
        }
    }

    private boolean own(String host) {
        List<String> names = settings.get().get(SettingsCatalogue.HTTP_HOSTS);
        return LoopbackHosts.contain(host)
                || names.contains(host)
                || names.contains(host.replaceAll("[\\[\\]]", ""))
                || !LoopbackHosts.contain(bound)
                        && (OWN_NETWORK.matcher(host).matches() || host.equalsIgnoreCase(bound));
    }

    /**
     * A person follows a link to this port, for example from a dashboard: the linking page cannot read the response.
     */
    private static boolean navigation(HttpServerRequest request) {
        return request.getHeader("Origin") == null
                && "navigate".equals(request.getHeader("Sec-Fetch-Mode"))
                && "document".equals(request.getHeader("Sec-Fetch-Dest"));
    }

    /** A request that was rejected earlier also gets one line, and none in the log. */
    private static void fail(RoutingContext asked) {
        int status = asked.statusCode();
        if (status >= 400 && status < 500 && !asked.response().headWritten()) {
            refuse(asked, status, "the request cannot be understood");
        } else {
            asked.next();
        }
    }

    private static void refuse(RoutingContext asked, int status, String problem) {
        asked.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "text/plain; charset=us-ascii")
                .end(problem + "\n");
    }
}
