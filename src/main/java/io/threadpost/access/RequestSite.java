package io.threadpost.access;

import java.util.Set;

import io.vertx.core.http.HttpServerRequest;

import io.threadpost.settings.LoopbackHosts;

/**
 * Where a request goes and comes from, as browsers declare it: the name that was asked for, {@code Origin} and
 * {@code Sec-Fetch-Site}. Programs send neither of the last two.
 *
 * @param authority host and port that were asked for; empty in a request without {@code Host}
 */
public record RequestSite(String authority, String origin, String fetchSite) {
    private static final Set<String> OWN = Set.of("same-origin", "none");

    /** Reads the fields of a request. */
    public static RequestSite of(HttpServerRequest request) {
        String host = request.getHeader("Host");
        return new RequestSite(
                host == null ? "" : host, request.getHeader("Origin"), request.getHeader("Sec-Fetch-Site"));
    }

    /** @return the name that was asked for, without the port */
    public String host() {
        return authority.replaceFirst(":\\d*$", "");
    }

    /** @return whether that is a name of this machine alone, which no other site's page can have (DNS rebinding) */
    public boolean isThisMachine() {
        return LoopbackHosts.contain(host());
    }

    /** @return whether a page of another site sends the request */
    public boolean isForeign() {
        return hasForeignOrigin() || fetchSite != null && !OWN.contains(fetchSite);
    }

    /** @return whether a page of this address sends the request: a browser declares it, and a program cannot know */
    public boolean isOwnPage() {
        return !hasForeignOrigin()
                && (fetchSite == null || fetchSite.equals("same-origin"))
                && (origin != null || fetchSite != null);
    }

    private boolean hasForeignOrigin() {
        return origin != null && !origin.replaceFirst("^https?://", "").equalsIgnoreCase(authority);
    }
}
