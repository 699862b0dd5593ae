package io.threadpost.routecheck;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The parts of an endpoint's URI.
 *
 * @param path without the two slashes that may follow the scheme
 * @param options of the query; a name without a value has an empty one
 */
record EndpointUri(String scheme, String path, Map<String, String> options) {
    static EndpointUri of(String uri) {
        int question = outside(uri, '?', 0);
        String front = uri.substring(0, question);
        int colon = outside(front, ':', 0);
        String path = front.substring(Math.min(front.length(), colon + 1));
        return new EndpointUri(
                front.substring(0, colon),
                path.startsWith("//") ? path.substring(2) : path,
                options(uri.substring(Math.min(uri.length(), question + 1))));
    }

    /** @return the URI without options, in its normal form */
    String bare() {
        return path.isEmpty() ? scheme : scheme + ":" + path;
    }

    /** @return the same with another path */
    EndpointUri at(String path) {
        return new EndpointUri(scheme, path, options);
    }

    /**
     * @return whether a piece of the text is known only when the route runs, or only with a setting that has no value
     */
    static boolean hasUnknowns(String text) {
        return text.contains("{{") || text.contains("${") || text.contains("$simple{");
    }

    private static Map<String, String> options(String query) {
        Map<String, String> options = new LinkedHashMap<>();
        int from = 0;
        while (from < query.length()) {
            int end = outside(query, '&', from);
            String option = query.substring(from, end);
            int equals = outside(option, '=', 0);
            if (!option.isEmpty()) {
                options.put(option.substring(0, equals), option.substring(Math.min(option.length(), equals + 1)));
            }
            from = end + 1;
        }
        return options;
    }

    /** @return the index of a character outside of placeholders, expressions and RAW(…); the end when there is none */
    private static int outside(String text, char wanted, int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) != wanted) {
            i = Math.max(i + 1, skip(text, i));
        }
        return Math.min(i, text.length());
    }

    private static int skip(String text, int at) {
        String close = text.startsWith("{{", at)
                ? "}}"
                : text.startsWith("${", at) || text.startsWith("RAW{", at)
                        ? "}"
                        : text.startsWith("RAW(", at) ? ")" : "";
        int end = close.isEmpty() ? -1 : text.indexOf(close, at);
        return end < 0 ? at : end + close.length();
    }
}
