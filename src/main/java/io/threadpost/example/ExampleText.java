package io.threadpost.example;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;

import io.threadpost.preview.ExpectationKeys;
import io.threadpost.preview.Passage;
import io.threadpost.preview.Preview;

/** Writes an example as YAML: what is given, and as what is expected whatever two previews have in common. */
final class ExampleText {
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> MAIL_FIELDS = List.of("from", "subject", "text", "person");

    private final StringBuilder yaml = new StringBuilder();

    /** Adds a line. */
    ExampleText line(int level, String text) {
        yaml.append("  ".repeat(level)).append(text).append('\n');
        return this;
    }

    /** Adds a name with a value: a scalar, or a map or a list with what is in it. */
    ExampleText value(int level, String name, JsonNode value) {
        // JSON is YAML.
        return line(level, name + ": " + value);
    }

    /** Adds a raw mail, line by line. */
    ExampleText block(int level, String name, String text) {
        line(level, name + ": |");
        text.lines().forEach(row -> line(row.isEmpty() ? 0 : level + 1, row));
        return this;
    }

    /** Adds what is expected. */
    ExampleText expect(Preview.Result first, Preview.Result second) {
        line(0, "expect:");
        Set<String> spools = new LinkedHashSet<>();
        first.passages().forEach(passage -> passage.sent().forEach(item -> spools.add(item.spool())));
        ArrayNode list = JSON.createArrayNode();
        spools.forEach(list::add);
        line(1, "spools: " + list);
        first.mail().ifPresent(mail -> {
            line(1, "mail:");
            MAIL_FIELDS.forEach(field -> scalar(mail.fields().get(field)).ifPresent(text -> value(2, field, text)));
            line(2, mail.parked().map(why -> "parked: " + quote(why.getKey())).orElse("parked: {absent: true}"));
        });
        first.passages().stream()
                .filter(passage ->
                        !passage.failure().isEmpty() || !passage.rejected().isEmpty())
                .findFirst()
                .ifPresent(failed -> line(1, "failure: " + quote(failed.failure())));
        ExpectationKeys.EFFECTS.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(kind -> effects(kind.getKey(), kind.getValue(), effects(first), effects(second)));
        return this;
    }

    private void effects(
            String name, ExpectationKeys.Effects kind, List<Passage.Effect> first, List<Passage.Effect> second) {
        List<Integer> of = new ArrayList<>();
        for (int i = 0; i < first.size(); i++) {
            if (first.get(i).kind().equals(kind.kind())) {
                of.add(i);
            }
        }
        if (of.isEmpty()) {
            return;
        }
        line(1, name + ":");
        for (int place : of) {
            Map<String, Object> fields = first.get(place).fields();
            Map<String, Object> again =
                    place < second.size() ? second.get(place).fields() : Map.of();
            Map<String, String> lines = new LinkedHashMap<>();
            for (String field : kind.fields()) {
                expected(fields.get(field), again.get(field)).ifPresent(value -> lines.put(field, value));
            }
            if (lines.isEmpty()) {
                line(2, "- {}");
            }
            String mark = "- ";
            for (Map.Entry<String, String> line : lines.entrySet()) {
                line(2, mark + line.getKey() + ": " + line.getValue());
                mark = "  ";
            }
        }
    }

    private static List<Passage.Effect> effects(Preview.Result result) {
        return result.passages().stream()
                .flatMap(passage -> passage.effects().stream())
                .toList();
    }

    /** @return what is expected of a value that is the same twice */
    private static Optional<String> expected(Object value, Object again) {
        if (value instanceof Map<?, ?> map) {
            Map<String, String> same = new LinkedHashMap<>();
            map.forEach((key, entry) -> {
                Object other = again instanceof Map<?, ?> others ? others.get(key) : null;
                if (Objects.equals(entry, other)) {
                    scalar(entry).ifPresent(text -> same.put(String.valueOf(key), text.toString()));
                }
            });
            return same.isEmpty()
                    ? Optional.empty()
                    : Optional.of("{"
                            + String.join(
                                    ", ",
                                    same.entrySet().stream()
                                            .map(entry -> quote(entry.getKey()) + ": " + entry.getValue())
                                            .toList())
                            + "}");
        }
        if (!Objects.equals(value, again)) {
            return Optional.empty();
        }
        Optional<String> json = value instanceof String text ? jsonFields(text) : Optional.empty();
        return json.isPresent() ? json : scalar(value).map(JsonNode::toString);
    }

    /** @return the fields of a JSON object, each by itself, so that a difference is easy to read */
    private static Optional<String> jsonFields(String text) {
        try {
            JsonNode object = text.stripLeading().startsWith("{") ? JSON.readTree(text) : null;
            if (object == null || object.isEmpty() || !object.isObject()) {
                return Optional.empty();
            }
            List<String> fields = new ArrayList<>();
            object.fields().forEachRemaining(field -> {
                if (field.getValue().isValueNode()) {
                    fields.add(quote(field.getKey()) + ": "
                            + (field.getValue().isNull()
                                    ? "{absent: true}"
                                    : quote(field.getValue().asText())));
                }
            });
            return Optional.of("{json: {" + String.join(", ", fields) + "}}");
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static Optional<JsonNode> scalar(Object value) {
        return value == null || value instanceof Map || value instanceof Iterable
                ? Optional.empty()
                : Optional.of(JSON.getNodeFactory().textNode(String.valueOf(value)));
    }

    private static String quote(String text) {
        return JSON.getNodeFactory().textNode(text).toString();
    }

    @Override
    public String toString() {
        return yaml.toString();
    }
}
