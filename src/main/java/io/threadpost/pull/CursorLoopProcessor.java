package io.threadpost.pull;

import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

import jakarta.inject.Named;
import jakarta.inject.Singleton;

import io.quarkus.arc.Unremovable;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jboss.logging.Logger;

import io.threadpost.connector.ConnectorException;
import io.threadpost.connector.ConnectorFailure;
import io.threadpost.connector.MessageThread;
import io.threadpost.connector.Priority;
import io.threadpost.connector.ThreadPage;

/**
 * The step {@code cursorLoop}: one turn of the loop. It gets the page after the window's cursor, asks ahead for the
 * next one, and leaves the page's new threads as body (a list, newest first; empty when there is nothing to route).
 *
 * <p>The end of a window is a null cursor, a short page or nothing at all. An empty answer to a cursor is the end only
 * if the cursor's thread still stands where it was: the platform does not say what a cursor means after its thread was
 * updated.
 */
@Singleton
@Unremovable
@Named("cursorLoop")
final class CursorLoopProcessor implements Processor {
    private static final Logger LOG = Logger.getLogger(CursorLoopProcessor.class);
    /** Pages are asked for in order, so less than a second of a window cannot be too much for long. */
    private static final long SMALLEST_NANOS = 1_000_000_000L;

    /** Ends of the process in a row with the same page at hand, after which that is taken for the cause. */
    private static final int CRASHES = 2;

    private final PullPlatformClient pullPlatformClient;

    CursorLoopProcessor(PullPlatformClient pullPlatformClient) {
        this.pullPlatformClient = pullPlatformClient;
    }

    @Override
    public void process(Exchange exchange) {
        WindowWalk windowWalk = WindowWalk.of(exchange);
        if (windowWalk.step() != null) {
            // The page before was not committed, and the one asked for ahead leaves out what is in it.
            windowWalk.drop();
            windowWalk.step(null);
        }
        exchange.getMessage().setBody(List.of());
        PulledPage pulled;
        try {
            pulled = windowWalk.page();
        } catch (ConnectorException e) {
            windowWalk.step(afterFailure(windowWalk, e));
            return;
        }
        if (pulled == null) {
            exchange.setProperty(WindowWalk.WALKING, false);
            return;
        }
        windowWalk.step(pulled.page().isEmpty() ? empty(windowWalk) : store(windowWalk, pulled));
        if (windowWalk.step() instanceof CursorStep.Store store) {
            route(exchange, windowWalk.window(), store.page());
        }
    }

    /** A page that ends the process each time is not routed: its threads wait to be tried one by one. */
    private static void route(Exchange exchange, Window window, PulledPage page) {
        if (window.crashes() < CRASHES) {
            exchange.getMessage().setBody(page.bodies());
            return;
        }
        Exception why = new IllegalStateException("the process ended " + window.crashes()
                + " times while a page with this thread was routed, so each of its threads is tried by itself");
        page.routings().forEach(routing -> routing.end(why));
    }

    private CursorStep store(WindowWalk windowWalk, PulledPage pulled) {
        ThreadPage page = pulled.page();
        if (page.cursor() == null || page.size() < windowWalk.pageSize()) {
            return new CursorStep.Store(pulled, null, null, true);
        }
        if (windowWalk.trail().seen(page.cursor())) {
            LOG.warnf("%s: the platform repeats the cursor %s", windowWalk.window(), page.cursor());
            CursorHistory.Cursor again = windowWalk.trail().again();
            return next(windowWalk, pulled, again == null ? new CursorHistory.Cursor(null, null) : again);
        }
        CursorHistory.Cursor cursor = new CursorHistory.Cursor(page.cursor(), updated(page, page.cursor()));
        windowWalk.trail().add(cursor);
        return next(windowWalk, pulled, cursor);
    }

    private static CursorStep next(WindowWalk windowWalk, PulledPage pulled, CursorHistory.Cursor cursor) {
        windowWalk.prefetch(cursor.id(), pulled);
        return new CursorStep.Store(pulled, cursor.id(), cursor.updated(), false);
    }

    private CursorStep empty(WindowWalk windowWalk) {
        Window window = windowWalk.window();
        if (window.cursor() == null || stands(window)) {
            return new CursorStep.Drained();
        }
        LOG.debugf("%s: an empty answer to a cursor whose thread has changed", window);
        return retreat(windowWalk.trail().back());
    }

    private static CursorStep retreat(CursorHistory.Cursor cursor) {
        return cursor == null
                ? new CursorStep.Retreat(null, null)
                : new CursorStep.Retreat(cursor.id(), cursor.updated());
    }

    /** Whether the cursor's thread is as it was when it was the oldest of its page, and inside of the window. */
    private boolean stands(Window window) {
        Priority priority = window.live() ? Priority.LIVE : Priority.BACKFILL;
        ThreadPage answer;
        try {
            answer = pullPlatformClient.get(window.connection(), priority, Window.requestOne(window.cursor()));
        } catch (ConnectorException e) {
            if (e.failure() == ConnectorFailure.INVALID) {
                return false;
            }
            throw e;
        }
        String now = updated(answer, window.cursor());
        OptionalLong nanos = UtcNanos.nanos(now);
        boolean unchanged = window.cursorUpdated() == null || Objects.equals(now, window.cursorUpdated());
        return unchanged && nanos.isPresent() && window.contains(nanos.getAsLong());
    }

    private static String updated(ThreadPage page, String id) {
        return page.threads().stream()
                .filter(thread -> id.equals(thread.id()))
                .map(MessageThread::updatedUtc)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static CursorStep afterFailure(WindowWalk windowWalk, ConnectorException failure) {
        Window window = windowWalk.window();
        if (failure.failure() == ConnectorFailure.INVALID && window.cursor() != null) {
            LOG.debugf("%s: the cursor is refused: %s", window, failure.getMessage());
            return retreat(windowWalk.trail().back());
        }
        long width = window.end() - window.start();
        if (failure.failure() == ConnectorFailure.TOO_HEAVY && width > SMALLEST_NANOS) {
            long half = width / 2;
            return new CursorStep.Halve(window.start() + half - half % 1_000_000);
        }
        throw failure;
    }
}
