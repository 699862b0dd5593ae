package io.threadpost.benchmark;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.threadpost.sandbox.SandboxOptions;

/** What the programs that Threadpost is compared with have in common. */
final class Requests {
    static final int PAGE = 1000;

    /** A line on standard output: everything is written. */
    static final String DONE = "done";

    private Requests() {}

    static URI uri(String platform) {
        return URI.create(platform + "/api/connector/v1/messageThreads/getAll");
    }

    /** @return the request for the newest page of the last thirty days */
    static ObjectNode first(ObjectMapper json) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        ObjectNode request = json.createObjectNode()
                .put("ClientToken", SandboxOptions.CLIENT_TOKEN)
                .put("AccessToken", SandboxOptions.ACCESS_TOKEN)
                .put("Client", "Benchmark 1.0.0");
        request.putObject("UpdatedUtc")
                .put("StartUtc", now.minus(30, ChronoUnit.DAYS).toString())
                .put("EndUtc", now.toString());
        request.putObject("Limitation").put("Count", PAGE);
        return request;
    }

    /** Says so, and stays until it is measured. */
    static void done() throws IOException {
        System.out.println(DONE);
        System.in.read();
    }
}
