package io.threadpost.routecheck;

/**
 * A part of a route file that the schema knows.
 *
 * @param shape what it is
 * @param key the name it stands under; itself where it has none
 * @param value a map, or the text of a short form such as {@code to: direct:x}
 */
record Element(Shape shape, Part key, Part value) {
    boolean is(String definition) {
        return shape.name().equals(definition);
    }
}
