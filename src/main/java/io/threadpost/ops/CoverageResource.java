package io.threadpost.ops;

import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

import org.jboss.logging.Logger;

import io.threadpost.connector.ConnectorException;
import io.threadpost.pull.AuditResult;
import io.threadpost.pull.Backfill;
import io.threadpost.pull.Coverage;
import io.threadpost.pull.CoverageAudit;
import io.threadpost.settings.Settings;

/** Answers whether an interval was pulled completely, shows the gaps, and fills them. */
@Audited
@Path("/api/coverage")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class CoverageResource {
    private static final Logger LOG = Logger.getLogger(CoverageResource.class);

    private final Coverage coverage;
    private final CoverageAudit audit;
    private final RedactedText redactedText;
    private final BackfillsResource backfills;
    private final Settings settings;

    CoverageResource(
            Coverage coverage,
            CoverageAudit audit,
            RedactedText redactedText,
            BackfillsResource backfills,
            Settings settings) {
        this.coverage = coverage;
        this.audit = audit;
        this.redactedText = redactedText;
        this.backfills = backfills;
        this.settings = settings;
    }

    /**
     * The answer about an interval.
     *
     * @param line the answer in one line
     */
    public record CoverageView(
            String connection, Instant from, Instant to, boolean complete, String line, List<GapView> gaps) {}

    /**
     * Time that is not covered.
     *
     * @param reason open, paused, cancelled, unplanned or ahead
     */
    public record GapView(Instant from, Instant to, String reason) {}

    /**
     * The result of filling gaps.
     *
     * @param backfill null when there is nothing to fill
     */
    public record Filled(BackfillsResource.BackfillView backfill) {}

    /**
     * The result of an audit.
     *
     * @param whole whether all of the interval was compared
     * @param listed threads that the platform listed
     * @param missing of these, threads that were never pulled
     * @param backfill pulls what is missing; null when nothing is
     * @param line the answer in one line
     */
    public record AuditView(
            String connection,
            Instant from,
            Instant to,
            boolean whole,
            long listed,
            long missing,
            Long backfill,
            String line) {}

    /** About an interval, or without one about all time of the connection. */
    @GET
    public CoverageView ask(
            @QueryParam("connection") String connection,
            @QueryParam("from") String from,
            @QueryParam("to") String to,
            @Context UriInfo address) {
        QueryParameters.only(address, List.of("connection", "from", "to"));
        if (from == null && to == null) {
            String name = TimeRange.connection(settings, connection);
            return view(
                    name,
                    coverage.all(name)
                            .orElseThrow(() -> new ApiRefusal(
                                    409,
                                    "connection " + name + " was never pulled",
                                    "see threadpost-pull in health for the reason")));
        }
        TimeRange range = TimeRange.of(settings, connection, from, to);
        return view(range.connection(), coverage.of(range.connection(), range.from(), range.to()));
    }

    /** Begins a backfill of the gaps that nothing is going to fill. */
    @POST
    @Path("fill")
    public Filled fill(String body) {
        ActionBody action = new ActionBody(body, List.of("connection"));
        String connection = TimeRange.connection(settings, action.text("connection"));
        Backfill begun = answered(() -> audit.fill(connection)).orElse(null);
        if (begun == null) {
            return new Filled(null);
        }
        LOG.infof("operator: %s", begun.line());
        return new Filled(backfills.one(String.valueOf(begun.id())));
    }

    /** Compares an interval with what the platform lists now, and pulls what is missing. */
    @POST
    @Path("audit")
    public AuditView audit(String body) {
        ActionBody action = new ActionBody(body, List.of("connection", "from", "to"));
        TimeRange range = TimeRange.of(settings, action.text("connection"), action.text("from"), action.text("to"));
        AuditResult result = answered(() -> audit.audit(range.connection(), range.from(), range.to()));
        LOG.infof("operator: audit of %s: %s", range.connection(), result.line());
        return new AuditView(
                result.connection(),
                result.from(),
                result.to(),
                result.whole(),
                result.listed(),
                result.missing(),
                result.backfill() == null ? null : result.backfill().id(),
                result.line());
    }

    private <T> T answered(Supplier<T> action) {
        try {
            return action.get();
        } catch (ConnectorException e) {
            throw new ApiRefusal(
                    502,
                    "the platform cannot be asked: " + redactedText.clean(e.getMessage()),
                    "ask again when it answers");
        }
    }

    private static CoverageView view(String connection, Coverage.Answer answer) {
        return new CoverageView(
                connection,
                answer.from(),
                answer.to(),
                answer.complete(),
                answer.line(),
                answer.gaps().stream()
                        .map(gap ->
                                new GapView(gap.from(), gap.to(), gap.reason().word()))
                        .toList());
    }
}
