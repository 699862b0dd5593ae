package io.threadpost.ops;

import java.time.Instant;
import java.util.List;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.jboss.logging.Logger;

import io.threadpost.routemonitor.RouteTraces;
import io.threadpost.routemonitor.RunningRoutes;
import io.threadpost.routemonitor.RunningRoutes.RunningRoute;
import io.threadpost.steptrace.StepPath;
import io.threadpost.text.AddressMask;

/** Lists the routes of this process with their counts and times, and traces one. */
@Audited
@Path("/api/routes")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class RoutesResource {
    private static final Logger LOG = Logger.getLogger(RoutesResource.class);
    private static final int USUAL_EXCHANGES = 20;
    private static final int LONGEST_BODY = 4000;
    private static final double NANOS_PER_MICRO = 1e3;

    private final RunningRoutes routes;
    private final RouteTraces traces;
    private final RedactedText redactedText;
    private final AddressMask addresses = new AddressMask(List.of(), List.of());

    @Inject
    RoutesResource(RunningRoutes routes, RouteTraces traces, RedactedText redactedText) {
        this.routes = routes;
        this.traces = traces;
        this.redactedText = redactedText;
    }

    /** All routes of this process. */
    public record All(List<RunningRoute> routes) {}

    /**
     * The traces of a route.
     *
     * @param on whether it is traced now
     * @param until when the trace ends, or ended; null when the route was not traced lately
     * @param bodies whether the traces have bodies
     * @param exchanges the newest first
     */
    public record TracedRoute(
            String route, boolean on, Instant until, boolean bodies, List<TracedExchange> exchanges) {}

    /**
     * An exchange that passed the route.
     *
     * @param at when it entered the route
     * @param millis that it took
     * @param key of its thread or item; null without one
     * @param connection it comes from; null without one
     * @param steps in their order, those of routes that it was sent on to included
     * @param spools that it was sent to
     * @param failedAt the step that failed, with file and line; null when none did
     * @param failure the reason; null when it did not fail
     * @param size of the body in bytes or characters; null for one that is neither
     * @param body as it entered the route, shortened; null unless bodies were asked for
     */
    public record TracedExchange(
            Instant at,
            double millis,
            String key,
            String connection,
            List<TracedStep> steps,
            List<String> spools,
            String failedAt,
            String failure,
            Long size,
            String body) {}

    /**
     * A step that the exchange passed.
     *
     * @param file null for a route in Java
     * @param line null when unknown
     * @param step with its URI, name or expression
     * @param result {@code passed}, or {@code rejected} by a filter, or by a choice without a branch for it
     * @param branch that a choice took; null for other steps
     */
    public record TracedStep(String route, String file, Integer line, String step, String result, String branch) {}

    @GET
    public All all() {
        return new All(routes.all().stream().map(this::clean).toList());
    }

    @GET
    @Path("{route}")
    public RunningRoute one(@PathParam("route") String route) {
        return clean(find(route));
    }

    @GET
    @Path("{route}/trace")
    public TracedRoute trace(@PathParam("route") String route) {
        String id = find(route).id();
        return traces.of(id)
                .map(traced -> new TracedRoute(
                        id,
                        traced.on(),
                        traced.until(),
                        traced.bodies(),
                        traced.traces().stream().map(this::view).toList()))
                .orElseGet(() -> new TracedRoute(id, false, null, false, List.of()));
    }

    /** Traces the route for a minute. */
    @POST
    @Path("{route}/trace")
    public TracedRoute startTrace(@PathParam("route") String route, String body) {
        ActionBody action = new ActionBody(body, List.of("exchanges", "bodies"));
        String id = find(route).id();
        long exchanges = action.has("exchanges") ? action.number("exchanges") : USUAL_EXCHANGES;
        if (exchanges < 1 || exchanges > RouteTraces.MOST_EXCHANGES) {
            throw new ApiRefusal(
                    400, "`exchanges` is malformed", "write a whole number from 1 to " + RouteTraces.MOST_EXCHANGES);
        }
        boolean bodies = action.flag("bodies");
        traces.start(id, (int) exchanges, bodies);
        LOG.infof("operator: route %s is traced for a minute%s", id, bodies ? ", with bodies" : "");
        return trace(id);
    }

    private RunningRoute find(String route) {
        return routes.all().stream()
                .filter(known -> known.id().equals(route))
                .findFirst()
                .orElseThrow(() -> new ApiRefusal(
                        404, "no route `" + route + "` runs in this process", "GET /api/routes lists those that do"));
    }

    private RunningRoute clean(RunningRoute route) {
        return new RunningRoute(
                route.id(),
                route.file(),
                route.line(),
                masked(route.description()),
                route.state(),
                route.since(),
                route.exchanges(),
                route.failures(),
                route.meanMillis(),
                route.lastMillis(),
                route.last(),
                route.lastFailureAt(),
                masked(route.lastFailure()),
                route.inFlight());
    }

    private TracedExchange view(RouteTraces.Trace trace) {
        return new TracedExchange(
                trace.at(),
                Math.round(trace.nanos() / NANOS_PER_MICRO) / 1000.0,
                masked(trace.key()),
                trace.connection(),
                trace.path() == null
                        ? List.of()
                        : trace.path().visits().stream().map(this::view).toList(),
                trace.spools(),
                trace.failed() == null ? null : masked(trace.failed().toString()),
                masked(trace.failure()),
                trace.size() < 0 ? null : trace.size(),
                shortened(redactedText.clean(trace.body())));
    }

    private static String shortened(String body) {
        return body == null || body.length() <= LONGEST_BODY ? body : body.substring(0, LONGEST_BODY) + "…";
    }

    private TracedStep view(StepPath.Visit visit) {
        boolean located = visit.step().file() != null && visit.step().line() > 0;
        return new TracedStep(
                visit.step().route(),
                visit.step().file(),
                located ? visit.step().line() : null,
                masked(visit.step().text()),
                visit.outcome() == StepPath.Outcome.REJECTED ? "rejected" : "passed",
                masked(visit.branch()));
    }

    /** Without secrets, and without addresses of guests. */
    private String masked(String text) {
        return addresses.mask(redactedText.clean(text));
    }
}
