package io.threadpost.connector;

/**
 * What a caller does when its request has its slot and is about to be sent; may be called some time after the call, and
 * never when nothing is sent. What it throws comes out of the call as it is, and then nothing was sent.
 */
@FunctionalInterface
public interface SendHook {
    /** The exchange property by which a caller says so. */
    String PROPERTY = "ThreadpostBeforeSending";

    void run();
}
