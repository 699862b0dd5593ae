package io.threadpost.page;

import java.util.HashMap;
import java.util.Map;

import io.vertx.ext.web.RoutingContext;

import io.threadpost.ops.ApiRefusal;

/** The values in the address and in the form of a request. */
final class RequestValues {
    private RequestValues() {}

    static Map<String, String> all(RoutingContext asked) {
        Map<String, String> values = new HashMap<>();
        asked.request().params().forEach(value -> values.put(value.getKey(), value.getValue()));
        asked.request().formAttributes().forEach(value -> values.put(value.getKey(), value.getValue()));
        return values;
    }

    static String query(RoutingContext asked, String name) {
        String value = asked.request().getParam(name);
        return value == null ? "" : value;
    }

    static long number(RoutingContext asked, String name) {
        String value = query(asked, name);
        if (!value.matches("\\d{0,18}")) {
            throw new ApiRefusal(400, "`" + name + "` is not a number", "go back to the overview");
        }
        return value.isEmpty() ? 0 : Long.parseLong(value);
    }
}
