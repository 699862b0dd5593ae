package io.threadpost.sandbox;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Reads the properties of a JSON object by the contract, and refuses all others: the platform's requests are strict.
 */
record JsonShape(JsonNode node, String name) {
    private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final int MAX_ITEMS = 1000;

    /** {@code additionalProperties: false}. */
    JsonShape only(Set<String> known) throws RequestRefused {
        if (!node.isObject()) {
            throw RequestRefused.malformed(name + " must be an object");
        }
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            String property = names.next();
            if (!known.contains(property)) {
                throw RequestRefused.malformed("Unknown property '" + property + "' in " + name);
            }
        }
        return this;
    }

    /** A required string of at least one character. */
    String text(String property) throws RequestRefused {
        JsonNode value = node.get(property);
        if (value == null || value.isNull()) {
            throw RequestRefused.malformed(property + " is required");
        }
        if (!value.isTextual() || value.textValue().isEmpty()) {
            throw RequestRefused.malformed(property + " must be a string of at least one character");
        }
        return value.textValue();
    }

    /** A string, which may be empty. */
    String string(String property) throws RequestRefused {
        if (!node.get(property).isTextual()) {
            throw RequestRefused.malformed(property + " must be a string");
        }
        return node.get(property).textValue();
    }

    boolean has(String property) {
        return node.hasNonNull(property);
    }

    /** A nested object, or null where the property is absent or null. */
    JsonShape object(String property, Set<String> known) throws RequestRefused {
        return has(property) ? new JsonShape(node.get(property), property).only(known) : null;
    }

    /** 1..1000 UUIDs, or null where the property is absent or null. */
    List<UUID> uuids(String property) throws RequestRefused {
        if (!has(property)) {
            return null;
        }
        JsonNode array = node.get(property);
        if (!array.isArray() || array.isEmpty() || array.size() > MAX_ITEMS) {
            throw RequestRefused.malformed(property + " must be an array of 1 to 1000 identifiers");
        }
        List<UUID> ids = new ArrayList<>(array.size());
        for (JsonNode item : array) {
            ids.add(uuid(item, property));
        }
        return ids;
    }

    /** A UUID, or null where the property is absent or null. */
    UUID uuid(String property) throws RequestRefused {
        return has(property) ? uuid(node.get(property), property) : null;
    }

    /** A required integer within bounds. */
    int integer(String property, int least, int most) throws RequestRefused {
        JsonNode value = node.get(property);
        if (value == null || !value.isIntegralNumber() || !value.canConvertToInt()) {
            throw RequestRefused.malformed(property + " must be an integer");
        }
        if (value.intValue() < least || value.intValue() > most) {
            throw RequestRefused.malformed(property + " must be between " + least + " and " + most);
        }
        return value.intValue();
    }

    /** A required time, in ticks. */
    long time(String property) throws RequestRefused {
        OptionalLong ticks = SandboxTicks.parse(text(property));
        if (ticks.isEmpty()) {
            throw RequestRefused.malformed(property + " of " + name + " must be an ISO 8601 date and time with offset");
        }
        return ticks.getAsLong();
    }

    private static UUID uuid(JsonNode value, String property) throws RequestRefused {
        if (!value.isTextual() || !UUID_TEXT.matcher(value.textValue()).matches()) {
            throw RequestRefused.malformed(property + " must be a UUID");
        }
        return UUID.fromString(value.textValue());
    }
}
