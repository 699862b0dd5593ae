package io.threadpost.ops;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.jboss.logging.Logger;

import io.threadpost.json.RawJson;
import io.threadpost.spool.DeadItems;
import io.threadpost.spool.DeadItems.Dead;
import io.threadpost.spool.DeadItems.Selection;
import io.threadpost.spool.SpoolItem;

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

    /**
     * A dead item with its content, secrets redacted.
     *
     * @param item as it is listed
     * @param headers its message headers
     * @param body as text, JSON as it was written; bytes that are no text in Base64; null when it has none, or cannot
     *     be read
     * @param base64 whether the body is in Base64
     * @param cut whether the body is only the beginning of a longer one
     */
    public record DeadItemView(Dead item, Map<String, Object> headers, String body, boolean base64, boolean cut) {
        /** The most bytes, or characters, of a body that are shown. */
        private static final int MOST = 256 * 1024;

        private static final JsonMapper JSON = new JsonMapper();

        static DeadItemView of(Dead dead, Optional<SpoolItem> content, RedactedText redactedText) {
            if (content.isEmpty()) {
                return new DeadItemView(dead, Map.of(), null, false, false);
            }
            Map<String, Object> headers = new TreeMap<>();
            content.get()
                    .headers()
                    .forEach((name, value) ->
                            headers.put(name, value instanceof String text ? redactedText.clean(text) : value));
            Object body = content.get().body();
            if (body instanceof byte[] bytes) {
                Optional<String> text = text(bytes);
                if (text.isEmpty()) {
                    return binary(dead, headers, bytes, redactedText);
                }
                body = text.get();
            }
            String whole = body == null ? null : redactedText.clean(text(body));
            boolean cut = whole != null && whole.length() > MOST;
            return new DeadItemView(dead, headers, cut ? whole.substring(0, MOST) : whole, false, cut);
        }

        private static DeadItemView binary(
                Dead dead, Map<String, Object> headers, byte[] bytes, RedactedText redactedText) {
            // A character for each byte: redaction finds a secret in it, and changes nothing else.
            byte[] clean = redactedText
                    .clean(new String(bytes, StandardCharsets.ISO_8859_1))
                    .getBytes(StandardCharsets.ISO_8859_1);
            boolean cut = clean.length > MOST;
            ByteBuffer shown =
                    ByteBuffer.wrap(clean, 0, Math.min(MOST, clean.length)).slice();
            byte[] base64 = Base64.getEncoder().encode(shown).array();
            return new DeadItemView(dead, headers, new String(base64, StandardCharsets.ISO_8859_1), true, cut);
        }

        private static String text(Object body) {
            if (body instanceof RawJson || !(body instanceof Map || body instanceof Iterable)) {
                return body.toString();
            }
            try {
                return JSON.writeValueAsString(body);
            } catch (JsonProcessingException e) {
                return body.toString();
            }
        }

        private static Optional<String> text(byte[] bytes) {
            try {
                return Optional.of(StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString());
            } catch (CharacterCodingException e) {
                return Optional.empty();
            }
        }
    }
}
