package io.threadpost;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;

import jakarta.inject.Singleton;

import io.quarkus.arc.Unremovable;
import org.apache.camel.CamelContext;
import org.apache.camel.model.RedeliveryPolicyDefinition;
import org.apache.camel.model.errorhandler.DefaultErrorHandlerDefinition;
import org.apache.camel.spi.CamelContextCustomizer;
import org.apache.camel.spi.TypeConverterRegistry;
import org.apache.camel.support.SimpleTypeConverter;

import io.threadpost.json.RawJson;

/**
 * What holds for every route: a failure is told once, in one line, by whoever started the exchange (a window, a spool, a timer),
 * and not once more with a stack trace by each route on its way; and a thread's JSON reads as bytes wherever bytes are wanted.
 */
@Singleton
@Unremovable
public final class CamelDefaults implements CamelContextCustomizer {
    @Override
    public void configure(CamelContext camel) {
        DefaultErrorHandlerDefinition errors = new DefaultErrorHandlerDefinition();
        RedeliveryPolicyDefinition policy = new RedeliveryPolicyDefinition();
        policy.setLogExhausted("false");
        errors.setRedeliveryPolicy(policy);
        camel.getCamelContextExtension().setErrorHandlerFactory(errors);

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
