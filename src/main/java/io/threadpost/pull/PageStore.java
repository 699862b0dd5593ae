package io.threadpost.pull;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.threadpost.conversation.Conversations;
import io.threadpost.journey.JourneyRecorder;
import io.threadpost.json.RawJson;
import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;
import io.threadpost.pull.CursorHistory.Cursor;
import io.threadpost.pull.PulledPage.RoutedThread;
import io.threadpost.pull.VersionBlock.Version;
import io.threadpost.retry.FailureReason;
import io.threadpost.spool.SpoolItem;
import io.threadpost.spool.Spools;

/**
 * Makes each turn of a walk durable. A page is one transaction: dedupe keys, parcels, failed threads and the window's
 * new cursor.
 */
@Singleton
final class PageStore {
    private static final Logger LOG = Logger.getLogger(PageStore.class);
    /** After so many pages in a row without a new version, the known versions are counted: do they fill so many? */
    private static final int SUSPICIOUS = 100;

    private final Ledger ledger;
    private final Windows windows;
    private final ThreadVersions versions;
    private final Spools spools;
    private final PullStatus status;
    private final PullMeters meters;
    private final Conversations conversations;
    private final JourneyRecorder journeys;
    private final PageDigests digests;
    private final SpoolBackpressure backpressure;

    PageStore(
            Ledger ledger,
            Windows windows,
            ThreadVersions versions,
            Spools spools,
            PullStatus status,
            PullMeters meters,
            Conversations conversations,
            JourneyRecorder journeys,
            PageDigests digests,
            SpoolBackpressure backpressure) {
        this.ledger = ledger;
        this.windows = windows;
        this.versions = versions;
        this.spools = spools;
        this.status = status;
        this.meters = meters;
        this.conversations = conversations;
        this.journeys = journeys;
        this.digests = digests;
        this.backpressure = backpressure;
    }

    /** The window after the commit, and how many new versions it brought. */
    record Stored(Window window, int versions) {}

    /**
     * Commits a routed page.
     *
     * @param next where the window goes on
     * @param recentCursors that cursor and those before it
     * @param last whether the window is drained with this page
     * @throws IllegalStateException when a thread of the page was not routed; nothing was written
     * @throws io.threadpost.ledger.LeaseLostException when another process holds the window; nothing was written
     */
    Stored store(Window window, String owner, PulledPage page, Cursor next, String recentCursors, boolean last) {
        requireRouted(page);
        // Closed before the transaction: what comes later, from a wire tap, is no part of the page.
        List<Map<String, List<SpoolItem>>> sent =
                page.threads().stream().map(thread -> thread.outbox().close()).toList();
        Map<String, List<SpoolItem>> parcels = new LinkedHashMap<>();
        String connection = window.connection();
        List<String> ids =
                page.threads().stream().map(thread -> thread.version().id()).toList();
        AtomicInteger moved = new AtomicInteger();
        Stored stored = ledger.write(tx -> {
            PageJourney journey = new PageJourney(journeys, connection, window.id(), window.pages() + 1);
            int fresh = deliver(tx, connection, page, sent, parcels, journey);
            digests.record(tx, window, page.versions());
            moved.set(conversations.moved(tx, ids));
            Window advanced = windows.advance(
                    tx, window, owner, new Windows.Progress(true, fresh, next, recentCursors, !last && next.isHead()));
            journey.record(tx);
            if (last) {
                windows.close(tx, window, owner);
            }
            status.pulled(tx, connection);
            return new Stored(advanced, fresh);
        });
        spools.wake(parcels.keySet());
        backpressure.stored(parcels.keySet(), stored.versions());
        if (moved.get() > 0) {
            conversations.reportMoved(connection);
        }
        meters.page(connection, stored.versions());
        return stored;
    }

    /** @return whether the window is to be released, to be walked on when its targets have caught up */
    boolean waits(Window window) {
        return backpressure.isOn(window);
    }

    /** Closes a window that is drained without another page. */
    void close(Window window, String owner) {
        ledger.execute(tx -> {
            windows.close(tx, window, owner);
            status.pulled(tx, window.connection());
        });
    }

    /**
     * Moves a window back to a cursor, or to its head, which counts.
     *
     * @param recentCursors that cursor and those before it
     * @return the window as it is now
     */
    Window retreat(Window window, String owner, Cursor to, String recentCursors) {
        return ledger.write(tx ->
                windows.advance(tx, window, owner, new Windows.Progress(false, 0, to, recentCursors, to.isHead())));
    }

    void split(Window window, String owner, long middle) {
        windows.split(window, owner, middle);
    }

    /** @return whether a window has had more pages in a row without a new version than known versions can fill */
    boolean circles(Window window, int pageSize) {
        if (window.idlePages() == 0 || window.idlePages() % SUSPICIOUS != 0) {
            return false;
        }
        long known = versions.count(window.connection(), window.start(), window.end());
        return window.idlePages() > SUSPICIOUS - 1 + 2 * (known / pageSize);
    }

    /**
     * @param parcels filled with what goes to each spool
     * @return the number of new versions
     */
    private int deliver(
            Transaction tx,
            String connection,
            PulledPage page,
            List<Map<String, List<SpoolItem>>> sent,
            Map<String, List<SpoolItem>> parcels,
            PageJourney journey)
            throws SQLException {
        List<RoutedThread> threads = page.threads();
        BitSet fresh = versions.commit(
                tx, connection, threads.stream().map(RoutedThread::version).toList());
        for (int i = fresh.nextSetBit(0); i >= 0; i = fresh.nextSetBit(i + 1)) {
            RoutedThread thread = threads.get(i);
            if (thread.failure() != null) {
                String reason = FailureReason.of(thread.failure());
                long parcel = spools.deliverFailed(tx, PullConstants.UNROUTED, thread.item(connection), 1, reason);
                journey.failed(tx, thread, parcel, reason);
                LOG.warnf(
                        "thread %s could not be routed and waits in spool:%s: %s",
                        thread.key(), PullConstants.UNROUTED, reason);
            } else {
                journey.routed(thread, sent.get(i));
                sent.get(i).forEach((spool, items) -> parcels.computeIfAbsent(spool, name -> new ArrayList<>())
                        .addAll(items));
            }
        }
        journey.stored(spools.deliver(tx, parcels));
        unusable(tx, connection, page.unusable());
        return fresh.cardinality();
    }

    private void unusable(Transaction tx, String connection, List<RawJson> threads) throws SQLException {
        for (RawJson thread : threads) {
            String text = thread.toString();
            String key = "unusable:" + UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
            if (!versions.commit(tx, connection, List.of(new Version(0, key))).isEmpty()) {
                spools.deliverDead(
                        tx,
                        PullConstants.UNROUTED,
                        new SpoolItem(key, connection, Map.of(), text),
                        "a thread without a usable Id or UpdatedUtc");
                LOG.errorf(
                        "%s: the platform returned a thread without a usable Id or UpdatedUtc; it is dead in spool:%s",
                        connection, PullConstants.UNROUTED);
            }
        }
    }

    private static void requireRouted(PulledPage page) {
        if (page.unroutable() != null) {
            throw new RouteMissingException(page.unroutable());
        }
        long left = page.threads().stream().filter(thread -> !thread.ended()).count();
        if (left > 0) {
            throw new IllegalStateException(
                    left + " threads of the page were not routed: in pull-threads, the split before"
                            + " commitPage needs the aggregation strategy routedThreads");
        }
    }
}
