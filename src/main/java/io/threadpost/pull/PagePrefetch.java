package io.threadpost.pull;

import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.threadpost.connector.ConnectorException;
import io.threadpost.connector.PlatformClient;
import io.threadpost.connector.Priority;
import io.threadpost.connector.ThreadPage;
import io.threadpost.ledger.LeaseLostException;

/** Fetches a walk's pages, one ahead: the next page is requested while the one before is still being routed. */
final class PagePrefetch {
    private static final long STOP_CHECK_MILLIS = 100;

    private final PlatformClient platform;
    private final ThreadVersions versions;
    private final EnterpriseLookup enterprises;
    private final ExecutorService executor;
    private final int pageSize;
    private Future<PulledPage> next;
    private String nextCursor;
    private volatile boolean stopping;
    private volatile LeaseLostException lost;

    PagePrefetch(
            PlatformClient platform,
            ThreadVersions versions,
            EnterpriseLookup enterprises,
            ExecutorService executor,
            int pageSize) {
        this.platform = platform;
        this.versions = versions;
        this.enterprises = enterprises;
        this.executor = executor;
        this.pageSize = pageSize;
    }

    int pageSize() {
        return pageSize;
    }

    /**
     * Requests the page after a cursor, in place of one that was requested before.
     *
     * @param cursor null: at the window's head
     * @param before the page before, whose commit is still to come; null if there is none
     */
    void begin(Window window, String cursor, PulledPage before) {
        cancel();
        nextCursor = cursor;
        next = executor.submit(() -> page(window, cursor, before));
    }

    private PulledPage page(Window window, String cursor, PulledPage before) {
        String connection = window.connection();
        Priority priority = priority(window);
        PulledPage page = new PulledPage(
                connection,
                platform.getThreads(connection, priority, window.request(cursor, pageSize)),
                versions,
                before);
        page.attribute(enterprises, connection, priority);
        return page;
    }

    /**
     * Waits for the page after the window's cursor, requested before or now.
     *
     * @return null when the walk is to stop
     * @throws ConnectorException when there is no page, with what may be done about it
     * @throws LeaseLostException when the window's lease was lost meanwhile
     */
    PulledPage await(Window window) {
        if (next == null || !Objects.equals(nextCursor, window.cursor())) {
            begin(window, window.cursor(), null);
        }
        try {
            while (!stopping) {
                if (lost != null) {
                    throw lost;
                }
                try {
                    PulledPage page = next.get(STOP_CHECK_MILLIS, TimeUnit.MILLISECONDS);
                    next = null;
                    return page;
                } catch (TimeoutException e) {
                    // still in flight: check whether to stop, then wait on
                }
            }
            cancel();
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            cancel();
            return null;
        } catch (CancellationException e) {
            return null;
        } catch (ExecutionException e) {
            next = null;
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
        }
    }

    /**
     * Asks for one thread by itself.
     *
     * @throws ConnectorException when there is no answer
     */
    ThreadPage thread(Window window, String id) {
        return platform.getThreads(window.connection(), priority(window), Window.requestOne(id));
    }

    private static Priority priority(Window window) {
        return window.live() ? Priority.LIVE : Priority.BACKFILL;
    }

    /** Forgets the page that was requested ahead. */
    void cancel() {
        if (next != null) {
            next.cancel(true);
            next = null;
        }
    }

    /** Called from other threads: {@link #await} returns null from now on. */
    void stop() {
        stopping = true;
    }

    boolean stopping() {
        return stopping;
    }

    /** Called from other threads: {@link #await} throws this from now on. */
    void lost(LeaseLostException why) {
        lost = why;
    }
}
