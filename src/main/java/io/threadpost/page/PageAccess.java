package io.threadpost.page;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

import io.threadpost.ops.ApiRefusal;
import io.threadpost.settings.LoopbackHosts;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;

/**
 * Who may see the page, and act on it: the same people as with the API. With {@code threadpost.api.token} a browser
 * signs in and gets a session cookie; without it, everybody on this machine, by one of this machine's own names. A form
 * must come from a page of this address, which browsers declare in {@code Origin} and {@code Sec-Fetch-Site}.
 *
 * <p>A session is its end and the HMAC of that under the token: it needs no store, is valid on every node, and ends
 * when the token changes. The cookie never contains the token.
 */
@Singleton
final class PageAccess {
    private static final String COOKIE = "threadpost-session";
    private static final Duration SESSION = Duration.ofHours(12);
    private static final String ALGORITHM = "HmacSHA256";

    private final Provider<Settings> settings;

    /** @param settings looked up at a request: the addresses are registered before there are any */
    PageAccess(Provider<Settings> settings) {
        this.settings = settings;
    }

    /** @return whether a browser has to sign in */
    boolean needsToken() {
        return !token().isEmpty();
    }

    /** @return whether the request may see the page */
    boolean admitted(RoutingContext asked) {
        if (!needsToken()) {
            return true;
        }
        Cookie cookie = asked.request().getCookie(COOKIE);
        return cookie != null && valid(cookie.getValue(), Instant.now());
    }

    /**
     * Rejects a request under a name of another site that resolves to this machine (DNS rebinding).
     *
     * @throws ApiRefusal with status 403
     */
    void requireOwnName(HttpServerRequest request) {
        String host = host(request).replaceFirst(":\\d*$", "");
        if (!needsToken() && !LoopbackHosts.contain(host)) {
            throw new ApiRefusal(
                    403,
                    "this name is not this machine's own",
                    "open http://127.0.0.1 or http://localhost; for other names, set threadpost.api.token");
        }
    }

    /**
     * Rejects a form that no page of this address has sent (cross-site request forgery).
     *
     * @throws ApiRefusal with status 403
     */
    void requireOwnForm(HttpServerRequest request) {
        String origin = request.getHeader("Origin");
        String site = request.getHeader("Sec-Fetch-Site");
        boolean foreign =
                origin != null && !origin.replaceFirst("^https?://", "").equalsIgnoreCase(host(request))
                        || site != null && !site.equals("same-origin")
                        || origin == null && site == null;
        if (foreign) {
            throw new ApiRefusal(403, "this form does not come from this page", "open the page itself, and act there");
        }
    }

    boolean matches(String given) {
        // In constant time: the duration reveals nothing about the token.
        return needsToken()
                && given != null
                && MessageDigest.isEqual(
                        token().getBytes(StandardCharsets.UTF_8), given.strip().getBytes(StandardCharsets.UTF_8));
    }

    /** @return the cookie of a new session */
    Cookie session(HttpServerRequest request) {
        long end = Instant.now().plus(SESSION).getEpochSecond();
        return cookie(request, end + "." + signature(end)).setMaxAge(SESSION.toSeconds());
    }

    /** @return a cookie that ends the session of this browser */
    Cookie ended(HttpServerRequest request) {
        return cookie(request, "").setMaxAge(0);
    }

    /** @param request its {@code Origin} shows whether the browser speaks TLS, also through a proxy */
    private static Cookie cookie(HttpServerRequest request, String value) {
        String origin = request.getHeader("Origin");
        return Cookie.cookie(COOKIE, value)
                .setPath("/")
                .setHttpOnly(true)
                .setSameSite(CookieSameSite.STRICT)
                .setSecure(request.isSSL() || origin != null && origin.startsWith("https://"));
    }

    private boolean valid(String session, Instant now) {
        String[] parts = session.split("\\.", 2);
        if (parts.length != 2 || !parts[0].matches("\\d{1,12}")) {
            return false;
        }
        long end = Long.parseLong(parts[0]);
        return end > now.getEpochSecond()
                && MessageDigest.isEqual(
                        signature(end).getBytes(StandardCharsets.UTF_8), parts[1].getBytes(StandardCharsets.UTF_8));
    }

    private String signature(long end) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(token().getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(("threadpost page " + end).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String token() {
        return settings.get().get(SettingsCatalogue.API_TOKEN);
    }

    private static String host(HttpServerRequest request) {
        String host = request.getHeader("Host");
        return host == null ? "" : host;
    }
}
