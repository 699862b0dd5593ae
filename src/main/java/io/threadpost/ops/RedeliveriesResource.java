package io.threadpost.ops;

import java.time.Instant;
import java.util.List;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.apache.camel.CamelContext;

import io.threadpost.pull.Coverage;
import io.threadpost.redelivery.Redeliveries;
import io.threadpost.settings.Settings;
import io.threadpost.spool.SpoolStatus;
import io.threadpost.spool.Targets.Standing;

/** Delivers threads to one spool again, and shows, pauses, resumes and cancels that. */
@Audited
@Path("/api/redeliveries")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class RedeliveriesResource {
    /** What fits into the largest body that a request may have, one megabyte. */
    private static final int MOST_IDS = 25_000;

    private final Redeliveries redeliveries;
    private final Coverage coverage;
    private final SpoolNames names;
    private final Settings settings;
    private final CamelContext camel;
    private final RedactedText redactedText;
    private final JobActions<Redeliveries.Redelivery> jobs;

    RedeliveriesResource(
            Redeliveries redeliveries,
            Coverage coverage,
            SpoolNames names,
            Settings settings,
            CamelContext camel,
            RedactedText redactedText) {
        this.redeliveries = redeliveries;
        this.coverage = coverage;
        this.names = names;
        this.settings = settings;
        this.camel = camel;
        this.redactedText = redactedText;
        this.jobs =
                new JobActions<>("re-delivery", "/api/redeliveries", redeliveries::one, Redeliveries.Redelivery::line);
    }

    /** All re-deliveries, the newest first. */
    public record ListedRedeliveries(List<RedeliveryView> redeliveries) {}

    /**
     * A re-delivery, as {@link Redeliveries.Redelivery} has it.
     *
     * @param line how far it is, in one line
     */
    public record RedeliveryView(
            long id,
            String connection,
            String spool,
            String through,
            Instant from,
            Instant to,
            long ids,
            String state,
            String phase,
            double share,
            long fromLedger,
            long fromPlatform,
            long heldBack,
            long failed,
            Instant requested,
            Instant finished,
            String error,
            String line) {}

    @GET
    public ListedRedeliveries all() {
        return new ListedRedeliveries(
                redeliveries.list().stream().map(this::view).toList());
    }

    @GET
    @Path("{id}")
    public RedeliveryView one(@PathParam("id") String id) {
        return view(jobs.find(id));
    }

    /** Begins one, of an interval or of threads by their ids. */
    @POST
    public RedeliveryView begin(String body) {
        ActionBody action = new ActionBody(body, List.of("spool", "connection", "from", "to", "ids", "through"));
        String spool = spool(action);
        String through = through(action.text("through"));
        List<String> ids = action.texts("ids", MOST_IDS);
        if (ids.isEmpty() != (action.has("from") && action.has("to")) || !ids.isEmpty() && action.has("from")) {
            throw new ApiRefusal(
                    400,
                    "it is not clear which threads are meant",
                    "send either `from` and `to`, or `ids` with the ids of threads");
        }
        String connection = TimeRange.connection(settings, action.text("connection"));
        Instant pulled = coverage.pulledUntil(connection)
                .orElseThrow(() -> new ApiRefusal(
                        409,
                        "connection " + connection + " was never pulled, so nothing of it was delivered",
                        "see threadpost-pull in health for the reason"));
        Redeliveries.Redelivery begun;
        if (ids.isEmpty()) {
            TimeRange range = TimeRange.of(settings, connection, action.text("from"), action.text("to"));
            if (!range.from().isBefore(pulled)) {
                throw new ApiRefusal(
                        409,
                        "nothing from " + range.from() + " on was pulled yet",
                        "name a time before " + pulled + "; what is newer comes with the pull");
            }
            Instant to = range.to().isBefore(pulled) ? range.to() : pulled;
            begun = redeliveries.begin(connection, spool, through, range.from(), to);
        } else {
            begun = redeliveries.begin(connection, spool, through, ids);
        }
        return view(jobs.logged(begun));
    }

    @POST
    @Path("{id}/pause")
    public RedeliveryView pause(@PathParam("id") String id, String body) {
        return view(jobs.change(
                id, body, redeliveries::pause, "is not running", "only a running re-delivery can be paused"));
    }

    @POST
    @Path("{id}/resume")
    public RedeliveryView resume(@PathParam("id") String id, String body) {
        return view(jobs.change(
                id, body, redeliveries::resume, "is not paused", "only a paused re-delivery can be resumed"));
    }

    /** Ends it; what was delivered stays delivered. */
    @POST
    @Path("{id}/cancel")
    public RedeliveryView cancel(@PathParam("id") String id, String body) {
        return view(jobs.change(
                id, body, redeliveries::cancel, "is over", "only a running or paused re-delivery can be cancelled"));
    }

    private String spool(ActionBody action) {
        if (!action.has("spool")) {
            throw new ApiRefusal(400, "the spool is missing", "name it as `spool`");
        }
        SpoolStatus.Spool spool = names.one(action.text("spool"));
        if (spool.standing() == Standing.OFF) {
            throw new ApiRefusal(
                    409,
                    "spool `" + spool.name() + "` takes nothing, its target is off",
                    "set the target's address first");
        }
        return spool.name();
    }

    /** Only a route of this process: other endpoints would deliver somewhere. */
    private String through(String through) {
        if (through == null) {
            return null;
        }
        boolean known = through.matches("direct:[\\w.-]+")
                && camel.getRoutes().stream().anyMatch(route -> route.getEndpoint()
                        .getEndpointUri()
                        .replaceFirst("^direct://", "direct:")
                        .equals(through));
        if (!known) {
            throw new ApiRefusal(
                    400,
                    "no route begins with `" + through + "`",
                    "name the endpoint of a running route, such as direct:route-thread");
        }
        return through;
    }

    private RedeliveryView view(Redeliveries.Redelivery redelivery) {
        return new RedeliveryView(
                redelivery.id(),
                redelivery.connection(),
                redelivery.spool(),
                redelivery.through(),
                redelivery.from(),
                redelivery.to(),
                redelivery.ids(),
                redelivery.state(),
                redelivery.phase(),
                redelivery.share(),
                redelivery.fromLedger(),
                redelivery.fromPlatform(),
                redelivery.heldBack(),
                redelivery.failed(),
                redelivery.requested(),
                redelivery.finished(),
                redactedText.clean(redelivery.error()),
                redelivery.line());
    }
}
