package io.threadpost.json;

import java.io.IOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

import jakarta.inject.Named;
import jakarta.inject.Singleton;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.arc.Unremovable;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * The step {@code jsonBody}: the variables that the route has set become the body, a JSON object, and are removed. A
 * text arrives unchanged, whatever it contains.
 */
@Singleton
@Unremovable
@Named("jsonBody")
public final class JsonBody implements Processor {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Override
    public void process(Exchange exchange) throws IOException {
        Map<String, Object> variables = SetVariables.of(exchange);
        Map<String, Object> object = new LinkedHashMap<>();
        // Variables have no order of their own, and that of fields means nothing in JSON.
        variables.keySet().stream()
                .map(JsonPath::of)
                .sorted(Comparator.comparing(JsonPath::order))
                .forEach(path -> path.put(object, variables.get(path.text())));
        Message message = exchange.getMessage();
        message.setBody(new RawJson(JSON.writeValueAsBytes(object)));
        message.setHeader("Content-Type", "application/json");
        variables.keySet().forEach(exchange::removeVariable);
    }
}
