package io.threadpost.pull;

/** Names in the exchanges of the route {@code walk-windows}. */
public final class PullConstants {
    /** Property: whether the loop has another turn. */
    public static final String WALKING = "ThreadpostWalking";
    /** Property: the walk through the window, from claim to release. */
    static final String WALK = "ThreadpostWalk";
    /** The endpoint that routes one thread, as Camel normalizes its URI. */
    static final String ROUTE_THREAD = "direct://route-thread";
    /** The spool of threads that {@code route-thread} failed on; drained through {@code direct:route-thread} again. */
    static final String UNROUTED = "unrouted";

    private PullConstants() {}
}
