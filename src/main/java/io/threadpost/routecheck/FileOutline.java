package io.threadpost.routecheck;

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.threadpost.settings.TextFormat;

/**
 * What a route file brings and what it uses, in the order of the file.
 *
 * @param routes ids of its routes
 * @param templates its route templates
 * @param configurations ids of its route configurations; an empty name for one that holds for all routes
 * @param beans names of its beans
 * @param kamelets names of its kamelets
 * @param from endpoint URIs that it takes from, without parameters, settings resolved where they can be
 * @param to endpoint URIs that it sends to, likewise
 * @param words every text that stands as a value, for finding out whether and where it mentions a name
 * @param keys every text that stands as a key
 * @param steps ids of its steps
 * @param uses what it needs from elsewhere
 * @param filled route templates that it uses, with the parameters it gives
 */
public record FileOutline(
        List<Name> routes,
        List<Template> templates,
        List<Name> configurations,
        List<Name> beans,
        List<Name> kamelets,
        List<Name> from,
        List<Name> to,
        List<Name> words,
        List<Name> keys,
        List<Name> steps,
        List<Use> uses,
        List<Filled> filled) {
    /** A name and where it stands; line and column are counted from 1. */
    public record Name(String name, int line, int column) {}

    /**
     * A route template.
     *
     * @param parameters all that it has
     * @param needed those that have to be given
     * @param forms those whose text has a form that is known
     * @param from endpoint URIs that its route takes from, with the names of parameters in them
     */
    public record Template(
            Name id, Set<String> parameters, Set<String> needed, Map<String, TextFormat> forms, List<Name> from) {}

    /** A use of a route template. */
    public record Filled(Name template, List<Given> parameters) {}

    /** A parameter that is given. @param value as it is written; null when it is none */
    public record Given(Name name, Name value) {}

    /** Something that may be defined in another file. */
    public record Use(Kind kind, Name name) {
        /**
         * What is used. {@code PROCESSOR} and {@code STRATEGY} are beans of that kind, {@code BEAN} is one of any kind;
         * {@code CONSUMER} is an endpoint that is taken from, with all of its parameters.
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
    static final FileOutline NONE = new FileOutline(
            List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
            List.of(), List.of(), List.of());
}
