package io.threadpost.routecheck;

import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What the YAML DSL allows at one place.
 *
 * @param name of the definition in the schema, such as {@code ToDefinition}; empty for a place without one
 * @param types {@code string}, {@code number}, {@code boolean}, {@code array}, {@code object}; empty for anything
 * @param properties what a map may hold
 * @param closed whether it may hold nothing else
 * @param required what it must hold
 * @param choices groups of properties of which a map holds one at most
 * @param single whether it may hold one property at most
 * @param items of a list; null for anything
 * @param values what a text may be; empty for anything
 */
record SchemaShape(
        String name,
        Set<String> types,
        Map<String, JsonNode> properties,
        boolean closed,
        List<String> required,
        List<Choice> choices,
        boolean single,
        JsonNode items,
        List<String> values) {

    /**
     * Properties of which a map holds one at most.
     *
     * @param needed whether it must hold one
     */
    record Choice(Set<String> names, boolean needed) {}

    boolean allows(String type) {
        return types.isEmpty() || types.contains(type);
    }
}
