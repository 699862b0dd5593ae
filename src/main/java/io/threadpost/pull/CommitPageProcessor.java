package io.threadpost.pull;

import jakarta.inject.Named;
import jakarta.inject.Singleton;

import io.quarkus.arc.Unremovable;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jboss.logging.Logger;

import io.threadpost.ledger.Ledger;

/**
 * The step {@code commitPage}: one page, one transaction. What its threads sent to spools, the dedupe keys and the
 * window's new cursor are on disk together, or not at all.
 */
@Singleton
@Unremovable
@Named("commitPage")
final class CommitPageProcessor implements Processor {
    private static final Logger LOG = Logger.getLogger(CommitPageProcessor.class);
    private static final int HEADS = 3;

    private final Ledger ledger;
    private final Windows windows;
    private final PageStore store;
    private final PullStatus status;

    CommitPageProcessor(Ledger ledger, Windows windows, PageStore store, PullStatus status) {
        this.ledger = ledger;
        this.windows = windows;
        this.store = store;
        this.status = status;
    }

    @Override
    public void process(Exchange exchange) {
        WindowWalk windowWalk = WindowWalk.of(exchange);
        CursorStep cursorStep = windowWalk.step();
        boolean more = false;
        if (cursorStep instanceof CursorStep.Store page) {
            more = store(windowWalk, page);
        } else if (cursorStep instanceof CursorStep.Drained) {
            ledger.write(tx -> {
                windows.close(tx, windowWalk.window(), windowWalk.owner());
                status.pulled(tx, windowWalk.window().connection());
                return null;
            });
        } else if (cursorStep instanceof CursorStep.Retreat retreat) {
            more = retreat(windowWalk, retreat);
        } else if (cursorStep instanceof CursorStep.Halve halve) {
            LOG.infof("%s is too heavy for the platform, it is split", windowWalk.window());
            windows.split(windowWalk.window(), windowWalk.owner(), halve.middle());
        }
        windowWalk.step(null);
        exchange.getMessage().setBody(null);
        exchange.setProperty(WindowWalk.WALKING, more && !windowWalk.stopping());
    }

    private boolean store(WindowWalk windowWalk, CursorStep.Store page) {
        PageStore.Stored stored = store.store(windowWalk, page);
        if (stored.versions() > 0) {
            windowWalk.trail().newVersions();
        }
        if (page.last()) {
            return false;
        }
        windowWalk.window(stored.window());
        if (store.circles(stored.window(), windowWalk.pageSize())) {
            return retreat(windowWalk, new CursorStep.Retreat(null, null));
        }
        return !yields(windowWalk);
    }

    /** Live windows do not wait until a month is drained. */
    private boolean yields(WindowWalk windowWalk) {
        return !windowWalk.window().live()
                && windows.liveWaits(windowWalk.window().connection());
    }

    private boolean retreat(WindowWalk windowWalk, CursorStep.Retreat retreat) {
        boolean head = retreat.cursor() == null;
        Window moved = ledger.write(tx -> windows.advance(
                tx,
                windowWalk.window(),
                windowWalk.owner(),
                new Windows.Progress(false, 0, retreat.cursor(), retreat.cursorUpdated(), head)));
        windowWalk.window(moved);
        if (head) {
            windowWalk.trail().start(new CursorHistory.Cursor(null, null));
            windowWalk.drop();
        }
        if (moved.idleHeads() < HEADS) {
            return true;
        }
        throw new WindowStuckException(moved + ": started " + moved.idleHeads()
                + " times at its head without a new thread, since the platform loses its cursors");
    }
}
