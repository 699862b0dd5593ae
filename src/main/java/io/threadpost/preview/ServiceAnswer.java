package io.threadpost.preview;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a service answers to a request. Without one, it answers 200 with an empty body.
 *
 * @param address of the request, with {@code *} for any text
 * @param method such as {@code GET}; empty for any
 * @param status such as 404
 */
public record ServiceAnswer(String address, String method, int status, Map<String, String> headers, String body) {
    /** The answer of a service about which nothing is known. */
    static final ServiceAnswer EMPTY = new ServiceAnswer("*", "", 200, Map.of(), "");

    boolean matches(String requestMethod, String requestAddress) {
        String pattern = "\\Q" + address.replace("*", "\\E.*\\Q") + "\\E";
        return (method.isEmpty() || method.equalsIgnoreCase(requestMethod))
                && Pattern.compile(pattern, Pattern.DOTALL)
                        .matcher(requestAddress)
                        .matches();
    }
}
