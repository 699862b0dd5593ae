package io.threadpost.network;

import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.apache.camel.util.Pair;
import org.apache.camel.util.URISupport;
import org.apache.camel.util.UnsafeUriCharactersEncoder;

/**
 * One part of an address' query, between two {@code &}.
 *
 * @param name as it is written
 * @param written the whole part, as it is written
 */
record QueryPart(String name, String written) {
    static List<QueryPart> of(String uri) {
        int mark = uri.indexOf('?');
        String query = mark < 0 ? "" : uri.substring(mark + 1);
        List<Pair<Integer>> raw = URISupport.scanRaw(query);
        List<QueryPart> parts = new ArrayList<>();
        int begin = 0;
        for (int at = 0; at <= query.length(); at++) {
            if (at == query.length() || query.charAt(at) == '&' && !URISupport.isRaw(at, raw)) {
                String part = query.substring(begin, at);
                if (!part.isEmpty()) {
                    int equals = part.indexOf('=');
                    parts.add(new QueryPart(equals < 0 ? part : part.substring(0, equals), part));
                }
                begin = at + 1;
            }
        }
        return parts;
    }

    /** @return its value as Camel reads an option */
    Object value() throws URISyntaxException {
        Map<String, Object> options = new HashMap<>(URISupport.parseQuery(written));
        URISupport.resolveRawParameterValues(options);
        return options.values().iterator().next();
    }

    /**
     * @return those with one of these names, as a query; null without any. Only what may not stand in a query at all is
     *     encoded
     */
    static String text(List<QueryPart> parts, Set<String> names) {
        String text = parts.stream()
                .filter(part -> names.contains(part.name()))
                .map(QueryPart::encoded)
                .collect(Collectors.joining("&"));
        return text.isEmpty() ? null : UnsafeUriCharactersEncoder.encodeHttpURI(text);
    }

    /** {@code RAW(…)} is any text at all, to be encoded; Camel writes a percent sign in it as {@code %25}. */
    private String encoded() {
        String value = written.substring(Math.min(written.length(), name.length() + 1));
        boolean raw =
                value.startsWith("RAW(") && value.endsWith(")") || value.startsWith("RAW{") && value.endsWith("}");
        return raw
                ? name + "="
                        + URLEncoder.encode(
                                        value.substring(4, value.length() - 1).replace("%25", "%"),
                                        StandardCharsets.UTF_8)
                                .replace("+", "%20")
                : written;
    }
}
