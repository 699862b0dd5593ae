package io.threadpost.redelivery;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import jakarta.inject.Singleton;

import io.threadpost.json.RawJson;
import io.threadpost.ledger.Ledger;
import io.threadpost.redelivery.RedeliveryJobs.Job;
import io.threadpost.spool.SpoolItem;
import io.threadpost.spool.StoredItems;

/** Re-delivery from the ledger: searches the parcels that spools have delivered and the ledger still keeps. */
@Singleton
final class LedgerRedelivery {
    /** A parcel holds up to a thousand threads, and those of a step are in memory together. */
    private static final int PARCELS = 4;

    private final Ledger ledger;
    private final StoredItems stored;
    private final RedeliveryJobs jobs;
    private final RedeliveryStore store;

    LedgerRedelivery(Ledger ledger, StoredItems stored, RedeliveryJobs jobs, RedeliveryStore store) {
        this.ledger = ledger;
        this.stored = stored;
        this.jobs = jobs;
        this.store = store;
    }

    /** Searches the next parcels; after the last ones the platform is next. */
    void step(Job job) {
        Set<String> wanted = job.byIds() ? wanted(job.id()) : Set.of();
        if (job.parcel() == 0) {
            leaveOutWaiting(job, wanted);
        }
        List<StoredItems.Parcel> parcels = stored.delivered(job.parcel(), job.lastParcel(), PARCELS);
        List<SpoolItem> found = new ArrayList<>();
        for (StoredItems.Parcel parcel : parcels) {
            for (SpoolItem item : parcel.items()) {
                if (isWanted(job, wanted, item)) {
                    // The others are what a route added on the way to its own spool.
                    Map<String, Object> headers =
                            parcel.spool().equals(job.spool()) ? item.headers() : RedeliveryStore.enterprise(item);
                    found.add(new SpoolItem(item.key(), item.connection(), headers, item.body()));
                }
            }
        }
        boolean over = parcels.size() < PARCELS;
        long reached = over ? job.lastParcel() : parcels.get(PARCELS - 1).id();
        store.commit(
                job,
                found,
                "from_ledger",
                tx -> jobs.advance(tx, job, "parcel = ?, phase = '" + (over ? "platform" : "ledger") + "'", reached));
    }

    /**
     * What waits in the spool already comes there anyway. It may be in a later parcel than the one delivered before.
     */
    private void leaveOutWaiting(Job job, Set<String> wanted) {
        long after = 0;
        List<StoredItems.Parcel> parcels;
        do {
            parcels = stored.waiting(job.spool(), after, job.lastParcel(), PARCELS);
            List<String> keys = parcels.stream()
                    .flatMap(parcel -> parcel.items().stream())
                    .filter(item -> isWanted(job, wanted, item))
                    .map(SpoolItem::key)
                    .toList();
            ledger.execute(tx -> {
                RedeliveryStore.leaveOut(tx, job, keys);
            });
            after = parcels.isEmpty() ? after : parcels.get(parcels.size() - 1).id();
        } while (parcels.size() == PARCELS);
    }

    private Set<String> wanted(long id) {
        return new HashSet<>(
                ledger.read(tx -> tx.texts("SELECT thread FROM redelivery_thread WHERE redelivery = ?", id)));
    }

    /** Whether an item is a thread as the platform wrote it, of this connection and among those asked for. */
    private static boolean isWanted(Job job, Set<String> wanted, SpoolItem item) {
        if (!(item.body() instanceof RawJson thread) || !job.connection().equals(item.connection())) {
            return false;
        }
        String id = RedeliveryStore.text(thread, "Id");
        String updated = RedeliveryStore.text(thread, "UpdatedUtc");
        return (id + "@" + updated).equals(item.key()) && (job.byIds() ? wanted.contains(id) : job.isWithin(updated));
    }
}
