package io.threadpost.pull;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;

import io.threadpost.journey.Arrivals;
import io.threadpost.journey.JourneyRecorder;
import io.threadpost.journey.StoredParcel;
import io.threadpost.ledger.Transaction;
import io.threadpost.pull.PulledPage.RoutedThread;
import io.threadpost.spool.SpoolItem;
import io.threadpost.steptrace.StepTrace;

/** The journeys of the new threads of one page, recorded with its commit. Does nothing when journeys are off. */
final class PageJourney {
    private final JourneyRecorder journeys;
    private final Arrivals arrivals;

    /** @param page the number of the page in its window, from 1 */
    PageJourney(JourneyRecorder journeys, String connection, long window, long page) {
        this.journeys = journeys;
        this.arrivals = journeys.on() ? new Arrivals(connection, window, page) : null;
    }

    /** A thread was routed, and has sent items to spools. */
    void routed(RoutedThread thread, Map<String, List<SpoolItem>> sent) {
        if (arrivals != null) {
            int item = add(thread);
            sent.forEach((spool, items) -> arrivals.sent(item, spool, items.size()));
        }
    }

    /** A thread failed, and waits in a parcel of its own. */
    void failed(Transaction tx, RoutedThread thread, long parcel, String reason) {
        if (arrivals != null) {
            StepTrace trace = thread.trace();
            String step = trace == null || trace.failed() == null
                    ? null
                    : trace.failed().toString();
            arrivals.failed(add(thread), PullConstants.UNROUTED, parcel, tx.redacted(reason), tx.redacted(step));
        }
    }

    private int add(RoutedThread thread) {
        StepTrace trace = thread.trace();
        return arrivals.add(
                thread.version().id(),
                thread.version().updated(),
                trace == null ? null : trace.path(),
                thread.text("Subject"),
                thread.text("OriginalSender"));
    }

    /** What was routed is in these parcels. */
    void stored(Map<String, List<StoredParcel>> parcels) {
        if (arrivals != null) {
            parcels.forEach(arrivals::stored);
        }
    }

    void record(Transaction tx) throws SQLException {
        if (arrivals != null) {
            journeys.record(tx, arrivals);
        }
    }
}
