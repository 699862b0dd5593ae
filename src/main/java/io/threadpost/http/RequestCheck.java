package io.threadpost.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;

/** Checks that a request is well-formed by RFC 9110 and 9112, as far as later handlers rely on it. */
final class RequestCheck {
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]++";
    private static final Pattern NAME = Pattern.compile(TOKEN);
    private static final Pattern VALUE = Pattern.compile("[^\\x00-\\x08\\x0a-\\x1f\\x7f]*+");
    private static final Pattern HOST =
            Pattern.compile("(?:\\[[0-9A-Fa-f:.]{2,45}]|[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,252}))(?::(\\d{1,5}))?");
    private static final Pattern MEDIA_TYPE = Pattern.compile(TOKEN + "/" + TOKEN + "[ \\t]*+(?:;[ \\t]*+(?:" + TOKEN
            + "=(?:" + TOKEN + "|\"(?:[^\"\\\\]|\\\\.)*+\"))?+[ \\t]*+)*+");
    private static final Pattern ORIGIN = Pattern.compile(
            "null|[A-Za-z][A-Za-z0-9+.-]{0,30}+://(?:\\[[0-9A-Fa-f:.]{2,45}]|[A-Za-z0-9._-]{1,253}+)(?::\\d{1,5})?");
    private static final Pattern TARGET = Pattern.compile("/(?:%(?!00)[0-9A-Fa-f]{2}|[^%\\x00-\\x20\\x7f-\\uffff])*+");
    private static final int HIGHEST_PORT = 65535;

    /**
     * What is wrong with a request.
     *
     * @param problem one line that quotes nothing
     */
    record Refusal(HttpResponseStatus status, String problem) {}

    /** @return empty when it is well-formed */
    Optional<Refusal> of(HttpRequest request) {
        Optional<Refusal> undecoded = undecoded(request);
        if (undecoded.isPresent()) {
            return undecoded;
        }
        HttpHeaders headers = request.headers();
        if (!request.protocolVersion().equals(HttpVersion.HTTP_1_1)
                && !request.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
            return bad("the version of HTTP is unknown");
        }
        if (!METHODS.contains(request.method().name())) {
            return bad("the method is unknown");
        }
        if (!target(request.uri())) {
            return bad("the request's address is malformed");
        }
        for (Map.Entry<String, String> header : headers) {
            if (!NAME.matcher(header.getKey()).matches()
                    || !VALUE.matcher(header.getValue()).matches()) {
                return bad("a header is malformed");
            }
        }
        List<String> hosts = headers.getAll(HttpHeaderNames.HOST);
        if (hosts.size() > 1 || hosts.isEmpty() && request.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
            return bad("a request has one Host");
        }
        if (!hosts.stream().allMatch(RequestCheck::host)) {
            return bad("the request's Host is malformed");
        }
        if (!headers.getAll(HttpHeaderNames.ORIGIN).stream()
                .allMatch(origin -> ORIGIN.matcher(origin).matches())) {
            return bad("the request's Origin is malformed");
        }
        return content(headers);
    }

    /** @return what could not be decoded of it */
    static Optional<Refusal> undecoded(HttpObject part) {
        if (part.decoderResult().isSuccess()) {
            return Optional.empty();
        }
        Throwable cause = part.decoderResult().cause();
        if (cause instanceof TooLongHttpLineException) {
            return Optional.of(new Refusal(HttpResponseStatus.REQUEST_URI_TOO_LONG, "the request line is too long"));
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return Optional.of(
                    new Refusal(HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "the headers are too long"));
        }
        return bad("the request is malformed");
    }

    private static Optional<Refusal> content(HttpHeaders headers) {
        List<String> types = headers.getAll(HttpHeaderNames.CONTENT_TYPE);
        if (types.size() > 1
                || !types.stream()
                        .allMatch(type -> MEDIA_TYPE.matcher(type.strip()).matches())) {
            return bad("the request's Content-Type is malformed");
        }
        List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        if (!codings.isEmpty()
                && (codings.size() > 1
                        || !codings.get(0).strip().equalsIgnoreCase("chunked")
                        || headers.contains(HttpHeaderNames.CONTENT_LENGTH))) {
            return bad("the request's Transfer-Encoding is malformed");
        }
        List<String> expected = headers.getAll(HttpHeaderNames.EXPECT);
        return expected.isEmpty() || expected.size() == 1 && expected.get(0).equalsIgnoreCase("100-continue")
                ? Optional.empty()
                : Optional.of(new Refusal(HttpResponseStatus.EXPECTATION_FAILED, "only 100-continue can be expected"));
    }

    private static boolean target(String target) {
        if (!TARGET.matcher(target).matches()) {
            return false;
        }
        try {
            return new URI("http://host" + target) != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean host(String host) {
        var matcher = HOST.matcher(host);
        if (!matcher.matches() || matcher.group(1) != null && Integer.parseInt(matcher.group(1)) > HIGHEST_PORT) {
            return false;
        }
        try {
            return new URI("http://" + host + "/").getAuthority() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static Optional<Refusal> bad(String problem) {
        return Optional.of(new Refusal(HttpResponseStatus.BAD_REQUEST, problem));
    }
}
