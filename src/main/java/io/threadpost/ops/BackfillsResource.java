package io.threadpost.ops;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

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

import io.threadpost.pull.Backfill;
import io.threadpost.pull.Backfills;
import io.threadpost.settings.Settings;

/** Begins backfills, shows how far they are, and pauses, resumes, cancels and repeats them. */
@Audited
@Path("/api/backfills")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class BackfillsResource {
    private static final int MOST = 1000;
    /** The platform's own limit for a request. */
    private static final int MOST_ENTERPRISES = 1000;

    private static final String UUID = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

    private final Backfills backfills;
    private final Settings settings;
    private final RedactedText redactedText;
    private final JobActions<Backfill> jobs;

    BackfillsResource(Backfills backfills, Settings settings, RedactedText redactedText) {
        this.backfills = backfills;
        this.settings = settings;
        this.redactedText = redactedText;
        this.jobs = new JobActions<>("backfill", "/api/backfills", backfills::one, Backfill::line);
    }

    /**
     * Backfills, the newest first.
     *
     * @param next the value of {@code before} for the next page; null on the last page
     */
    public record ListedBackfills(List<BackfillView> backfills, Long next) {}

    /**
     * A backfill, as {@link Backfill} has it.
     *
     * @param remainingSeconds until it is finished; null when that is not known
     * @param waitsFor the spool whose target has to catch up first; null when it does not wait
     * @param line how far it is, in one line
     */
    public record BackfillView(
            long id,
            String connection,
            String origin,
            Instant from,
            Instant to,
            List<String> enterprises,
            String state,
            double share,
            long windows,
            long pages,
            long threads,
            double threadsPerSecond,
            Long expected,
            Long remainingSeconds,
            Instant requested,
            Instant finished,
            String error,
            String waitsFor,
            String line) {}

    @GET
    public ListedBackfills all(
            @QueryParam("before") @DefaultValue("" + Long.MAX_VALUE) String before,
            @QueryParam("limit") @DefaultValue("" + MOST) String limit,
            @Context UriInfo address) {
        QueryParameters.only(address, List.of("before", "limit"));
        int most = (int) QueryParameters.number("limit", limit, 1, MOST);
        // One more shows whether there is another page.
        List<Backfill> found = backfills.newest(QueryParameters.number("before", before, 1, Long.MAX_VALUE), most + 1);
        return new ListedBackfills(
                found.stream().limit(most).map(this::view).toList(),
                found.size() > most ? found.get(most - 1).id() : null);
    }

    @GET
    @Path("{id}")
    public BackfillView one(@PathParam("id") String id) {
        return view(jobs.find(id));
    }

    /** Begins one. Time that is covered or planned already is left out. */
    @POST
    public BackfillView begin(String body) {
        ActionBody action = new ActionBody(body, List.of("from", "to", "connection", "enterprises"));
        TimeRange range = TimeRange.of(settings, action.text("connection"), action.text("from"), action.text("to"));
        List<String> enterprises = action.texts("enterprises", MOST_ENTERPRISES);
        enterprises.stream().filter(id -> !id.matches(UUID)).findFirst().ifPresent(id -> {
            throw new ApiRefusal(
                    400,
                    "`" + id + "` is not the id of an enterprise",
                    "ids look like 3fa85f64-5717-4562-b3fc-2c963f66afa6");
        });
        Backfill begun = request(range, enterprises)
                .orElseThrow(() -> new ApiRefusal(
                        409,
                        "connection " + range.connection() + " has not been pulled up to " + range.from() + " yet",
                        "wait for its first pull, which health shows as threadpost-pull, or name an earlier interval"));
        return view(jobs.logged(begun));
    }

    private Optional<Backfill> request(TimeRange range, List<String> enterprises) {
        return planned(() -> backfills.request(range.connection(), range.from(), range.to(), enterprises));
    }

    private static <T> T planned(Supplier<T> action) {
        try {
            return action.get();
        } catch (IllegalArgumentException e) {
            throw new ApiRefusal(409, e.getMessage(), "begin a backfill for those that were added together");
        }
    }

    @POST
    @Path("{id}/pause")
    public BackfillView pause(@PathParam("id") String id, String body) {
        return view(jobs.change(id, body, backfills::pause, "is not running", "only a running backfill can be paused"));
    }

    @POST
    @Path("{id}/resume")
    public BackfillView resume(@PathParam("id") String id, String body) {
        return view(jobs.change(
                id,
                body,
                backfills::resume,
                "is not paused",
                "only a paused one can be resumed; `again` repeats others"));
    }

    /** Ends it. What it has not pulled yet is a gap. */
    @POST
    @Path("{id}/cancel")
    public BackfillView cancel(@PathParam("id") String id, String body) {
        return view(jobs.change(
                id, body, backfills::cancel, "is over", "only a running or paused backfill can be cancelled"));
    }

    /** Pulls what its interval has not covered. */
    @POST
    @Path("{id}/again")
    public BackfillView again(@PathParam("id") String id, String body) {
        Backfill before = jobs.find(id);
        if (before.origin().equals("audit")) {
            throw new ApiRefusal(
                    409,
                    "backfill " + before.id() + " belongs to an audit",
                    "audit " + before.from() + " to " + before.to() + " again: that pulls what is still missing");
        }
        return view(jobs.change(
                id,
                body,
                number -> planned(() -> backfills.again(number)),
                "is not over",
                "only a cancelled or finished backfill can run again"));
    }

    private BackfillView view(Backfill backfill) {
        return new BackfillView(
                backfill.id(),
                backfill.connection(),
                backfill.origin(),
                backfill.from(),
                backfill.to(),
                backfill.enterprises(),
                backfill.state(),
                backfill.share(),
                backfill.windows(),
                backfill.pages(),
                backfill.threads(),
                backfill.threadsPerSecond(),
                backfill.expected(),
                backfill.remaining() == null ? null : backfill.remaining().toSeconds(),
                backfill.requested(),
                backfill.finished(),
                redactedText.clean(backfill.error()),
                backfill.waitsFor(),
                backfill.line());
    }
}
