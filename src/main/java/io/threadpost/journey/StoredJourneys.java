package io.threadpost.journey;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

import io.threadpost.journey.Deliveries.Outcome;
import io.threadpost.journey.Journey.Stay;
import io.threadpost.journey.Journey.Version;
import io.threadpost.journey.StoredArrivals.Item;
import io.threadpost.journey.StoredArrivals.Texts;
import io.threadpost.journey.StoredDeliveries.Found;
import io.threadpost.ledger.Transaction;

/** Reads journeys back: finds the block of an id by the filters, and follows its items from parcel to parcel. */
final class StoredJourneys {
    /** Spools that items are followed through, one into the next. */
    private static final int DEEPEST = 8;
    /** Items of one exchange that are followed. */
    private static final int MOST_SENT = 100;

    private StoredJourneys() {}

    /**
     * A block that may hold an id.
     *
     * @param window the window of a page; without a page, the re-delivery; 0 for neither
     */
    record Block(long id, Instant at, String connection, long window, long page) {}

    private static final String BLOCKS =
            "SELECT id, at, connection, pull_window, page, filter FROM journey_arrival WHERE ";

    /** @return the blocks that may hold the id, the oldest first */
    static List<Block> blocks(Transaction tx, String id) throws SQLException {
        List<Block> found = new ArrayList<>(
                tx.list(BLOCKS + "items = 1 AND filter = ?", StoredJourneys::block, IdFilter.of(Set.of(id))));
        long hash = IdFilter.hash(id);
        tx.list(BLOCKS + "items > 1", row -> IdFilter.mayHold(row.getBytes(6), hash) && found.add(block(row)));
        found.sort(Comparator.comparingLong(Block::id));
        return found;
    }

    private static Block block(ResultSet row) throws SQLException {
        return new Block(
                row.getLong(1), Instant.ofEpochMilli(row.getLong(2)), row.getString(3), row.getLong(4), row.getLong(5));
    }

    /** @return every version of a thread, or every item with that key, the oldest first */
    static List<Version> versions(Transaction tx, String id) throws SQLException {
        List<Version> versions = new ArrayList<>();
        for (Block block : blocks(tx, id)) {
            byte[][] content = content(tx, block.id()).orElse(null);
            if (content == null) {
                continue;
            }
            List<Item> items = StoredArrivals.decode(content[0]);
            List<Texts> texts = null;
            for (int i = 0; i < items.size(); i++) {
                if (id.equals(items.get(i).id())) {
                    texts = texts == null ? StoredArrivals.texts(content[1]) : texts;
                    versions.add(version(tx, block, items.get(i), texts.get(i)));
                }
            }
        }
        return versions;
    }

    /** @return what was encoded of a block: items and texts; empty when it was deleted meanwhile */
    static Optional<byte[][]> content(Transaction tx, long block) throws SQLException {
        return tx.one(
                "SELECT items, texts FROM journey_content WHERE arrival = ?",
                row -> new byte[][] {row.getBytes(1), row.getBytes(2)},
                block);
    }

    private static Version version(Transaction tx, Block block, Item item, Texts texts) throws SQLException {
        List<Stay> stays = new ArrayList<>();
        for (Map.Entry<String, List<ItemPlace>> spool : item.places().entrySet()) {
            for (ItemPlace place : spool.getValue()) {
                stays.add(stay(tx, spool.getKey(), null, place, 0));
            }
        }
        if (texts.failure() != null) {
            ItemPlace place = new ItemPlace(texts.failure().parcel(), 0);
            stays.add(stay(tx, texts.failure().spool(), null, place, 0));
        }
        boolean pulled = block.page() > 0;
        return new Version(
                item.id(),
                block.window() > 0 ? Instant.ofEpochSecond(0, item.updated()) : null,
                block.connection(),
                texts.subject(),
                texts.sender(),
                block.at(),
                pulled ? block.window() : null,
                pulled ? block.page() : null,
                pulled || block.window() == 0 ? null : block.window(),
                texts.failure() == null ? null : texts.failure().reason(),
                texts.failure() == null ? null : texts.failure().step(),
                StoredPaths.steps(tx, item.path()),
                stays);
    }

    /** A settlement that knows an item. */
    private record Settled(Instant at, long batch, String spool, Found found) {}

    /** Follows an item to its end, or to where it is now. */
    private static Stay stay(Transaction tx, String spool, String key, ItemPlace first, int depth) throws SQLException {
        if (first.parcel() == 0) {
            return new Stay(
                    spool,
                    key,
                    "dropped",
                    null,
                    null,
                    0,
                    null,
                    null,
                    "its target never was on",
                    null,
                    List.of(),
                    List.of());
        }
        ItemPlace place = first;
        Settled last = null;
        Set<Long> seen = new HashSet<>();
        while (seen.add(place.parcel())) {
            // The parcel first: what is settled meanwhile is found in the settlement.
            ItemPlace now = settled(tx, place, new ArrayList<>());
            Live live = now == null ? null : live(tx, now);
            List<Settled> settled = new ArrayList<>();
            settled(tx, place, settled);
            if (!settled.isEmpty()) {
                last = settled.get(settled.size() - 1);
                Found found = last.found();
                // A dead item may have been replayed since.
                boolean alive = live != null && !live.state().equals("delivered");
                if (found.outcome() == Outcome.RETRIED && found.next() != place.parcel()) {
                    place = new ItemPlace(found.next(), 0);
                    continue;
                }
                if (found.outcome() == Outcome.DEAD && found.next() != place.parcel()) {
                    place = new ItemPlace(found.next(), 0);
                    continue;
                }
                if (found.outcome() == Outcome.DELIVERED || !alive) {
                    return ended(tx, key, last, depth);
                }
            }
            if (live != null) {
                return live.stay(spool, key, last, steps(tx, last));
            }
            return last == null ? unknown(spool, key) : ended(tx, key, last, depth);
        }
        return last == null ? unknown(spool, key) : ended(tx, key, last, depth);
    }

