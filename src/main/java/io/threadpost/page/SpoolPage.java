package io.threadpost.page;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import jakarta.inject.Singleton;

import io.quarkus.runtime.annotations.RegisterForReflection;

import io.threadpost.ops.ApiRefusal;
import io.threadpost.ops.DeadItemsResource;
import io.threadpost.ops.DeadItemsResource.DeadItemView;
import io.threadpost.spool.DeadItems;
import io.threadpost.spool.DeadItems.Dead;
import io.threadpost.spool.DeadItems.Selection;

/** A spool with its dead items, page by page, or those of all spools; and one dead item. */
@Singleton
final class SpoolPage {
    private static final int PAGE = 50;

    private final OverviewPage overview;
    private final DeadItems dead;
    private final DeadItemsResource resource;

    SpoolPage(OverviewPage overview, DeadItems dead, DeadItemsResource resource) {
        this.overview = overview;
        this.dead = dead;
        this.resource = resource;
    }

    /**
     * The page of a spool.
     *
     * @param parameter its name in addresses
     * @param spool a list of one; empty for all spools
     * @param next the address of the next page of dead items; empty on the last one
     */
    @RegisterForReflection
    record View(String parameter, String title, List<StatusRows.SpoolRow> spool, List<DeadRow> dead, String next) {}

    /** A dead item. */
    @RegisterForReflection
    record DeadRow(
            String id,
            String spool,
            String parameter,
            String link,
            String key,
            String connection,
            String reason,
            int attempts,
            String first,
            String last,
            String size) {}

    /** The page of a dead item. */
    @RegisterForReflection
    record DeadView(DeadRow item, List<Header> headers, String body, String remark) {}

    /** A header of a message. */
    @RegisterForReflection
    record Header(String name, String value) {}

    /** @throws ApiRefusal when there is no spool of that name */
    View view(String name, long after) {
        boolean all = name.equals(OperatorAction.ALL_SPOOLS);
        Instant now = Instant.now();
        List<StatusRows.SpoolRow> spool = all
                ? List.of()
                : overview.spools(now).stream()
                        .filter(row -> row.name().equals(name))
                        .toList();
        if (!all && spool.isEmpty()) {
            throw new ApiRefusal(
                    404, "no route reads spool `" + name + "`, and nothing is in it", "go back to the overview");
        }
        // One more shows whether there is another page.
        List<Dead> found = dead.list(new Selection(all ? null : name, null, null), after, PAGE + 1);
        List<DeadRow> page =
                found.stream().limit(PAGE).map(item -> row(name, item, now)).toList();
        String next = found.size() <= PAGE
                ? ""
                : PageFormat.path("spools", name) + "?after="
                        + page.get(PAGE - 1).id() + "#dead";
        return new View(PageFormat.parameter(name), all ? "Dead items" : "Spool " + name, spool, page, next);
    }

    /** @throws ApiRefusal when there is no such dead item */
    DeadView dead(String spool, String id) {
        DeadItemView item = resource.look(spool, id);
        List<Header> headers = new ArrayList<>();
        item.headers().forEach((name, value) -> headers.add(new Header(name, String.valueOf(value))));
        String remark = item.body() == null
                ? "It has no body, or its content cannot be read."
                : item.base64() ? "Its body is binary, shown in Base64." : "";
        return new DeadView(
                row(spool, item.item(), Instant.now()),
                headers,
                item.body() == null ? "" : item.body(),
                item.cut() ? remark + " Only the beginning is shown." : remark);
    }

    private static DeadRow row(String page, Dead item, Instant now) {
        return new DeadRow(
                String.valueOf(item.id()),
                item.spool(),
                PageFormat.parameter(item.spool()),
                PageFormat.path("spools", page, "dead", item.id()),
                item.key() == null ? "(a parcel that cannot be read)" : item.key(),
                item.connection() == null ? "" : item.connection(),
                PageFormat.text(item.reason(), "no reason is known"),
                item.attempts(),
                PageFormat.ago(item.first(), now),
                PageFormat.ago(item.last(), now),
                item.items() > 1
                        ? PageFormat.count(item.items(), "item", "items") + ", " + PageFormat.bytes(item.bytes())
                        : PageFormat.bytes(item.bytes()));
    }
}
