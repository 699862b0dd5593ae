package io.threadpost.connector;

/** Names in the exchanges of the connector's routes, such as {@code direct:get-threads}. */
public final class ConnectorConstants {
    /** Header: the connection whose tokens the call carries; may be missing when there is one only. */
    public static final String CONNECTION = "ThreadpostConnection";
    /** Property: the call's {@link Priority}; {@link Priority#LIVE} when missing. */
    public static final String PRIORITY = "ThreadpostPriority";
    /**
     * Property: a {@link Runnable} that runs when the request has its slot and is about to be sent, perhaps some time
     * after the call, and never when nothing is sent. What it throws is thrown by the call unchanged, and nothing is
     * sent.
     */
    public static final String BEFORE_SENDING = "ThreadpostBeforeSending";
    /**
     * Property: the {@code Date} of the response to any call, an {@link java.time.Instant}; missing when it had none.
     */
    public static final String SERVER_TIME = "ThreadpostServerTime";
    /** Property: the call in flight, between the steps of the connector's routes. */
    static final String CALL = "ThreadpostCall";

    private ConnectorConstants() {}
}
