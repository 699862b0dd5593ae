package io.threadpost.network;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.apache.camel.Endpoint;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.camel.spi.EndpointUriFactory;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.util.TimeUtils;
import org.apache.camel.util.URISupport;

/**
 * The components {@code http} and {@code https}: Camel's, but for the query of an address. Camel decodes it, and so
 * sends {@code sig=a+b} for {@code sig=a%2Bb}, which is another signature. Here it goes out as it is written. And
 * timeouts may be written as times, such as {@code 5s}.
 */
@Component("http,https")
public final class HttpAsWritten extends RenewableHttpClient {
    private static final Set<String> TIMES =
            Set.of("connectTimeout", "connectionRequestTimeout", "responseTimeout", "soTimeout");

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
        HttpEndpoint endpoint = (HttpEndpoint) super.createEndpoint(uri, remaining, parameters);
        // What is left is no option.
        endpoint.setHttpUri(
                URISupport.createURIWithQuery(endpoint.getHttpUri(), QueryPart.text(query, parameters.keySet())));
        return endpoint;
    }

    private boolean isOption(String name) {
        EndpointUriFactory options =
                getCamelContext().getCamelContextExtension().getEndpointUriFactory(getDefaultName());
        Set<String> prefixes = options.multiValuePrefixes();
        return options.propertyNames().stream().anyMatch(name::equalsIgnoreCase)
                || prefixes.stream().anyMatch(name::startsWith);
    }
}
