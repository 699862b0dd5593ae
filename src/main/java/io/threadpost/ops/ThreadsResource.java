package io.threadpost.ops;

import java.util.List;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

import io.threadpost.connector.ConnectorException;
import io.threadpost.example.PassedInputs;
import io.threadpost.retry.FailureReason;

/** Threads as the platform wrote them, from the ledger or, within the request budget, from the platform. */
@Singleton
@Path("/api/threads")
@Produces(MediaType.APPLICATION_JSON)
public class ThreadsResource {
    /** The connection that a thread comes from. */
    static final String CONNECTION = "Threadpost-Connection";

    private final PassedInputs passed;

    @Inject
    ThreadsResource(PassedInputs passed) {
        this.passed = passed;
    }

    /** Returns the thread byte for byte: as the input of {@code threadpost preview}. */
    @GET
    @Path("{id}")
    public Response thread(@PathParam("id") String id, @Context UriInfo address) {
        QueryParameters.only(address, List.of());
        PassedInputs.Passed found = require(passed, id);
        return answer(found.thread(), found.connection());
    }

    private static Response answer(byte[] thread, String connection) {
        return Response.ok(thread, MediaType.APPLICATION_JSON_TYPE)
                .header(CONNECTION, connection)
                .build();
    }

    /** @throws ApiRefusal when nobody has the thread, or the platform cannot be asked */
    static PassedInputs.Passed require(PassedInputs passed, String id) {
        try {
            return passed.thread(id)
                    .orElseThrow(() -> new ApiRefusal(
                            404,
                            "neither the ledger nor the platform has this thread",
                            "send the id of a thread, or Id@UpdatedUtc for a version"));
        } catch (ConnectorException e) {
            throw new ApiRefusal(
                    409,
                    "the ledger does not have this thread, and the platform does not give it: " + FailureReason.of(e),
                    "try again later, or with a thread that passed in the last threadpost.spool.keep");
        }
    }
}
