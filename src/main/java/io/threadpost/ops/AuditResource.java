package io.threadpost.ops;

import java.io.BufferedWriter;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.threadpost.audit.AuditEntry;
import io.threadpost.audit.AuditLog;

/** Lists and exports the audit log. */
@Path("/api/audit")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class AuditResource {
    private static final int MOST = 1000;

    private final AuditLog audit;
    private final ObjectMapper json;

    AuditResource(AuditLog audit, ObjectMapper json) {
        this.audit = audit;
        this.json = json;
    }

    /**
     * A page of the list.
     *
     * @param next the value of {@code before} for the next page; null on the last page
     */
    public record ListedEntries(List<AuditEntry> entries, Long next) {}

    @GET
    public ListedEntries list(
            @QueryParam("before") @DefaultValue("" + Long.MAX_VALUE) String before,
            @QueryParam("limit") @DefaultValue("100") String limit,
            @Context UriInfo address) {
        QueryParameters.only(address, List.of("before", "limit"));
        int most = (int) QueryParameters.number("limit", limit, 1, MOST);
        // One more shows whether there is another page.
        List<AuditEntry> found = audit.list(QueryParameters.number("before", before, 1, Long.MAX_VALUE), most + 1);
        return new ListedEntries(
                found.subList(0, Math.min(most, found.size())),
                found.size() > most ? found.get(most - 1).id() : null);
    }

    /** All entries, one a line, the newest first. */
    @GET
    @Path("export")
    @Produces("application/x-ndjson")
    public Response export() {
        StreamingOutput lines = out -> {
            Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
            List<AuditEntry> page = audit.list(Long.MAX_VALUE, MOST);
            while (!page.isEmpty()) {
                for (AuditEntry entry : page) {
                    writer.write(json.writeValueAsString(entry));
                    writer.write('\n');
                }
                page = audit.list(page.get(page.size() - 1).id(), MOST);
            }
            writer.flush();
        };
        return Response.ok(lines)
                .header("Content-Disposition", "attachment; filename=\"audit.ndjson\"")
                .build();
    }
}
