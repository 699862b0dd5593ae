package io.threadpost.preview;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Compares a field of what happened with what an example expects of it: a value, matchers, or the names in it. */
final class ValueComparison {
    private static final JsonMapper JSON = new JsonMapper();

    private final List<Mismatch> mismatches = new ArrayList<>();

    private ValueComparison() {}

    /**
     * A value that is not as expected.
     *
     * @param line of the example
     * @param path the field, and the names in it, such as {@code headers}, {@code X-Channel}
     * @param expected for people
     * @param got null when there is none
     * @param problem what is wrong with the example itself; else null
     */
    record Mismatch(int line, List<String> path, String expected, String got, String problem) {
        String name() {
            return path.get(path.size() - 1);
        }
    }

    /** @param actual null when there is none */
    static List<Mismatch> mismatches(ExampleNode expected, Object actual, String field) {
        ValueComparison comparison = new ValueComparison();
        comparison.compare(expected, actual, List.of(field));
        return comparison.mismatches;
    }

    private void compare(ExampleNode expected, Object actual, List<String> path) {
        if (isMatchers(expected) && !expected.entries().isEmpty()) {
            expected.entries().forEach(matcher -> match(matcher, text(actual), path));
        } else if (expected.is(ExampleNode.Kind.MAP)) {
            Map<?, ?> fields = actual instanceof Map<?, ?> map ? map : Map.of();
            expected.entries()
                    .forEach(entry -> compare(entry.value(), field(fields, entry.name()), with(path, entry.name())));
        } else {
            String wanted = expected.is(ExampleNode.Kind.LIST) ? expected.json() : expected.text();
            String got = text(actual);
            if (wanted == null
                    ? got != null && !got.isEmpty()
                    : !stripped(wanted).equals(stripped(got))) {
                differs(expected.line(), path, wanted == null ? "nothing" : wanted, got);
            }
        }
    }

    private static boolean isMatchers(ExampleNode expected) {
        return expected.is(ExampleNode.Kind.MAP)
                && expected.entries().stream().allMatch(entry -> ExpectationKeys.MATCHERS.contains(entry.name()));
    }

    /** Header names have no case. */
    private static Object field(Map<?, ?> fields, String name) {
        return fields.entrySet().stream()
                .filter(field -> name.equalsIgnoreCase(String.valueOf(field.getKey())))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    private void match(ExampleNode.Entry matcher, String got, List<String> path) {
        ExampleNode value = matcher.value();
        switch (matcher.name()) {
            case "contains" -> {
                List<ExampleNode> parts = value.is(ExampleNode.Kind.LIST) ? value.items() : List.of(value);
                parts.stream()
                        .filter(part -> got == null || !got.contains(String.valueOf(part.text())))
                        .forEach(part -> differs(part.line(), path, "text that contains " + part.text(), got));
            }
            case "matches" -> {
                try {
                    if (got == null
                            || !Pattern.compile(value.text(), Pattern.DOTALL)
                                    .matcher(got)
                                    .matches()) {
                        differs(value.line(), path, "text that matches " + value.text(), got);
                    }
                } catch (PatternSyntaxException e) {
                    String problem = "`" + value.text() + "` is not a regular expression: " + e.getDescription();
                    mismatches.add(new Mismatch(value.line(), path, "", got, problem));
                }
            }
            case "absent" -> {
                boolean absent = !"false".equals(value.text());
                if (absent == (got != null && !got.isEmpty())) {
                    differs(value.line(), path, absent ? "nothing" : "a value", got);
                }
            }
            default -> {
                try {
                    compareJson(value, JSON.readTree(got == null ? "" : got), path);
                } catch (JsonProcessingException e) {
                    differs(value.line(), path, "JSON", got);
                }
            }
        }
    }

    private void compareJson(ExampleNode expected, JsonNode json, List<String> path) {
        for (ExampleNode.Entry entry : expected.entries()) {
            JsonNode field = json.path(entry.name());
            List<String> name = with(path, entry.name());
            if (field.isObject() && entry.value().is(ExampleNode.Kind.MAP) && !isMatchers(entry.value())) {
                compareJson(entry.value(), field, name);
            } else {
                Object actual = field.isMissingNode() || field.isNull()
                        ? null
                        : field.isValueNode() ? field.asText() : field.toString();
                compare(entry.value(), actual, name);
            }
        }
    }

    private static List<String> with(List<String> path, String name) {
        List<String> longer = new ArrayList<>(path);
        longer.add(name);
        return longer;
    }

    private static String text(Object value) {
        return value == null ? null : value.toString();
    }

    /** The last line break of a block of YAML means nothing. */
    private static String stripped(String text) {
        return text == null ? null : text.replace("\r\n", "\n").stripTrailing();
    }

    private void differs(int line, List<String> path, String expected, String got) {
        mismatches.add(new Mismatch(line, path, expected, got, null));
    }
}
