package io.threadpost.pull;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.threadpost.json.RawJson;
import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;
import io.threadpost.pull.ThreadVersions.Version;
import io.threadpost.retry.FailureReason;
import io.threadpost.spool.SpoolItem;
import io.threadpost.spool.Spools;

/** Writes a routed page: keys, parcels, failed threads and the window, in one transaction. */
@Singleton
final class PageStore {
    private static final Logger LOG = Logger.getLogger(PageStore.class);
    /** The spool of threads that {@code route-thread} failed on; drained through {@code direct:route-thread} again. */
    static final String UNROUTED = "unrouted";
    /** Pages without a new version after which it is worth counting whether so many can be known at all. */
    private static final int SUSPICIOUS = 100;

    private final Ledger ledger;
    private final Windows windows;
    private final ThreadVersions versions;
    private final Spools spools;
    private final PullStatus status;
    private final PullMeters meters;

    PageStore(
            Ledger ledger,
            Windows windows,
            ThreadVersions versions,
            Spools spools,
            PullStatus status,
            PullMeters meters) {
        this.ledger = ledger;
        this.windows = windows;
        this.versions = versions;
        this.spools = spools;
        this.status = status;
        this.meters = meters;
    }

    /** The window after the commit, and how many new versions it brought. */
    record Stored(Window window, int versions) {}

    /**
     * @throws IllegalStateException when a thread of the page was not routed; nothing was written
     * @throws io.threadpost.ledger.LeaseLostException when the window is no longer ours; nothing was written
     */
    Stored store(WindowWalk windowWalk, CursorStep.Store step) {
        PulledPage page = step.page();
        requireRouted(page);
        // Closed before the transaction: what comes later, from a wire tap, is no part of the page.
        List<Map<String, List<SpoolItem>>> sent = page.routings().stream()
                .map(routing -> routing.outbox().close())
                .toList();
        Map<String, List<SpoolItem>> parcels = new LinkedHashMap<>();
        Stored stored = ledger.write(tx -> write(tx, windowWalk, step, sent, parcels));
        spools.wake(parcels.keySet());
        meters.page(windowWalk.window().connection(), stored.versions());
        return stored;
    }

    /** @return whether a window has had more pages in a row without a new version than known versions can fill */
    boolean circles(Window window, int pageSize) {
        if (window.idlePages() == 0 || window.idlePages() % SUSPICIOUS != 0) {
            return false;
        }
        long known = versions.count(window.connection(), window.start(), window.end());
        return window.idlePages() > SUSPICIOUS - 1 + 2 * (known / pageSize);
    }

    private Stored write(
            Transaction tx,
            WindowWalk windowWalk,
            CursorStep.Store step,
            List<Map<String, List<SpoolItem>>> sent,
            Map<String, List<SpoolItem>> parcels)
            throws SQLException {
        Window window = windowWalk.window();
        String connection = window.connection();
        List<ThreadRouting> routings = step.page().routings();
        BitSet fresh = versions.commit(
                tx, connection, routings.stream().map(ThreadRouting::version).toList());
        for (int i = fresh.nextSetBit(0); i >= 0; i = fresh.nextSetBit(i + 1)) {
            ThreadRouting routing = routings.get(i);
            if (routing.failure() != null) {
                String reason = FailureReason.of(routing.failure());
                spools.deliverFailed(tx, UNROUTED, routing.item(connection), 1, reason);
                LOG.warnf("thread %s could not be routed, it waits in spool:%s: %s", routing.key(), UNROUTED, reason);
            } else {
                sent.get(i).forEach((spool, items) -> parcels.computeIfAbsent(spool, name -> new ArrayList<>())
                        .addAll(items));
            }
        }
        spools.deliver(tx, parcels);
        unusable(tx, connection, step.page().unusable());
        Window moved = windows.advance(
                tx,
                window,
                windowWalk.owner(),
                new Windows.Progress(
                        true,
                        fresh.cardinality(),
                        step.cursor(),
                        step.cursorUpdated(),
                        !step.last() && step.cursor() == null));
        if (step.last()) {
            windows.close(tx, window, windowWalk.owner());
        }
        status.pulled(tx, connection);
        return new Stored(moved, fresh.cardinality());
    }

    private void unusable(Transaction tx, String connection, List<RawJson> threads) throws SQLException {
        for (RawJson thread : threads) {
            String text = thread.toString();
            String key = "unusable:" + UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
            if (!versions.commit(tx, connection, List.of(new Version(0, key))).isEmpty()) {
                spools.deliverDead(
                        tx,
                        UNROUTED,
                        new SpoolItem(key, connection, Map.of(), text),
                        "a thread without a usable Id or UpdatedUtc");
                LOG.errorf(
                        "%s: the platform returned a thread without a usable Id or UpdatedUtc; it is dead in spool:%s",
                        connection, UNROUTED);
            }
        }
    }

    private static void requireRouted(PulledPage page) {
        if (page.unroutable() != null) {
            throw new RouteMissingException(page.unroutable());
        }
        long left = page.routings().stream().filter(routing -> !routing.ended()).count();
        if (left > 0) {
            throw new IllegalStateException(
                    left + " threads of the page were not routed: in pull-threads, the split before"
                            + " commitPage needs the aggregation strategy routedThreads");
        }
    }
}
