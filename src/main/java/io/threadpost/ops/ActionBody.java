package io.threadpost.ops;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.threadpost.routecheck.NearestWord;

/**
 * Parses the JSON object of an action. An unknown field is rejected: if it were ignored, the action might select more
 * than was meant.
 */
final class ActionBody {
    private static final int LONGEST = 500;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    private final JsonNode object;

    /** @param known the fields it may have */
    ActionBody(String text, List<String> known) {
        this.object = read(text, known);
        object.fieldNames().forEachRemaining(field -> {
            if (!known.contains(field)) {
                String advice = new NearestWord(known)
                        .likely(field)
                        .map(near -> "did you mean `" + near + "`?")
                        .orElse("use " + words(known));
                throw new ApiRefusal(400, "there is no `" + field + "` in this action", advice);
            }
        });
    }

    private static JsonNode read(String text, List<String> known) {
        try {
            JsonNode node = JSON.readTree(text);
            if (node != null && node.isObject()) {
                return node;
            }
        } catch (JsonProcessingException e) {
            throw new ApiRefusal(
                    400,
                    "the body is not JSON: "
                            + e.getOriginalMessage()
                                    .replaceAll(" \\(start marker.*", "")
                                    .replaceAll("\\s+", " "),
                    "send it as it is, quoted with '…' in a shell");
        }
        throw new ApiRefusal(
                400,
                "the body is not a JSON object",
                known.isEmpty() ? "send {}" : "send an object with " + words(known));
    }

    private static String words(List<String> known) {
        return known.isEmpty() ? "{}" : "`" + String.join("`, `", known) + "`";
    }

    boolean has(String field) {
        return object.hasNonNull(field);
    }

    /** @return one line of text; null when it is not there */
    String text(String field) {
        if (!has(field)) {
            return null;
        }
        String text = object.get(field).textValue();
        if (text == null
                || text.isBlank()
                || text.length() > LONGEST
                || text.chars().anyMatch(Character::isISOControl)) {
            throw wrong(field, "a text of one line, of at most " + LONGEST + " characters");
        }
        return text.strip();
    }

    /**
     * Reads a list.
     *
     * @param most the most that are allowed
     * @return its texts; empty when it is not there
     */
    List<String> texts(String field, int most) {
        if (!has(field)) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        object.get(field).forEach(text -> texts.add(text.textValue()));
        if (!object.get(field).isArray() || texts.isEmpty() || texts.size() > most || texts.contains(null)) {
            throw wrong(field, "a list of 1 to " + most + " texts");
        }
        return texts;
    }

    /** @return null when it is not there */
    Long number(String field) {
        if (!has(field)) {
            return null;
        }
        if (!object.get(field).canConvertToLong() || !object.get(field).isIntegralNumber()) {
            throw wrong(field, "a whole number");
        }
        return object.get(field).longValue();
    }

    /** @return whether it is there, and true */
    boolean flag(String field) {
        if (has(field) && !object.get(field).isBoolean()) {
            throw wrong(field, "true or false");
        }
        return object.path(field).booleanValue();
    }

    private static ApiRefusal wrong(String field, String what) {
        return new ApiRefusal(400, "`" + field + "` is malformed", "write " + what);
    }
}
