package io.threadpost.pull;

import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

import org.apache.camel.Exchange;
import org.jboss.logging.Logger;

import io.threadpost.connector.ConnectorException;
import io.threadpost.connector.ConnectorFailure;
import io.threadpost.connector.ThreadPage;
import io.threadpost.json.RawJson;
import io.threadpost.pull.CursorHistory.Cursor;

/**
 * The walk through a claimed window: the state machine behind the steps {@code cursorLoop} and {@code commitPage}. Each
 * turn fetches the page after the window's cursor, decides what it means, and makes that durable in one transaction. It
 * is an exchange property from claim to release.
 *
 * <p>The end of a window is a null cursor, a short page or an empty one. An empty answer to a cursor is the end only if
 * the cursor's thread is unchanged: the platform does not say what a cursor means after its thread was updated.
 */
final class WindowWalk {
    private static final Logger LOG = Logger.getLogger(WindowWalk.class);
    /** Pages are fetched in order, so less than a second of a window cannot be too heavy for long. */
    private static final long SMALLEST_NANOS = 1_000_000_000L;
    /** After so many crashes in a row with the same page in flight, the page is taken to be the cause. */
    private static final int CRASHES = 2;
    /** Starts at the head without a new version, after which the window pauses. */
    private static final int HEADS = 3;

    private final String owner;
    private final PagePrefetch prefetch;
    private final PageStore store;
    private final CursorHistory cursors = new CursorHistory();
    private Window window;
    private Turn turn;
    private boolean fetched;
    private boolean waits;

    WindowWalk(Window window, String owner, PagePrefetch prefetch, PageStore store) {
        this.window = window;
        this.owner = owner;
        this.prefetch = prefetch;
        this.store = store;
        cursors.resume(new Cursor(window.cursor(), window.cursorUpdated()), window.recentCursors());
    }

    /** What one turn found, and so what its commit does. */
    private sealed interface Turn {
        /**
         * A page to be routed and stored.
         *
         * @param next where to go on; the head after the last page, or when the window starts again
         */
        record Store(PulledPage page, Cursor next, boolean last) implements Turn {}

        /** No page: back to an earlier cursor, or to the head, which counts. */
        record Retreat(Cursor to) implements Turn {}

        /** The window is empty behind the cursor. */
        record Drained() implements Turn {}

        /** Too heavy for the platform: two smaller windows. */
        record Split(long middle) implements Turn {}
    }

    /** @throws IllegalStateException outside of the route {@code walk-windows} */
    static WindowWalk of(Exchange exchange) {
        WindowWalk walk = exchange.getProperty(PullConstants.WALK, WindowWalk.class);
        if (walk == null) {
            throw new IllegalStateException("this step must come after `from: windows:open`");
        }
        return walk;
    }

    /**
     * The first half of a turn: fetches the page after the window's cursor, and requests the next one ahead.
     *
     * @return threads to route, newest first; empty when there is nothing to route
     * @throws ConnectorException when the platform serves no page, and the window has to wait
     */
    List<RawJson> fetch() {
        fetched = true;
        if (turn == null && store.waits(window)) {
            waits = true;
            return List.of();
        }
        if (turn != null) {
            // The page before was not committed, and the prefetched one leaves out what is in it.
            prefetch.cancel();
            turn = null;
        }
        PulledPage page;
        try {
            page = prefetch.await(window);
        } catch (ConnectorException e) {
            turn = afterFailure(e);
            return List.of();
        }
        if (page == null) {
            return List.of();
        }
        if (page.answer().isEmpty()) {
            turn = afterEmptyPage(page.answer());
            return List.of();
        }
        turn = afterPage(page);
        return toRoute(page);
    }

    /** @return whether the route ran the step {@code cursorLoop} at all */
    boolean fetched() {
        return fetched;
    }

    /** @return whether the window is to be walked on when its targets have caught up */
    boolean waits() {
        return waits;
    }

    /** @return whether {@link #fetch} found nothing to commit, since the walk is to stop */
    boolean idle() {
        return turn == null;
    }

    /**
     * The page that is being routed.
     *
     * @throws IllegalStateException when there is none
     */
    PulledPage page() {
        if (turn instanceof Turn.Store found) {
            return found.page();
        }
        throw new IllegalStateException("this step must come after the step `cursorLoop`");
    }

