package io.threadpost.ops;

import java.util.List;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import io.threadpost.node.Nodes;

/** Lists the nodes that share the ledger. */
@Path("/api/nodes")
@Produces(MediaType.APPLICATION_JSON)
public class NodesResource {
    private final Nodes nodes;

    NodesResource(Nodes nodes) {
        this.nodes = nodes;
    }

    /** All nodes of the last day, those that run first. */
    public record All(List<Nodes.Node> nodes) {}

    @GET
    public All all() {
        return new All(nodes.all());
    }
}
