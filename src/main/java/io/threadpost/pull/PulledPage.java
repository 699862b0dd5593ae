package io.threadpost.pull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

import io.threadpost.connector.MessageThread;
import io.threadpost.connector.Priority;
import io.threadpost.connector.ThreadPage;
import io.threadpost.json.RawJson;
import io.threadpost.pull.VersionBlock.Version;
import io.threadpost.spool.ExchangeOutbox;
import io.threadpost.spool.SpoolConstants;
import io.threadpost.spool.SpoolItem;
import io.threadpost.steptrace.StepTrace;

/** A page that is being routed: its new thread versions, and threads that cannot be identified. */
final class PulledPage {
    private final ThreadPage answer;
    private final List<RoutedThread> threads = new ArrayList<>();
    private final List<RawJson> unusable = new ArrayList<>();
    private final List<Version> versions;
    private Exception unroutable;

    /** @param before the page that is committed before this one; null if it is committed, or there is none */
    PulledPage(String connection, ThreadPage answer, ThreadVersions versions, PulledPage before) {
        this.answer = answer;
        List<RoutedThread> usable = new ArrayList<>(answer.size());
        for (MessageThread thread : answer.threads()) {
            OptionalLong updated = UtcNanos.nanos(thread.updatedUtc());
            if (thread.id() == null || thread.id().isBlank() || updated.isEmpty()) {
                unusable.add(thread.json());
            } else {
                usable.add(new RoutedThread(thread, new Version(updated.getAsLong(), thread.id())));
            }
        }
        this.versions = usable.stream().map(RoutedThread::version).toList();
        Set<Version> seen = versions.known(connection, this.versions);
        if (before != null) {
            before.threads.forEach(thread -> seen.add(thread.version()));
        }
        usable.stream().filter(thread -> seen.add(thread.version())).forEach(threads::add);
    }

    /** @return the page as the platform returned it */
    ThreadPage answer() {
        return answer;
    }

    /**
     * Looks up whose the threads are.
     *
     * @throws io.threadpost.connector.ConnectorException when the platform does not answer
     */
    void attribute(EnterpriseLookup enterprises, String connection, Priority priority) {
        Map<String, String> owners = enterprises.find(
                connection,
                priority,
                threads.stream().map(thread -> thread.thread.id()).toList());
        for (RoutedThread thread : threads) {
            thread.enterprise = owners.get(thread.thread.id());
            thread.body = enterprises.named(thread.body, thread.enterprise);
        }
    }

    /** @return what is to be routed, in the page's order, without versions of earlier pages */
    List<RoutedThread> threads() {
        return threads;
    }

    /** @return all that can be identified, with those of earlier pages */
    List<Version> versions() {
        return versions;
    }

    /** @return threads without a usable Id or UpdatedUtc */
    List<RawJson> unusable() {
        return unusable;
    }

    List<RawJson> bodies() {
        return threads.stream().map(thread -> thread.body).toList();
    }

    /** No route consumes from {@code direct:route-thread}: the whole page waits. */
    void unroutable(Exception why) {
        unroutable = why;
    }

    /** @return why the whole page waits; null when it does not */
    Exception unroutable() {
        return unroutable;
    }

    /** One new thread version in {@code direct:route-thread}: what it sent to spools, or how it failed. */
    static final class RoutedThread {
        private final MessageThread thread;
        private final Version version;
        private RawJson body;
        private String enterprise;
        private final ExchangeOutbox outbox = new ExchangeOutbox();
        private StepTrace trace;
        private Exception failure;
        private boolean ended;

        private RoutedThread(MessageThread thread, Version version) {
            this.thread = thread;
            this.version = version;
            this.body = thread.json();
        }

        /** @return the enterprise that it belongs to; null if that is unknown */
        String enterprise() {
            return enterprise;
        }

        Version version() {
            return version;
        }

        ExchangeOutbox outbox() {
            return outbox;
        }

        void trace(StepTrace started) {
            trace = started;
        }

        /** @return the steps that it passed; null when they were not recorded */
        StepTrace trace() {
            return trace;
        }

        /** @return a field of the thread that is a text; null for others, and when it is missing or cannot be read */
        String text(String field) {
            try {
                return thread.json().get(field) instanceof String text ? text : null;
            } catch (IllegalArgumentException e) {
                // Such as one that is nested too deep: it must not hold up its page.
                return null;
            }
        }

        String key() {
            return thread.id() + "@" + thread.updatedUtc();
        }

        /**
         * The route has ended.
         *
         * @param failure null if it succeeded
         */
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

        /** @return the thread as an item, for a spool that retries what failed here */
        SpoolItem item(String connection) {
            return new SpoolItem(
                    key(),
                    connection,
                    enterprise == null ? Map.of() : Map.of(SpoolConstants.ENTERPRISE, enterprise),
                    body);
        }
    }
}
