package io.threadpost.routecheck;

import java.util.List;

/**
 * What a route file brings and what it uses, in the order of the file.
 *
 * @param routes ids of its routes
 * @param templates ids of its route templates
 * @param configurations ids of its route configurations; an empty name for one that holds for all routes
 * @param beans names of its beans
 * @param kamelets names of its kamelets
 * @param from endpoint URIs that it takes from, without parameters, settings resolved where they can be
 * @param to endpoint URIs that it sends to, likewise
 * @param words every scalar, for finding out whether it mentions a name
 * @param steps ids of its steps
 * @param uses what it needs from elsewhere
 */
public record Outline(
        List<Name> routes,
        List<Name> templates,
        List<Name> configurations,
        List<Name> beans,
        List<Name> kamelets,
        List<Name> from,
        List<Name> to,
        List<String> words,
        List<Name> steps,
        List<Use> uses) {
    /** A name and where it stands; line and column are counted from 1. */
    public record Name(String name, int line, int column) {}

    /** Something that may be defined in another file. */
    public record Use(Kind kind, Name name) {
        /**
         * What is used. {@code PROCESSOR} and {@code STRATEGY} are beans of that kind, {@code BEAN} is one of any kind; {@code CONSUMER} is
         * an endpoint that is taken from, with all of its parameters.
         */
        public enum Kind {
            PROCESSOR,
            STRATEGY,
            BEAN,
            TEMPLATE,
            KAMELET,
            CONFIGURATION,
            CONSUMER
        }
    }

    /** Of a file that could not be parsed. */
    static final Outline NONE = new Outline(
            List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
            List.of());
}
