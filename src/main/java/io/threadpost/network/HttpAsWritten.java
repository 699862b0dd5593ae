package io.threadpost.network;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.apache.camel.Endpoint;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.camel.spi.EndpointUriFactory;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.util.TimeUtils;
import org.apache.camel.util.URISupport;

/**
 * The components {@code http} and {@code https}: Camel's, but for the query of an address. Camel decodes it, and so
 * sends {@code sig=a+b} for {@code sig=a%2Bb}, which is another signature. Here it goes out as it is written. And
 * timeouts may be written as times, such as {@code 5s}, and {@code callTimeout} limits a call as a whole.
 */
@Component("http,https")
public final class HttpAsWritten extends RenewableHttpClient {
    /** The option of an endpoint with the longest time that a call may take as a whole. */
    private static final String CALL_TIMEOUT = "callTimeout";
    /** Without that option; more where the endpoint waits longer for its answer. */
    private static final Duration LONGEST_CALL = Duration.ofMinutes(5);

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
            // The client's own options read as they always did.
            if (parameters.containsKey(part.name()) && isOption(part.name())) {
                parameters.put(part.name(), part.value());
            }
        }
        // The client takes numbers alone; elsewhere in a route, times are written as 5s.
        for (String time : TIMES) {
            if (parameters.get(time) instanceof String text) {
                parameters.put(time, Long.toString(TimeUtils.toMilliSeconds(text.strip())));
            }
        }
        String callTimeout = getAndRemoveParameter(parameters, CALL_TIMEOUT, String.class);
        HttpEndpoint endpoint = (HttpEndpoint) super.createEndpoint(uri, remaining, parameters);
        limit(endpoint, callTimeout);
        // What is left is no option.
        endpoint.setHttpUri(
                URISupport.createURIWithQuery(endpoint.getHttpUri(), QueryPart.text(query, parameters.keySet())));
        return endpoint;
    }

    /** The client's timeouts begin anew with each byte of an answer. */
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
            access.limitDuration(client, call);
        });
    }

    private boolean isOption(String name) {
        EndpointUriFactory options =
                getCamelContext().getCamelContextExtension().getEndpointUriFactory(getDefaultName());
        Set<String> prefixes = options.multiValuePrefixes();
        return options.propertyNames().stream().anyMatch(name::equalsIgnoreCase)
                || prefixes.stream().anyMatch(name::startsWith);
    }
}
