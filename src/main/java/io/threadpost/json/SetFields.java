package io.threadpost.json;

import java.util.LinkedHashMap;
import java.util.Map;

import jakarta.inject.Named;
import jakarta.inject.Singleton;

import io.quarkus.arc.Unremovable;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * The step {@code setFields}: each variable that the route has set becomes a field of the thread in the body, new or in
 * place of an existing one, and is removed. All other fields stay as they were written.
 */
@Singleton
@Unremovable
@Named("setFields")
public final class SetFields implements Processor {
    @Override
    public void process(Exchange exchange) {
        Map<String, Object> fields = SetVariables.of(exchange);
        Message message = exchange.getMessage();
        message.setBody(with(message.getBody(), fields));
        fields.keySet().forEach(exchange::removeVariable);
    }

    private static Object with(Object thread, Map<String, Object> fields) {
        if (thread instanceof RawJson json) {
            return json.with(fields);
        }
        if (thread instanceof Map<?, ?> map) {
            Map<Object, Object> changed = new LinkedHashMap<>(map);
            changed.putAll(fields);
            return changed;
        }
        throw new IllegalArgumentException("setFields needs one thread in the body, a map of its fields");
    }
}
