package io.threadpost.ops;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;

import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;

import io.vertx.ext.web.RoutingContext;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;

import io.threadpost.settings.LoopbackHosts;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;

/**
 * Guards the API of operators. With {@code threadpost.api.token} it is open to clients that show it, without it to
 * programs of this machine. Pages in a browser are rejected, whether they send to this address (cross-site requests) or
 * under a host name of their own that resolves to it (DNS rebinding).
 */
@jakarta.ws.rs.ext.Provider
@PreMatching
public class ApiGuard implements ContainerRequestFilter {
    private static final String BEARER = "Bearer ";
    private static final String WRONG = "the token is wrong";
    private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

    private final Provider<Settings> settings;
    private final Provider<WrongTokens> wrongTokens;

    /** Both are looked up at a request: a filter is created at build time, when there are none yet. */
    @Inject
    ApiGuard(Provider<Settings> settings, Provider<WrongTokens> wrongTokens) {
        this.settings = settings;
        this.wrongTokens = wrongTokens;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        String token = settings.get().get(SettingsCatalogue.API_TOKEN);
        if (!token.isEmpty()) {
            ApiRefusal refusal = refusal(token, request.getHeaderString(HttpHeaders.AUTHORIZATION));
            if (refusal != null) {
                refuseLater((ResteasyReactiveContainerRequestContext) request, refusal);
                return;
            }
            wrongTokens.get().right(peer((ResteasyReactiveContainerRequestContext) request));
        } else if (!LoopbackHosts.contain(authority(request).replaceFirst(":\\d*$", ""))) {
            throw new ApiRefusal(
                    403,
                    "this name is not this machine's own",
                    "ask http://127.0.0.1 or http://localhost; for other names, set threadpost.api.token");
        }
        requireOwnSite(request);
        MediaType type = request.getMediaType();
        if (request.getMethod().equals("POST")
                && (type == null || !type.isCompatible(MediaType.APPLICATION_JSON_TYPE))) {
            throw new ApiRefusal(415, "an action's body is JSON", "add -H 'Content-Type: application/json'");
        }
    }

    /** Delays the response without blocking a thread, so that a guess costs the client more than the port. */
    private void refuseLater(ResteasyReactiveContainerRequestContext request, ApiRefusal refusal) {
        WrongTokens wrong = wrongTokens.get();
        long wait = refusal.getMessage().equals(WRONG) ? wrong.shown(peer(request)) : 0;
        if (wait == 0) {
            throw refusal;
        }
        request.suspend();
        asked(request).vertx().setTimer(wait, timer -> {
            wrong.answered();
            request.resume(refusal);
        });
    }

    private static String peer(ResteasyReactiveContainerRequestContext request) {
        return String.valueOf(asked(request).request().remoteAddress().hostAddress());
    }

    private static RoutingContext asked(ResteasyReactiveContainerRequestContext request) {
        return ((ResteasyReactiveRequestContext) request.getServerRequestContext()).unwrap(RoutingContext.class);
    }

    /** @return null for the right token */
    private static ApiRefusal refusal(String token, String authorization) {
        boolean shown = authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
        String given = shown ? authorization.substring(BEARER.length()).strip() : "";
        // In constant time: the duration reveals nothing about the token.
        return MessageDigest.isEqual(token.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8))
                ? null
                : new ApiRefusal(
                        401,
                        shown ? WRONG : "a token is needed",
                        "add -H \"Authorization: Bearer $THREADPOST_API_TOKEN\", with the value of "
                                + "threadpost.api.token");
    }

    private static void requireOwnSite(ContainerRequestContext request) {
        String origin = request.getHeaderString("Origin");
        String site = request.getHeaderString("Sec-Fetch-Site");
        String own = authority(request);
        if (origin != null && !origin.replaceFirst("^https?://", "").equalsIgnoreCase(own)
                || site != null && !OWN_SITE.contains(site)) {
            throw new ApiRefusal(
                    403, "another site's page may not ask here", "ask with curl, or from a page of this address");
        }
    }

    /** @return host and port that were asked for */
    private static String authority(ContainerRequestContext request) {
        return String.valueOf(request.getUriInfo().getRequestUri().getAuthority());
    }
}
