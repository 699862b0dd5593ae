package io.threadpost.ops;

import java.util.List;

import jakarta.ws.rs.core.UriInfo;

/** Parameters of a request's address. Unknown ones are rejected: a misspelt one would select more than was meant. */
final class QueryParameters {
    private QueryParameters() {}

    /** @throws ApiRefusal when there is another parameter than these */
    static void only(UriInfo address, List<String> known) {
        address.getQueryParameters().keySet().stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new ApiRefusal(
                            400, "there is no parameter `" + name + "`", "write " + String.join(", ", known));
                });
    }

    /**
     * Parses a number.
     *
     * @param name of the parameter
     * @throws ApiRefusal when the text is not a number, or out of bounds
     */
    static long number(String name, String text, long least, long most) {
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported below, like a number out of bounds.
        }
        throw new ApiRefusal(
                400,
                "`" + name + "` is not a number in range",
                "write a whole number from " + least + (most == Long.MAX_VALUE ? " on" : " to " + most));
    }
}
