package io.threadpost.ops;

import java.util.List;
import java.util.function.ToIntFunction;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

import org.jboss.logging.Logger;

import io.threadpost.spool.DeadItems;
import io.threadpost.spool.DeadItems.Dead;
import io.threadpost.spool.DeadItems.Selection;

/** Lists, shows, replays and discards the dead items of a spool, or of all spools. */
@Audited
@Path("/api/spools/{spool}/dead")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class DeadItemsResource {
    private static final Logger LOG = Logger.getLogger(DeadItemsResource.class);
    private static final int MOST = 1000;
    private static final List<String> WHICH = List.of("id", "key", "all");

    private final DeadItems dead;
    private final SpoolNames names;
    private final RedactedText redactedText;

    DeadItemsResource(DeadItems dead, SpoolNames names, RedactedText redactedText) {
        this.dead = dead;
        this.names = names;
        this.redactedText = redactedText;
    }

    /**
     * A page of the list.
     *
     * @param next the value of {@code after} for the next page; null on the last page
     */
    public record Listed(List<Dead> items, Long next) {}

    /** The number of items that wait in their spools again. */
    public record Replayed(int replayed) {}

    /** The number of items that were discarded. */
    public record Discarded(int discarded) {}

    @GET
    public Listed list(
            @PathParam("spool") String spool,
            @QueryParam("key") String key,
            @QueryParam("after") @DefaultValue("0") String after,
            @QueryParam("limit") @DefaultValue("100") String limit,
            @Context UriInfo address) {
        QueryParameters.only(address, List.of("key", "after", "limit"));
        int most = (int) QueryParameters.number("limit", limit, 1, MOST);
        Selection selection = new Selection(names.oneOrAll(spool), null, key);
        // One more shows whether there is another page.
        List<Dead> found = dead.list(selection, QueryParameters.number("after", after, 0, Long.MAX_VALUE), most + 1);
        List<Dead> page = found.subList(0, Math.min(most, found.size()));
        return new Listed(
                page.stream().map(this::clean).toList(),
                found.size() > most ? page.get(most - 1).id() : null);
    }

    @GET
    @Path("{id}")
    public DeadItemView look(@PathParam("spool") String spool, @PathParam("id") String id) {
        Dead item = one(names.oneOrAll(spool), QueryParameters.number("id", id, 1, Long.MAX_VALUE));
        return DeadItemView.of(clean(item), dead.content(item.id()), redactedText);
    }

    @POST
    @Path("replay")
    public Replayed replay(@PathParam("spool") String spool, String body) {
        return new Replayed(act("replayed", dead::replay, spool, body));
    }

    @POST
    @Path("discard")
    public Discarded discard(@PathParam("spool") String spool, String body) {
        return new Discarded(act("discarded", dead::discard, spool, body));
    }

    private int act(String done, ToIntFunction<Selection> action, String spool, String body) {
        Selection selection = selection(spool, body);
        int items = action.applyAsInt(selection);
        LOG.infof("operator: %d dead items %s, %s", items, done, text(selection));
        return items;
    }

    private Selection selection(String spool, String body) {
        ActionBody which = new ActionBody(body, WHICH);
        if (WHICH.stream().filter(which::has).count() != 1 || which.has("all") && !which.flag("all")) {
            throw new ApiRefusal(
                    400,
                    "it is not clear which items are meant",
                    "send one of {\"id\":NUMBER}, {\"key\":\"KEY\"} and {\"all\":true}");
        }
        Selection selection = new Selection(names.oneOrAll(spool), which.number("id"), which.text("key"));
        if (selection.id() != null
                && dead.state(selection.spool(), selection.id()).isEmpty()) {
            throw noSuch(selection.id());
        }
        return selection;
    }

    private Dead one(String spool, long id) {
        return dead.list(new Selection(spool, id, null), 0, 1).stream()
                .findFirst()
                .orElseThrow(() -> dead.state(spool, id)
                        .map(state -> new ApiRefusal(
                                404, "item " + id + " is not dead, it is " + state, "only dead items are shown here"))
                        .orElseGet(() -> noSuch(id)));
    }

    private static ApiRefusal noSuch(long id) {
        return new ApiRefusal(
                404, "there is no item " + id + " here", "GET /api/spools/_all/dead lists those there are");
    }

    private Dead clean(Dead item) {
        return new Dead(
                item.id(),
                item.spool(),
                item.key(),
                item.connection(),
                redactedText.clean(item.reason()),
                item.attempts(),
                item.first(),
                item.last(),
                item.items(),
                item.bytes());
    }

    private String text(Selection selection) {
        String where = selection.spool() == null ? "in all spools" : "in spool " + selection.spool();
        if (selection.id() != null) {
            return where + ", number " + selection.id();
        }
        return selection.key() == null ? where + ", all" : where + ", with key " + selection.key();
    }
}
