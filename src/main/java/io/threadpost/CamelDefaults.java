package io.threadpost;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;

import jakarta.inject.Singleton;

import io.quarkus.arc.Unremovable;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.CamelContextCustomizer;
import org.apache.camel.spi.TypeConverterRegistry;
import org.apache.camel.support.SimpleTypeConverter;

import io.threadpost.errors.RouteErrors;
import io.threadpost.json.RawJson;

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
        TypeConverterRegistry converters = camel.getTypeConverterRegistry();
        converters.addTypeConverter(
                byte[].class, RawJson.class, new SimpleTypeConverter(false, (type, exchange, json) -> ((RawJson) json)
                        .toBytes()));
        converters.addTypeConverter(
                InputStream.class,
                RawJson.class,
                new SimpleTypeConverter(
                        false, (type, exchange, json) -> new ByteArrayInputStream(((RawJson) json).toBytes())));
        converters.addTypeConverter(
                ByteBuffer.class,
                RawJson.class,
                new SimpleTypeConverter(false, (type, exchange, json) -> ByteBuffer.wrap(((RawJson) json).toBytes())));
    }
}
