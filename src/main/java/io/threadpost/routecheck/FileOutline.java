package io.threadpost.routecheck;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a route file defines and what it uses, in the order of the file.
 *
 * @param routes ids of its routes
 * @param templates its route templates
 * @param configurations ids of its route configurations; an empty name for one that applies to all routes
 * @param beans names of its beans
 * @param kamelets names of its kamelets
 * @param from endpoint URIs that it consumes, without parameters, placeholders resolved where they have a value
 * @param to endpoint URIs that it sends to, likewise
 * @param words every text that is a value, to find where it mentions a name
 * @param keys every key
 * @param steps ids of its steps
 * @param uses what it needs that may be defined elsewhere
 * @param templatedRoutes route templates that it uses, with their parameters
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
        List<TemplatedRoute> templatedRoutes) {

    /** A name and its position; line and column are counted from 1. */
    public record Name(String name, int line, int column) implements SourcePosition {}

    /**
     * A route template.
     *
     * @param parameters all of its parameters
     * @param required those without a default
     * @param rules of parameters that are options with a known format
     * @param from endpoint URIs that its route consumes, with placeholders for parameters
     */
    public record Template(
            Name id,
            Set<String> parameters,
            Set<String> required,
            Map<String, RouteVocabulary.TextRule> rules,
            List<Name> from) {}

    /** A route made from a template. */
    public record TemplatedRoute(Name template, List<Parameter> parameters) {}

    /**
     * A parameter of a templated route.
     *
     * @param value as it is written; null when there is none
     */
    public record Parameter(Name name, Name value) {}

    /** Something that may be defined in another file. */
    public record Use(Kind kind, Name name) {
        /**
         * What is used. {@code PROCESSOR} and {@code STRATEGY} are beans of that type, {@code BEAN} is one of any type;
         * {@code CONSUMER} is a consumed endpoint with all of its parameters.
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

    /** @return an outline to be filled */
    static FileOutline empty() {
        return new FileOutline(
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>());
    }
}
