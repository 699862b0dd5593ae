package io.threadpost.pull;

import java.util.Map;

import io.threadpost.connector.MessageThread;
import io.threadpost.pull.ThreadVersions.Version;
import io.threadpost.spool.ExchangeOutbox;
import io.threadpost.spool.SpoolItem;

/** One new thread version of a page on its way through {@code direct:route-thread}: what it sent, or how it failed. */
final class ThreadRouting {
    private final MessageThread thread;
    private final Version version;
    private final ExchangeOutbox exchangeOutbox = new ExchangeOutbox();
    private Exception failure;
    private boolean ended;

    ThreadRouting(MessageThread thread, Version version) {
        this.thread = thread;
        this.version = version;
    }

    MessageThread thread() {
        return thread;
    }

    Version version() {
        return version;
    }

    ExchangeOutbox outbox() {
        return exchangeOutbox;
    }

    String key() {
        return thread.id() + "@" + thread.updatedUtc();
    }

    /** The route is through with it. @param failure null if it passed */
    void end(Exception failure) {
        this.failure = failure;
        this.ended = true;
    }

    boolean ended() {
        return ended;
    }

    Exception failure() {
        return failure;
    }

    /** @return the thread as an item, for a spool that tries again what failed here */
    SpoolItem item(String connection) {
        return new SpoolItem(key(), connection, Map.of(), thread.json());
    }
}
