package io.threadpost.spool;

import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.arc.Unremovable;
import org.apache.camel.support.component.EndpointUriFactorySupport;

/** Builds {@code spool:} URIs from parameters with the {@code name} among them, as the visual editor writes them. */
@ApplicationScoped
@Unremovable
class SpoolUriFactory extends EndpointUriFactorySupport {
    private static final String SYNTAX = "spool:name";
    private static final String NAME = "name";

    @Override
    public boolean isEnabled(String scheme) {
        return scheme.equals("spool");
    }

    @Override
    public String buildUri(String scheme, Map<String, Object> properties, boolean encode) throws URISyntaxException {
        Map<String, Object> options = new LinkedHashMap<>(properties);
        return buildQueryParameters(buildPathParameter(SYNTAX, SYNTAX, NAME, null, true, options), options, encode);
    }

    @Override
    public Set<String> propertyNames() {
        return Set.of(NAME);
    }

    @Override
    public Set<String> secretPropertyNames() {
        return Set.of();
    }

    @Override
    public Set<String> multiValuePrefixes() {
        return Set.of();
    }

    @Override
    public boolean isLenientProperties() {
        return false;
    }
}
