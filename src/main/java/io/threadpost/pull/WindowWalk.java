package io.threadpost.pull;

import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.camel.Exchange;

import io.threadpost.ledger.LeaseLostException;

/** A claimed window on its way through the route {@code walk-windows}: an exchange property from claim to release. */
final class WindowWalk {
    /** The exchange property with the walk. */
    static final String PROPERTY = "ThreadpostWalk";
    /** The exchange property that the route's loop asks: whether there is more to do. */
    static final String WALKING = "ThreadpostWalking";

    private static final long STOP_CHECK_MILLIS = 100;

    private final String owner;
    private final PageFetcher pageFetcher;
    private final ExecutorService fetching;
    private final int pageSize;
    private final CursorHistory cursorHistory = new CursorHistory();
    private Window window;
    private CursorStep cursorStep;
    private Future<PulledPage> next;
    private String nextCursor;
    private volatile boolean stopping;
    private volatile LeaseLostException lost;

    WindowWalk(Window window, String owner, PageFetcher pageFetcher, ExecutorService fetching, int pageSize) {
        this.window = window;
        this.owner = owner;
        this.pageFetcher = pageFetcher;
        this.fetching = fetching;
        this.pageSize = pageSize;
        cursorHistory.start(new CursorHistory.Cursor(window.cursor(), window.cursorUpdated()));
    }

    /** @throws IllegalStateException outside of the route {@code walk-windows} */
    static WindowWalk of(Exchange exchange) {
        WindowWalk windowWalk = exchange.getProperty(PROPERTY, WindowWalk.class);
        if (windowWalk == null) {
            throw new IllegalStateException("this step belongs behind `from: windows:open`");
        }
        return windowWalk;
    }

    /**
     * The page after the window's cursor: already asked for, or asked for now.
     *
     * @return null when the walk is to stop
     */
    PulledPage page() {
        if (next == null || !Objects.equals(nextCursor, window.cursor())) {
            prefetch(window.cursor(), null);
        }
        Future<PulledPage> asked = next;
        try {
            while (!stopping) {
                if (lost != null) {
                    throw lost;
                }
                try {
                    PulledPage page = asked.get(STOP_CHECK_MILLIS, TimeUnit.MILLISECONDS);
                    next = null;
                    return page;
                } catch (TimeoutException e) {
                    // still on its way: look whether to stop, then go on waiting
                }
            }
            drop();
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            drop();
            return null;
        } catch (CancellationException e) {
            return null;
        } catch (ExecutionException e) {
            next = null;
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
        }
    }

    /** Asks for the page after that cursor. @param before the page before, while it is still being routed; else null */
    void prefetch(String cursor, PulledPage before) {
        drop();
        Window asked = window;
        nextCursor = cursor;
        next = fetching.submit(() -> pageFetcher.get(asked, cursor, pageSize, before));
    }

    /** Forgets the page that was asked for ahead. */
    void drop() {
        if (next != null) {
            next.cancel(true);
            next = null;
        }
    }

    Window window() {
        return window;
    }

    void window(Window moved) {
        window = moved;
    }

    String owner() {
        return owner;
    }

    int pageSize() {
        return pageSize;
    }

    CursorHistory trail() {
        return cursorHistory;
    }

    /** What the last turn of the loop found; null when it only stopped. */
    CursorStep step() {
        return cursorStep;
    }

    void step(CursorStep found) {
        cursorStep = found;
    }

    /** @return the page being routed @throws IllegalStateException when there is none */
    PulledPage pulled() {
        if (cursorStep instanceof CursorStep.Store store) {
            return store.page();
        }
        throw new IllegalStateException("this step belongs behind the step `cursorLoop`");
    }

    void stop() {
        stopping = true;
    }

    boolean stopping() {
        return stopping;
    }

    void lost(LeaseLostException why) {
        lost = why;
    }
}
