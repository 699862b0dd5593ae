package io.threadpost.page;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import jakarta.inject.Singleton;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;

import io.threadpost.json.RawJson;
import io.threadpost.ops.ApiRefusal;
import io.threadpost.spool.DeadItems;
import io.threadpost.spool.DeadItems.Dead;
import io.threadpost.spool.DeadItems.Selection;
import io.threadpost.spool.StoredItems;
import io.threadpost.spool.StoredItems.RecentItem;

/** A version of a thread, by its key: its content, and its state in each spool, as far as the ledger keeps them. */
@Singleton
final class ThreadVersionPage {
    /** Parcels that are searched, the newest ones: content has no index. */
    private static final int PARCELS = 100;

    private static final int ITEMS = 1000;
    private static final int DEAD = 20;
    private static final JsonMapper JSON = new JsonMapper();

    private final StoredItems storedItems;
    private final DeadItems dead;

    ThreadVersionPage(StoredItems storedItems, DeadItems dead) {
        this.storedItems = storedItems;
        this.dead = dead;
    }

    /**
     * The page.
     *
     * @param journey its address
     * @param content formatted JSON; empty when only dead items know it
     */
    @RegisterForReflection
    record View(String key, String journey, String subject, String sender, List<Place> places, String content) {}

    /**
     * Where the thread is.
     *
     * @param link of a dead item; empty for others
     */
    @RegisterForReflection
    record Place(String spool, String tone, String state, String since, String error, String link) {}

    /** @throws ApiRefusal when nothing is known about it */
    View view(String key) {
        Instant now = Instant.now();
        List<RecentItem> found = new ArrayList<>();
        storedItems.visitNewest(PARCELS, ITEMS, item -> {
            if (key.equals(item.item().key())) {
                found.add(item);
            }
            return true;
        });
        List<Dead> deadItems = dead.list(new Selection(null, null, key), 0, DEAD);
        if (found.isEmpty() && deadItems.isEmpty()) {
            throw new ApiRefusal(
                    404,
                    "the thread is not among the newest ones, and none of its items is dead",
                    "look for it where it was delivered");
        }
        Stream<Place> recent =
                found.stream().filter(item -> !item.state().equals("dead")).map(item -> place(item, now));
        List<Place> places = new ArrayList<>(Stream.concat(deadItems.stream().map(item -> place(item, now)), recent)
                .toList());
        Object body = found.isEmpty()
                ? dead.content(deadItems.get(0).id()).map(item -> item.body()).orElse(null)
                : found.get(0).item().body();
        Map<?, ?> fields = body instanceof Map<?, ?> map ? map : Map.of();
        return new View(
                key,
                PageFormat.path("journeys", key),
                PageFormat.text(fields.get("Subject"), "(no subject)"),
                PageFormat.text(fields.get("OriginalSender"), ""),
                places,
                body == null ? "" : formatted(body));
    }

    private static Place place(RecentItem item, Instant now) {
        StatusRows.Delivery delivery = StatusRows.Delivery.of(item);
        return new Place(
                item.spool(),
                delivery.tone(),
                delivery.state(),
                PageFormat.ago(item.stored(), now),
                PageFormat.text(item.error(), ""),
                "");
    }

    private static Place place(Dead item, Instant now) {
        return new Place(
                item.spool(),
                "bad",
                "dead",
                PageFormat.ago(item.first(), now),
                PageFormat.text(item.reason(), ""),
                PageFormat.path("spools", item.spool(), "dead", item.id()));
    }

    private static String formatted(Object body) {
        try {
            return body instanceof RawJson json
                    ? JSON.readTree(json.toBytes()).toPrettyString()
                    : JSON.valueToTree(body).toPrettyString();
        } catch (IOException | IllegalArgumentException e) {
            return body.toString();
        }
    }
}
