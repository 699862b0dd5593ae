package io.threadpost.pull;

import jakarta.inject.Named;
import jakarta.inject.Singleton;

import io.quarkus.arc.Unremovable;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jboss.logging.Logger;

import io.threadpost.ledger.Ledger;

/**
 * The step {@code commitPage}: one page, one transaction. What its threads sent to spools, the dedupe keys and the window's new
 * cursor are on disk together, or not at all.
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
        Walk walk = Walk.of(exchange);
        Step step = walk.step();
        boolean more = false;
        if (step instanceof Step.Store page) {
            more = store(walk, page);
        } else if (step instanceof Step.Drained) {
            ledger.write(tx -> {
                windows.close(tx, walk.window(), walk.owner());
                status.pulled(tx, walk.window().connection());
                return null;
            });
        } else if (step instanceof Step.Retreat retreat) {
            more = retreat(walk, retreat);
        } else if (step instanceof Step.Halve halve) {
            LOG.infof("%s is too heavy for the platform, it is split", walk.window());
            windows.split(walk.window(), walk.owner(), halve.middle());
        }
        walk.step(null);
        exchange.getMessage().setBody(null);
        exchange.setProperty(Walk.WALKING, more && !walk.stopping());
    }

    private boolean store(Walk walk, Step.Store page) {
        PageStore.Stored stored = store.store(walk, page);
        if (stored.versions() > 0) {
            walk.trail().newVersions();
        }
        if (page.last()) {
            return false;
        }
        walk.window(stored.window());
        if (store.circles(stored.window(), walk.pageSize())) {
            return retreat(walk, new Step.Retreat(null, null));
        }
        return !yields(walk);
    }

    /** Live windows do not wait until a month is drained. */
    private boolean yields(Walk walk) {
        return !walk.window().live() && windows.liveWaits(walk.window().connection());
    }

    private boolean retreat(Walk walk, Step.Retreat retreat) {
        boolean head = retreat.cursor() == null;
        Window moved = ledger.write(tx -> windows.advance(
                tx,
                walk.window(),
                walk.owner(),
                new Windows.Progress(false, 0, retreat.cursor(), retreat.cursorUpdated(), head)));
        walk.window(moved);
        if (head) {
            walk.trail().start(new Trail.Cursor(null, null));
            walk.drop();
        }
        if (moved.idleHeads() < HEADS) {
            return true;
        }
        throw new WindowStuckException(moved + ": started " + moved.idleHeads()
                + " times at its head without a new thread, since the platform loses its cursors");
    }
}
