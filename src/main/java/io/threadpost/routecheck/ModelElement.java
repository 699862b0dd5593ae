package io.threadpost.routecheck;

import java.util.Optional;

/**
 * A node of a route file that the schema knows.
 *
 * @param shape what it is
 * @param key its key; the node itself where it has none
 * @param value a map, or the text of a short form such as {@code to: direct:x}
 * @param parent the element around it; null for the outermost
 */
record ModelElement(YamlDslSchema.Shape shape, YamlNode key, YamlNode value, ModelElement parent) {
    boolean is(String definition) {
        return shape.name().equals(definition);
    }

    /** @return its name in the schema, such as {@code ToDefinition} */
    String definition() {
        return shape.name();
    }

    /** @return the text of the short form, or of the key in the long form; empty when neither is written */
    Optional<YamlNode> text(String key) {
        return value.isText() ? Optional.of(value) : value.text(key);
    }

    /** @return whether this is the element itself or inside of it */
    boolean within(ModelElement outer) {
        ModelElement element = this;
        while (element != null && element != outer) {
            element = element.parent();
        }
        return element != null;
    }
}
