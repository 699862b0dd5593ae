package io.threadpost.ops;

import java.util.Optional;
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

import io.threadpost.access.AccessPolicy;
import io.threadpost.access.Admission;
import io.threadpost.access.RequestSite;

/**
 * Guards the API: admits whom the {@link AccessPolicy} admits, and lets those act who may. Pages in a browser are
 * rejected, whether they send to this address (cross-site requests) or under a host name of their own that resolves to
 * it (DNS rebinding).
 */
@jakarta.ws.rs.ext.Provider
@PreMatching
public class ApiGuard implements ContainerRequestFilter {
    private static final String BEARER = "Bearer ";
    private static final String WRONG = "the token is wrong";
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private final AccessPolicy policy;
    private final Provider<WrongTokens> wrongTokens;

    /** @param wrongTokens looked up at a request: a filter is created at build time, when there are none yet */
    @Inject
    ApiGuard(AccessPolicy policy, Provider<WrongTokens> wrongTokens) {
        this.policy = policy;
        this.wrongTokens = wrongTokens;
    }

    @Override
    public void filter(ContainerRequestContext context) {
        ResteasyReactiveContainerRequestContext request = (ResteasyReactiveContainerRequestContext) context;
        RoutingContext asked = asked(request);
        RequestSite site = RequestSite.of(asked.request());
        Admission admission;
        if (policy.tokens().isEmpty()) {
            if (!site.isThisMachine()) {
                throw new ApiRefusal(
                        403,
                        "this name is not this machine's own",
                        "ask http://127.0.0.1 or http://localhost; for other names, set threadpost.api.token");
            }
            admission = AccessPolicy.onThisMachine();
        } else {
            Optional<Admission> admitted = policy.byProxy(asked.request()).or(() -> policy.byToken(token(request)));
            if (admitted.isEmpty()) {
                refuseLater(request);
                return;
            }
            admission = admitted.get();
            wrongTokens.get().right(peer(request));
        }
        if (site.isForeign()) {
            throw new ApiRefusal(
                    403, "another site's page may not ask here", "ask with curl, or from a page of this address");
        }
        if (!READING.contains(request.getMethod()) && !admission.mayAct()) {
            throw new ApiRefusal(403, "this " + admission.how() + " may read, not act", AccessPolicy.HOW_TO_ACT);
        }
        MediaType type = request.getMediaType();
        if (request.getMethod().equals("POST")
                && (type == null || !type.isCompatible(MediaType.APPLICATION_JSON_TYPE))) {
            throw new ApiRefusal(415, "an action's body is JSON", "add -H 'Content-Type: application/json'");
        }
        admission.keepWith(asked);
    }

    /** Delays the response to a guess without blocking a thread, so that it costs the client more than the port. */
    private void refuseLater(ResteasyReactiveContainerRequestContext request) {
        boolean shown = isShown(request.getHeaderString(HttpHeaders.AUTHORIZATION));
        ApiRefusal refusal = new ApiRefusal(
                401,
                shown ? WRONG : "a token is needed",
                "add -H \"Authorization: Bearer $THREADPOST_API_TOKEN\", with the value of threadpost.api.token");
        WrongTokens wrong = wrongTokens.get();
        long wait = shown ? wrong.shown(peer(request)) : 0;
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

    private static boolean isShown(String authorization) {
        return authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
    }

    /** @return the token that a request presents; empty for none */
    private static String token(ContainerRequestContext request) {
        String authorization = request.getHeaderString(HttpHeaders.AUTHORIZATION);
        return isShown(authorization) ? authorization.substring(BEARER.length()).strip() : "";
    }
}
