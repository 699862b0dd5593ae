package io.threadpost.routecheck;

import java.util.Optional;

/**
 * A part of a route file that the schema knows.
 *
 * @param shape what it is
 * @param key the name it stands under; itself where it has none
 * @param value a map, or the text of a short form such as {@code to: direct:x}
 * @param parent the element around it; null for the outermost
 */
record ModelElement(SchemaShape shape, YamlNode key, YamlNode value, ModelElement parent) {
    boolean is(String definition) {
        return shape.name().equals(definition);
    }

    /** @return its name in the schema, such as {@code ToDefinition} */
    String definition() {
        return shape.name();
    }

    /** @return the text of the short form, or of the key in the long one; empty when it is not written */
    Optional<YamlNode> text(String key) {
        return (value.is(YamlNode.Kind.TEXT) ? Optional.of(value) : value.at(key))
                .filter(yamlNode -> yamlNode.is(YamlNode.Kind.TEXT));
    }
}
