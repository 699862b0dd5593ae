package io.threadpost.network;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.apache.camel.Endpoint;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.camel.spi.EndpointUriFactory;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.util.Pair;
import org.apache.camel.util.TimeUtils;
import org.apache.camel.util.URISupport;
import org.apache.camel.util.UnsafeUriCharactersEncoder;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.socket.ConnectionSocketFactory;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Registry;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.util.TimeValue;

/**
 * Camel's {@code http:} and {@code https:}, with these differences. The query of an address is sent as written: Camel
 * decodes it, and so sends {@code sig=a+b} for {@code sig=a%2Bb}, which is another signature. Timeouts may be durations
 * such as {@code 5s}, and {@code callTimeout} limits a call as a whole. A body has its length. The head of a response
 * is limited, and a client survives a Java error in one of its calls.
 */
@Component("http,https")
public final class HttpAsWritten extends HttpComponent {
    /** The option of an endpoint with the longest time that a call may take as a whole. */
    private static final String CALL_TIMEOUT = "callTimeout";
    /** Without that option; more if the endpoint waits longer for its response. */
    private static final Duration LONGEST_CALL = Duration.ofMinutes(5);

    private static final int LARGEST_IN_MEMORY = 8 << 20;

    private static final Set<String> TIMES =
            Set.of("connectTimeout", "connectionRequestTimeout", "responseTimeout", "soTimeout");

    private final HttpAccess access;

    public HttpAsWritten(HttpAccess access) {
        this.access = access;
    }

    @Override
    public boolean useRawUri() {
        return true;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        List<QueryPart> query = QueryPart.of(uri);
        for (QueryPart part : query) {
            // Options are decoded as Camel does it.
            if (parameters.containsKey(part.name()) && isOption(part.name())) {
                parameters.put(part.name(), part.value());
            }
        }
        // The client accepts only numbers, unlike the rest of a route.
        for (String time : TIMES) {
            if (parameters.get(time) instanceof String text) {
                parameters.put(time, Long.toString(TimeUtils.toMilliSeconds(text.strip())));
            }
        }
        String callTimeout = getAndRemoveParameter(parameters, CALL_TIMEOUT, String.class);
        HttpEndpoint endpoint = (HttpEndpoint) super.createEndpoint(uri, remaining, parameters);
        limit(endpoint, callTimeout);
        // The rest are not options, but the query.
        endpoint.setHttpUri(
                URISupport.createURIWithQuery(endpoint.getHttpUri(), QueryPart.text(query, parameters.keySet())));
        return endpoint;
    }

    /** The client's timeouts start again with each byte of a response. */
    private void limit(HttpEndpoint endpoint, String callTimeout) {
        Duration waits = Duration.ofMillis(endpoint.getConnectTimeout() + endpoint.getResponseTimeout());
        Duration call = callTimeout != null
                ? Duration.ofMillis(TimeUtils.toMilliSeconds(callTimeout.strip()))
                : waits.compareTo(LONGEST_CALL) > 0 ? waits : LONGEST_CALL;
        HttpClientConfigurer configurer = endpoint.getHttpClientConfigurer();
        endpoint.setHttpClientConfigurer(client -> {
            if (configurer != null) {
                configurer.configureHttpClient(client);
            }
            client.addExecInterceptorFirst("with-length", HttpAsWritten::withLength);
            access.limitDuration(client, call);
        });
    }

    /**
     * Camel sends a body that is no text in chunks, which some services reject and others take for an empty body; so it
     * is sent with its length, unless it is large.
     */
    private static ClassicHttpResponse withLength(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        HttpEntity entity = request.getEntity();
        if (entity != null && entity.getContentLength() < 0 && entity.isStreaming()) {
            InputStream body = entity.getContent();
            // Bytes in memory are copied once, others twice.
            byte[] beginning = body instanceof ByteArrayInputStream bytes && bytes.available() < LARGEST_IN_MEMORY
                    ? bytes.readAllBytes()
                    : body.readNBytes(LARGEST_IN_MEMORY);
            if (beginning.length < LARGEST_IN_MEMORY) {
                body.close();
            }
            ContentType type = ContentType.parseLenient(entity.getContentType());
            request.setEntity(
                    beginning.length < LARGEST_IN_MEMORY
                            ? new ByteArrayEntity(beginning, type, entity.getContentEncoding())
                            : new InputStreamEntity(
                                    new SequenceInputStream(new ByteArrayInputStream(beginning), body),
                                    -1,
                                    type,
                                    entity.getContentEncoding()));
        }
        return chain.proceed(request, scope);
    }

    private boolean isOption(String name) {
        EndpointUriFactory options =
                getCamelContext().getCamelContextExtension().getEndpointUriFactory(getDefaultName());
        Set<String> prefixes = options.multiValuePrefixes();
        return options.propertyNames().stream().anyMatch(name::equalsIgnoreCase)
                || prefixes.stream().anyMatch(name::startsWith);
    }

    @Override
    @SuppressWarnings("deprecation") // as Camel has it
    protected HttpClientConnectionManager createConnectionManager(
            Registry<ConnectionSocketFactory> registry, int total, int perRoute, SocketConfig sockets) {
        RenewableConnections connections =
                new RenewableConnections(registry, TimeValue.ofMilliseconds(getConnectionTimeToLive()));
        int most = total > 0 ? total : getMaxTotalConnections();
        if (most > 0) {
            connections.setMaxTotal(most);
        }
        int mostPerRoute = perRoute > 0 ? perRoute : getConnectionsPerRoute();
        if (mostPerRoute > 0) {
            connections.setDefaultMaxPerRoute(mostPerRoute);
        }
        connections.setDefaultSocketConfig(sockets);
        return connections;
    }

    /**
     * One part of an address' query, between two {@code &}.
     *
     * @param name as it is written
     * @param written the whole part, as it is written
     */
    private record QueryPart(String name, String written) {
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
         * @return the parts with one of these names, as a query; null if there is none. Only what is illegal in a query
         *     is encoded
         */
        static String text(List<QueryPart> parts, Set<String> names) {
            String text = parts.stream()
                    .filter(part -> names.contains(part.name()))
                    .map(QueryPart::encoded)
                    .collect(Collectors.joining("&"));
            return text.isEmpty() ? null : UnsafeUriCharactersEncoder.encodeHttpURI(text);
        }

        /** {@code RAW(…)} is any text, to be encoded; Camel writes a percent sign in it as {@code %25}. */
        private String encoded() {
            String value = written.substring(Math.min(written.length(), name.length() + 1));
            boolean raw =
                    value.startsWith("RAW(") && value.endsWith(")") || value.startsWith("RAW{") && value.endsWith("}");
            return raw
                    ? name + "="
                            + URLEncoder.encode(
                                            value.substring(4, value.length() - 1)
                                                    .replace("%25", "%"),
                                            StandardCharsets.UTF_8)
                                    .replace("+", "%20")
                    : written;
        }
    }
}
