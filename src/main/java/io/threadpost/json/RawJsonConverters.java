package io.threadpost.json;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.function.Function;

import org.apache.camel.spi.TypeConverterRegistry;
import org.apache.camel.support.SimpleTypeConverter;

/** Converts a thread's JSON to its bytes, for example for {@code to: file:}. */
public final class RawJsonConverters {
    public void install(TypeConverterRegistry converters) {
        install(converters, byte[].class, RawJson::toBytes);
        install(converters, InputStream.class, json -> new ByteArrayInputStream(json.toBytes()));
        install(converters, ByteBuffer.class, json -> ByteBuffer.wrap(json.toBytes()));
    }

    private static <T> void install(TypeConverterRegistry converters, Class<T> target, Function<RawJson, T> converter) {
        converters.addTypeConverter(
                target,
                RawJson.class,
                new SimpleTypeConverter(false, (type, exchange, json) -> converter.apply((RawJson) json)));
    }
}
