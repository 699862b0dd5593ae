package io.threadpost.page;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import jakarta.inject.Singleton;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

import io.threadpost.access.AccessPolicy;
import io.threadpost.access.AccessPolicy.Token;
import io.threadpost.access.Admission;
import io.threadpost.access.RequestSite;
import io.threadpost.ops.ApiRefusal;

/**
 * Who may see the page, and act on it: the same people as with the API. Where there are tokens, a browser signs in with
 * one and gets a session cookie, or a proxy has signed its user in; without them, everybody on this machine may, by one
 * of this machine's own names. A form must come from a page of this address, as browsers declare.
 *
 * <p>A session is its end and the HMAC of that under its token: it needs no store, is valid on every node, and ends
 * when the token changes. The cookie never contains the token.
 */
@Singleton
final class PageAccess {
    private static final String COOKIE = "threadpost-session";
    private static final Duration SESSION = Duration.ofHours(12);
    private static final String ALGORITHM = "HmacSHA256";

    private final AccessPolicy policy;

    PageAccess(AccessPolicy policy) {
        this.policy = policy;
    }

    /** @return whether a browser has to sign in, unless a proxy has done that */
    boolean needsToken() {
        return !policy.tokens().isEmpty();
    }

    /** @return how the request may see the page, and whether it may act; empty if it may not see it */
    Optional<Admission> admission(RoutingContext asked) {
        if (!needsToken()) {
            return Optional.of(AccessPolicy.onThisMachine());
        }
        return policy.byProxy(asked.request()).or(() -> bySession(asked));
    }

    /**
     * Rejects a request under a name of another site that resolves to this machine (DNS rebinding).
     *
     * @throws ApiRefusal with status 403
     */
    void requireOwnName(HttpServerRequest request) {
        if (!needsToken() && !RequestSite.of(request).isThisMachine()) {
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
        if (!RequestSite.of(request).isOwnPage()) {
            throw new ApiRefusal(403, "this form does not come from this page", "open the page itself, and act there");
        }
    }

    /** @return whether the browser has signed in here, and can sign out */
    boolean hasSession(RoutingContext asked) {
        return bySession(asked).isPresent();
    }

    /** @return the token that a person has entered; empty if it is none */
    Optional<Token> token(String given) {
        return given == null
                ? Optional.empty()
                : policy.tokens().stream()
                        .filter(token -> token.matches(given.strip()))
                        .findFirst();
    }

    /** @return the cookie of a new session of whoever has entered the token */
    Cookie session(HttpServerRequest request, Token token) {
        long end = Instant.now().plus(SESSION).getEpochSecond();
        return cookie(request, end + "." + signature(end, token)).setMaxAge(SESSION.toSeconds());
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

    private Optional<Admission> bySession(RoutingContext asked) {
        Cookie cookie = asked.request().getCookie(COOKIE);
        String[] parts = cookie == null ? new String[0] : cookie.getValue().split("\\.", 2);
        if (parts.length != 2 || !parts[0].matches("\\d{1,12}")) {
            return Optional.empty();
        }
        long end = Long.parseLong(parts[0]);
        byte[] given = parts[1].getBytes(StandardCharsets.UTF_8);
        return end <= Instant.now().getEpochSecond()
                ? Optional.empty()
                : policy.tokens().stream()
                        .filter(token ->
                                MessageDigest.isEqual(signature(end, token).getBytes(StandardCharsets.UTF_8), given))
                        .map(Token::admission)
                        .findFirst();
    }

    private static String signature(long end, Token token) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(token.value().getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(("threadpost page " + end).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
