package io.threadpost.pull;

import java.util.Map;

import io.threadpost.connector.MessageThread;
import io.threadpost.pull.ThreadVersions.Version;
import io.threadpost.spool.Item;
import io.threadpost.spool.Outbox;

/** One new thread version of a page on its way through {@code direct:route-thread}: what it sent, or how it failed. */
final class ThreadRouting {
    private final MessageThread thread;
    private final Version version;
    private final Outbox outbox = new Outbox();
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

    Outbox outbox() {
        return outbox;
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
    Item item(String connection) {
        return new Item(key(), connection, Map.of(), thread.json());
    }
}
