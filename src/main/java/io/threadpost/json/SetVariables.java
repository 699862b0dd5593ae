package io.threadpost.json;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

import org.apache.camel.Exchange;

/**
 * The variables of an exchange that a route has set itself. What {@code variableReceive} filled is left out: an answer,
 * and its headers as {@code header:NAME.…}, are for reading only.
 */
final class SetVariables {
    private static final String HEADER = "header:";

    private SetVariables() {}

    /**
     * @return by name, in the order of the exchange; a number, a boolean, a map or a list as it is, anything else as
     *     text
     */
    static Map<String, Object> of(Exchange exchange) {
        Map<String, Object> variables = exchange.getVariables();
        Map<String, Object> set = new LinkedHashMap<>();
        variables.forEach((name, value) -> {
            if (value != null && !name.startsWith(HEADER) && !received(name, variables)) {
                set.put(name, plain(exchange, value));
            }
        });
        return set;
    }

    private static boolean received(String name, Map<String, Object> variables) {
        return variables.keySet().stream().anyMatch(other -> other.startsWith(HEADER + name + "."));
    }

    private static Object plain(Exchange exchange, Object value) {
        boolean json = value instanceof Number
                || value instanceof Boolean
                || value instanceof Map<?, ?>
                || value instanceof Collection<?>;
        if (json) {
            return value;
        }
        String text = exchange.getContext().getTypeConverter().tryConvertTo(String.class, exchange, value);
        return text == null ? value.toString() : text;
    }
}
