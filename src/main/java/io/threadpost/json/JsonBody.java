package io.threadpost.json;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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

    /**
     * The path of a value in a JSON object, such as {@code contact.phones[0].number}.
     *
     * @param steps names of fields, and numbers of list entries
     */
    private record JsonPath(String text, List<Object> steps) {
        private static final Pattern STEP = Pattern.compile("([^.\\[\\]]+)|\\[(\\d{1,3})]|\\.(?=[^.\\[])");

        /** @throws IllegalArgumentException when it is not a path */
        static JsonPath of(String text) {
            List<Object> steps = new ArrayList<>();
            Matcher step = STEP.matcher(text);
            int end = 0;
            while (step.lookingAt()) {
                if (step.group(1) != null) {
                    steps.add(step.group(1));
                } else if (step.group(2) != null) {
                    steps.add(Integer.valueOf(step.group(2)));
                }
                end = step.end();
                step.region(end, text.length());
            }
            if (text.startsWith(".") || end < text.length() || steps.isEmpty() || !(steps.get(0) instanceof String)) {
                throw new IllegalArgumentException(
                        "the variable `" + text + "` names no field; write it like contact.phones[0].number");
            }
            return new JsonPath(text, steps);
        }

        /** @return a sort key, so that the entries of a list are added in order */
        String order() {
            return steps.stream()
                    .map(step -> step instanceof Integer at ? String.format("[%03d]", at) : step.toString())
                    .collect(Collectors.joining("."));
        }

        /**
         * Sets the value there.
         *
         * @throws IllegalArgumentException when another value is in the way, or an entry before it is missing
         */
        void put(Map<String, Object> object, Object value) {
            Object here = object;
            for (int i = 0; i < steps.size(); i++) {
                boolean last = i == steps.size() - 1;
                here = step(
                        here,
                        steps.get(i),
                        last ? value : steps.get(i + 1) instanceof String ? Map.of() : List.of(),
                        last);
            }
        }

        @SuppressWarnings("unchecked")
        private Object step(Object here, Object step, Object next, boolean last) {
            Object found = null;
            if (step instanceof String name && here instanceof LinkedHashMap<?, ?> map) {
                found = map.get(name);
                if (found == null) {
                    ((Map<String, Object>) map).put(name, found = own(next, last));
                    return found;
                }
            } else if (step instanceof Integer at && here instanceof ArrayList<?> list && at <= list.size()) {
                found = at < list.size() ? list.get(at) : null;
                if (found == null) {
                    ((List<Object>) list).add(found = own(next, last));
                    return found;
                }
            }
            if (found == null || last) {
                throw new IllegalArgumentException(
                        "the variable `" + text + "` cannot be part of a JSON object beside the others");
            }
            return found;
        }

        private static Object own(Object next, boolean last) {
            return last ? next : next instanceof Map ? new LinkedHashMap<String, Object>() : new ArrayList<Object>();
        }
    }
}