    private static Stay unknown(String spool, String key) {
        return new Stay(
                spool,
                key,
                "unknown",
                null,
                null,
                0,
                null,
                null,
                "it left the spool while no journeys were recorded",
                null,
                List.of(),
                List.of());
    }

    private static List<JourneyStep> steps(Transaction tx, Settled settled) throws SQLException {
        return settled == null
                ? List.of()
                : StoredPaths.steps(tx, settled.found().path());
    }

    private static Stay ended(Transaction tx, String key, Settled settled, int depth) throws SQLException {
        Found found = settled.found();
        List<Stay> sent = new ArrayList<>();
        if (depth < DEEPEST) {
            for (StoredDeliveries.SentItem item : found.sent()) {
                // A digest sends several mails; the receipt of a thread names the one that it is in.
                boolean other = found.receipt() != null
                        && found.receipt().startsWith("mail <")
                        && item.key() != null
                        && item.key().startsWith("<")
                        && !item.key().startsWith(found.receipt().substring("mail ".length()));
                if (!other && sent.size() < MOST_SENT) {
                    sent.add(stay(tx, item.spool(), item.key(), item.place(), depth + 1));
                }
            }
        }
        String state =
                switch (found.outcome()) {
                    case DELIVERED -> "delivered";
                    case DISCARDED -> "discarded";
                    case DEAD -> "dead";
                    case RETRIED, ERASED -> "unknown";
                };
        return new Stay(
                settled.spool(),
                key,
                state,
                settled.at(),
                settled.batch() == 0 ? null : settled.batch(),
                found.attempts(),
                null,
                found.receipt(),
                found.reason(),
                found.step(),
                StoredPaths.steps(tx, found.path()),
                sent);
    }

    /** @return where the item is in its parcel now; null when it was erased */
    private static ItemPlace settled(Transaction tx, ItemPlace place, List<Settled> settled) throws SQLException {
        AtomicReference<ItemPlace> now = new AtomicReference<>(place);
        tx.list(
                "SELECT s.at, s.batch, s.spool, s.content FROM journey_parcel p"
                        + " JOIN journey_settlement s ON s.id = p.settlement WHERE p.parcel = ? ORDER BY s.id",
                row -> {
                    Instant at = Instant.ofEpochMilli(row.getLong(1));
                    long batch = row.getLong(2);
                    String spool = row.getString(3);
                    if (now.get() != null) {
                        StoredDeliveries.ItemDeliveries deliveries =
                                StoredDeliveries.read(row.getBytes(4)).of(now.get());
                        deliveries.found().forEach(found -> settled.add(new Settled(at, batch, spool, found)));
                        now.set(deliveries.now());
                    }
                    return null;
                },
                place.parcel());
        return now.get();
    }

    /** The item as its parcel has it now. */
    private record Live(String spool, String state, Instant at, int attempts, Instant due, String reason) {
        Stay stay(String first, String key, Settled last, List<JourneyStep> steps) {
            String why = reason == null && last != null ? last.found().reason() : reason;
            return new Stay(
                    spool == null ? first : spool,
                    key,
                    state,
                    at,
                    null,
                    attempts,
                    due,
                    null,
                    why,
                    last == null ? null : last.found().step(),
                    steps,
                    List.of());
        }
    }

    /** @return null when the parcel is gone */
    private static Live live(Transaction tx, ItemPlace place) throws SQLException {
        return tx.one(
                        "SELECT p.spool, p.state, p.mark, p.upto, p.failures, p.due, p.error, p.created, p.failed,"
                                + " p.finished, b.error, (SELECT reason FROM spool_pause WHERE spool = p.spool),"
                                + " (SELECT reason FROM spool_hold WHERE spool = p.spool), b.lease_owner"
                                + " FROM spool_parcel p LEFT JOIN spool_batch b"
                                + " ON b.number = p.batch AND p.upto IS NOT NULL WHERE p.id = ?",
                        row -> {
                            String state = row.getString(2);
                            int mark = row.getInt(3);
                            int upto = row.getInt(4);
                            boolean inBatch = !row.wasNull() && place.ordinal() < upto;
                            Instant created = Instant.ofEpochMilli(row.getLong(8));
                            long failed = row.getLong(9);
                            long finished = row.getLong(10);
                            if (state.equals("finished") || state.equals("waiting") && place.ordinal() < mark) {
                                return new Live(
                                        row.getString(1),
                                        "delivered",
                                        finished == 0 ? null : Instant.ofEpochMilli(finished),
                                        0,
                                        null,
                                        null);
                            }
                            boolean waiting = state.equals("waiting");
                            boolean leased = inBatch && row.getString(14) != null;
                            long due = row.getLong(6);
                            String pause = row.getString(12) == null ? row.getString(11) : row.getString(12);
                            String hold = row.getString(13) == null ? pause : "held: " + row.getString(13);
                            return new Live(
                                    row.getString(1),
                                    waiting && leased ? "in-flight" : state,
                                    waiting ? created : Instant.ofEpochMilli(Math.max(failed, finished)),
                                    row.getInt(5),
                                    waiting && due > 0 ? Instant.ofEpochMilli(due) : null,
                                    row.getString(7) == null ? hold : row.getString(7));
                        },
                        place.parcel())
                .orElse(null);
    }
}
