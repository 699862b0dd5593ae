package io.threadpost.journey;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

import jakarta.inject.Singleton;

import io.threadpost.journey.StoredArrivals.Item;
import io.threadpost.journey.StoredArrivals.Texts;
import io.threadpost.ledger.Transaction;

/** Removes a person from journeys. What happened to others on the same page or in the same batch stays. */
@Singleton
public final class JourneyErasure {
    /** A failed item moves from parcel to parcel; nothing moves more often. */
    private static final int MOST_MOVES = 20;

    JourneyErasure() {}

    /**
     * Removes with the caller's transaction everything that journeys hold about threads, items and a person: ids,
     * subjects, senders, receipts such as file names, and reasons of failures. Afterwards no journey is found by any of
     * these. It can be repeated, and a second time finds nothing.
     *
     * <p>Not removed, since it names nobody: how many items a page or batch had, and where they went. A file or mail of
     * several threads keeps its name in the journeys of the others. The journeys of mails and replies themselves are
     * read from the tables {@code mail}, {@code thread_add}, {@code message_add} and {@code reply}, which are the
     * caller's to erase.
     *
     * @param ids of threads, and keys of items: of mails ({@code mail.item_key}), replies ({@code reply.message}) and
     *     messages
     * @param named whether a text names the person; every item whose sender, subject or failure does is removed, too
     * @return how many versions and items were removed
     */
    public int erase(Transaction tx, Collection<String> ids, Predicate<String> named) throws SQLException {
        Set<String> wanted = new HashSet<>(ids);
        int erased = 0;
        Set<ItemPlace> places = new HashSet<>();
        for (long block : tx.list("SELECT id FROM journey_arrival ORDER BY id", row -> row.getLong(1))) {
            erased += erase(tx, block, wanted, named, places);
        }
        eraseDeliveries(tx, places);
        return erased;
    }

    private static int erase(
            Transaction tx, long block, Set<String> ids, Predicate<String> named, Set<ItemPlace> places)
            throws SQLException {
        byte[][] content = StoredJourneys.content(tx, block).orElse(null);
        if (content == null) {
            return 0;
        }
        List<Texts> texts = StoredArrivals.texts(content[1]);
        List<String> names = StoredArrivals.ids(content[0]);
        BitSet found = new BitSet();
        for (int i = 0; i < names.size(); i++) {
            Texts one = texts.get(i);
            // The reason of a failure, too: an erasure that was killed has lost the ids of the items.
            boolean own = Stream.of(
                            one.subject(),
                            one.sender(),
                            one.failure() == null ? null : one.failure().reason())
                    .anyMatch(text -> text != null && named.test(text));
            found.set(i, names.get(i) != null && (own || ids.contains(names.get(i))));
        }
        if (found.isEmpty()) {
            return 0;
        }
        List<Item> items = StoredArrivals.decode(content[0]);
        List<String> left = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            if (found.get(i)) {
                items.get(i).places().values().forEach(places::addAll);
                if (texts.get(i).failure() != null) {
                    places.add(new ItemPlace(texts.get(i).failure().parcel(), 0));
                }
            } else if (names.get(i) != null) {
                left.add(names.get(i));
            }
        }
        tx.update(
                "UPDATE journey_content SET items = ?, texts = ? WHERE arrival = ?",
                StoredArrivals.withoutIds(content[0], found),
                StoredArrivals.withoutTexts(content[1], found),
                block);
        tx.update("UPDATE journey_arrival SET filter = ? WHERE id = ?", IdFilter.of(left), block);
        return found.cardinality();
    }

    /** Follows the items from parcel to parcel, and removes what their deliveries say of them. */
    private static void eraseDeliveries(Transaction tx, Set<ItemPlace> first) throws SQLException {
        Set<ItemPlace> places = first;
        Set<ItemPlace> done = new HashSet<>();
        for (int move = 0; move < MOST_MOVES && !places.isEmpty(); move++) {
            done.addAll(places);
            Map<Long, Erased> settlements = new HashMap<>();
            Set<ItemPlace> next = new HashSet<>();
            for (ItemPlace place : places) {
                follow(tx, place, settlements, next);
            }
            for (Map.Entry<Long, Erased> settlement : settlements.entrySet()) {
                tx.update(
                        "UPDATE journey_settlement SET content = ? WHERE id = ?",
                        StoredDeliveries.read(settlement.getValue().content())
                                .without(settlement.getValue().places())
                                .toBytes(),
                        settlement.getKey());
            }
            next.removeAll(done);
            next.removeIf(place -> place.parcel() == 0);
            places = next;
        }
    }

    /** A settlement, and where the erased items were then: they move up when others are erased before them. */
    private record Erased(byte[] content, Set<ItemPlace> places) {}

    private record SettlementRow(long id, byte[] content) {}

    private static void follow(Transaction tx, ItemPlace place, Map<Long, Erased> erased, Set<ItemPlace> next)
            throws SQLException {
        List<SettlementRow> settlements = tx.list(
                "SELECT s.id, s.content FROM journey_parcel p JOIN journey_settlement s ON s.id = p.settlement"
                        + " WHERE p.parcel = ? ORDER BY s.id",
                row -> new SettlementRow(row.getLong(1), row.getBytes(2)),
                place.parcel());
        ItemPlace at = place;
        for (SettlementRow settlement : settlements) {
            if (at != null) {
                erased.computeIfAbsent(settlement.id(), id -> new Erased(settlement.content(), new HashSet<>()))
                        .places()
                        .add(at);
                StoredDeliveries.ItemDeliveries deliveries =
                        StoredDeliveries.read(settlement.content()).of(at);
                for (StoredDeliveries.Found found : deliveries.found()) {
                    next.add(new ItemPlace(found.next(), 0));
                    if (found.sent().size() == 1) {
                        next.add(found.sent().get(0).place());
                    }
                }
                at = deliveries.now();
            }
        }
    }
}
