package io.threadpost;

import jakarta.inject.Singleton;

import io.quarkus.arc.Unremovable;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.CamelContextCustomizer;

import io.threadpost.errors.RouteErrors;
import io.threadpost.json.RawJsonConverters;

/**
 * Defaults of every route: a Java error fails its exchange only, a thread's JSON converts to bytes, for example for
 * {@code to: file:}, and no inbound header steers a component.
 */
@Singleton
@Unremovable
public final class CamelDefaults implements CamelContextCustomizer {
    @Override
    public void configure(CamelContext camel) {
        new RouteErrors().install(camel);
        InboundHeaderFilter.install(camel);
        new RawJsonConverters().install(camel.getTypeConverterRegistry());
    }
}