    /**
     * The second half of a turn: commits what {@link #fetch} found and the routes did with it.
     *
     * @return whether there is another turn
     * @throws io.threadpost.ledger.LeaseLostException when another process holds the window; nothing was written
     * @throws WindowStuckException when the window starts at its head again and again
     */
    boolean commit() {
        boolean more = false;
        if (turn instanceof Turn.Store found) {
            more = store(found);
        } else if (turn instanceof Turn.Retreat retreat) {
            more = retreat(retreat.to());
        } else if (turn instanceof Turn.Drained) {
            store.close(window, owner);
        } else if (turn instanceof Turn.Split split) {
            LOG.infof("%s is too large for the platform, splitting it", window);
            store.split(window, owner, split.middle());
        }
        turn = null;
        if (more && store.waits(window)) {
            waits = true;
        }
        return more && !prefetch.stopping() && !waits;
    }

    private Turn afterPage(PulledPage page) {
        ThreadPage answer = page.answer();
        if (answer.cursor() == null || answer.size() < prefetch.pageSize()) {
            return new Turn.Store(page, Cursor.HEAD, true);
        }
        Cursor next;
        if (cursors.seen(answer.cursor())) {
            LOG.warnf("%s: the platform repeats the cursor %s", window, answer.cursor());
            next = cursors.again();
        } else {
            next = new Cursor(answer.cursor(), updated(answer, answer.cursor()));
            cursors.add(next);
        }
        if (!store.waits(window)) {
            prefetch.begin(window, next.id(), page);
        }
        return new Turn.Store(page, next, false);
    }

    /** A page that crashes the process each time is not routed: its threads wait to be tried one by one. */
    private List<RawJson> toRoute(PulledPage page) {
        if (window.crashes() < CRASHES) {
            return page.bodies();
        }
        Exception why = new IllegalStateException("the process crashed " + window.crashes()
                + " times while a page with this thread was routed, so each of its threads is routed alone");
        page.threads().forEach(thread -> thread.end(why));
        return List.of();
    }

    private Turn afterEmptyPage(ThreadPage page) {
        if (window.cursor() == null || page.isLast() || cursorUnchanged()) {
            return new Turn.Drained();
        }
        LOG.debugf("%s: an empty answer to a cursor whose thread has changed", window);
        return new Turn.Retreat(cursors.back());
    }

    /** Whether the cursor's thread is as it was when it was the oldest of its page, and inside the window. */
    private boolean cursorUnchanged() {
        ThreadPage answer;
        try {
            answer = prefetch.thread(window, window.cursor());
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

    /** @return null when the thread is not in the answer */
    static String updated(ThreadPage answer, String id) {
        return answer.threads().stream()
                .filter(thread -> id.equals(thread.id()) && thread.updatedUtc() != null)
                .findFirst()
                .map(thread -> thread.updatedUtc())
                .orElse(null);
    }

    private Turn afterFailure(ConnectorException failure) {
        if (failure.mayRejectCursor() && window.cursor() != null) {
            LOG.debugf("%s: the platform rejects the cursor: %s", window, failure.getMessage());
            return new Turn.Retreat(cursors.back());
        }
        long width = window.end() - window.start();
        if (failure.failure() == ConnectorFailure.TOO_HEAVY && width > SMALLEST_NANOS) {
            long half = width / 2;
            return new Turn.Split(window.start() + half - half % 1_000_000);
        }
        throw failure;
    }

    private boolean store(Turn.Store found) {
        PageStore.Stored stored = store.store(window, owner, found.page(), found.next(), cursors.text(), found.last());
        if (stored.versions() > 0) {
            cursors.newVersions();
        }
        if (found.last()) {
            return false;
        }
        window = stored.window();
        if (store.circles(window, prefetch.pageSize())) {
            return retreat(Cursor.HEAD);
        }
        return true;
    }

    private boolean retreat(Cursor to) {
        if (to.isHead()) {
            cursors.clear();
            prefetch.cancel();
        }
        window = store.retreat(window, owner, to, cursors.text());
        // One that has paused walks on as far as it gets: only another head shows that it gets nowhere.
        if (!to.isHead() || window.idleHeads() < HEADS) {
            return true;
        }
        throw new WindowStuckException(window + ": restarted " + window.idleHeads()
                + " times at its head without a new thread: the platform loses its cursors");
    }

    Window window() {
        return window;
    }

    String owner() {
        return owner;
    }

    PagePrefetch prefetch() {
        return prefetch;
    }
}
