package io.threadpost.pull;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.threadpost.ledger.LedgerFixture;
import io.threadpost.spool.SpoolItem;
import io.threadpost.spool.StoredItems;
import io.threadpost.spool.StoredItems.Parcel;
import io.threadpost.testing.TestNode;

/** What went into the spools of a simulation: what the ledger still has, and what was purged from it. */
final class DeliveredItems {
    static final String SPOOL = "kept";

    private final LedgerFixture ledger;
    private final List<SpoolItem> purged = new ArrayList<>();

    DeliveredItems(LedgerFixture ledger) {
        this.ledger = ledger;
    }

    /** Removes a delivered parcel from the ledger, as happens to old ones. */
    void purge(Parcel parcel) {
        purged.addAll(parcel.items());
        ledger.change("DELETE FROM spool_content WHERE parcel = ?", parcel.id());
        ledger.change("DELETE FROM spool_parcel WHERE id = ?", parcel.id());
    }

    /** @return everything that was routed, and what could not be routed */
    List<SpoolItem> all(TestNode node) {
        return Stream.of(purged.stream(), in(node, SPOOL), in(node, PullConstants.UNROUTED))
                .flatMap(items -> items)
                .toList();
    }

    /** @return "Id UpdatedUtc" of what was routed */
    Set<String> versions(TestNode node) {
        Set<String> versions = new HashSet<>(versionsIn(node, SPOOL));
        purged.forEach(item -> versions.add(version(item)));
        return versions;
    }

    List<String> versionsIn(TestNode node, String spool) {
        return in(node, spool).map(DeliveredItems::version).toList();
    }

    static String version(SpoolItem item) {
        return item.key().replace('@', ' ');
    }

    private Stream<SpoolItem> in(TestNode node, String spool) {
        StoredItems stored = node.get(StoredItems.class);
        return ledger
                .ledger()
                .read(tx -> tx.list("SELECT id FROM spool_parcel WHERE spool = ?", row -> row.getLong(1), spool))
                .stream()
                .flatMap(id -> Stream.concat(
                        stored.delivered(id - 1, id, 1).stream(), stored.waiting(spool, id - 1, id, 1).stream()))
                .flatMap(parcel -> parcel.items().stream());
    }
}
