package io.threadpost.ops;

import java.io.IOException;
import java.io.InputStream;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Serves the packaged OpenAPI description of this API. */
@Path("/api/openapi")
@Produces(MediaType.APPLICATION_JSON)
public class OpenApiResource {
    private static final String FILE = "/openapi.json";

    @GET
    public Response description() throws IOException {
        try (InputStream in = OpenApiResource.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException("the package lacks " + FILE);
            }
            return Response.ok(in.readAllBytes()).build();
        }
    }
}
