package io.threadpost.ops;

import java.util.List;

import jakarta.ws.rs.core.UriInfo;

/** The parameters of an address: a misspelt one would select more than was meant. */
final class QueryParameters {
    private QueryParameters() {}

    /** @throws ApiRefusal when there is another one than these */
    static void only(UriInfo address, List<String> known) {
        address.getQueryParameters().keySet().stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new ApiRefusal(
                            400, "there is no parameter `" + name + "`", "write " + String.join(", ", known));
                });
    }
}
