package io.threadpost.pull;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

import io.threadpost.connector.MessageThread;
import io.threadpost.connector.ThreadPage;
import io.threadpost.json.RawJson;
import io.threadpost.pull.ThreadVersions.Version;

/** A page being routed: its new versions one by one, and threads that nobody can identify. */
final class PulledPage {
    private final ThreadPage page;
    private final List<ThreadRouting> routings = new ArrayList<>();
    private final List<RawJson> unusable = new ArrayList<>();
    private Exception unroutable;

    /** @param before the page before, which this one is committed after; null if it is committed, or there is none */
    PulledPage(String connection, ThreadPage page, ThreadVersions versions, PulledPage before) {
        this.page = page;
        List<ThreadRouting> usable = new ArrayList<>(page.size());
        for (MessageThread thread : page.threads()) {
            OptionalLong updated = UtcNanos.nanos(thread.updatedUtc());
            if (thread.id() == null || thread.id().isBlank() || updated.isEmpty()) {
                unusable.add(thread.json());
            } else {
                usable.add(new ThreadRouting(thread, new Version(updated.getAsLong(), thread.id())));
            }
        }
        Set<Version> seen = new HashSet<>(versions.known(
                connection, usable.stream().map(ThreadRouting::version).toList()));
        if (before != null) {
            before.routings.forEach(routing -> seen.add(routing.version()));
        }
        usable.stream().filter(routing -> seen.add(routing.version())).forEach(routings::add);
    }

    /** @return the page as the platform returned it */
    ThreadPage page() {
        return page;
    }

    /** @return what is to be routed, in the page's order; versions of earlier pages are left out */
    List<ThreadRouting> routings() {
        return routings;
    }

    /** @return threads without a usable Id or UpdatedUtc */
    List<RawJson> unusable() {
        return unusable;
    }

    List<RawJson> bodies() {
        return routings.stream().map(routing -> routing.thread().json()).toList();
    }

    /** Nobody listens at {@code direct:route-thread}: the whole page waits. */
    void unroutable(Exception why) {
        unroutable = why;
    }

    Exception unroutable() {
        return unroutable;
    }
}
