package io.threadpost.routecheck;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What an application adds to Camel's route language. By default it adds nothing. */
public interface RouteVocabulary {
    /** @return the application's name, for findings; its headers and properties begin with it */
    default String application() {
        return "the application";
    }

    /** @return the page that lists the application's steps and names, for findings */
    default String namesPage() {
        return "the documentation";
    }

    /** @return the page that lists the classes that routes may name, for findings */
    default String classesPage() {
        return "the documentation";
    }

    /** @return what to do instead of writing JSON as text */
    default String jsonAdvice() {
        return "let a data format or a bean make it, which escapes texts";
    }

    /** @return the application's own components */
    default List<Component> components() {
        return List.of();
    }

    /** @return beans that routes refer to */
    default List<Step> steps() {
        return List.of();
    }

    /** @return endpoints consumed by routes that are written in Java, such as {@code direct:get-threads} */
    default List<String> endpoints() {
        return List.of();
    }

    /** @return endpoints between the application's own routes, which are never suggested */
    default List<String> internalEndpoints() {
        return List.of();
    }

    /** @return ids of routes that are written in Java, which no other route may have */
    default List<String> routes() {
        return List.of();
    }

    /** @return headers and exchange properties that the application sets or reads */
    default List<ExchangeName> exchangeNames() {
        return List.of();
    }

    /** @return bodies with known fields */
    default Bodies bodies() {
        return new Bodies(List.of(), Map.of(), Set.of());
    }

    /** @return steps that a route from an endpoint cannot do without */
    default List<RequiredStep> requiredSteps() {
        return List.of();
    }

    /** @return steps that need another one in their route */
    default List<Companion> companions() {
        return List.of();
    }

    /** @return steps and endpoints that only prepare something and cannot be the last step */
    default List<Preparation> preparations() {
        return List.of();
    }

    /**
     * @return EIPs that this build does not support, by the name of their definition, such as {@code SagaDefinition}
     */
    default Map<String, Unsupported> unsupported() {
        return Map.of();
    }

    /**
     * @return classes that routes may name, as {@link AllowedClasses} lists Camel's own: {@code package: Name Name …}
     */
    default Map<ClassUse, String> classes() {
        return Map.of();
    }

    /** What is wrong with a text, and what to write instead; both without a full stop. */
    record Problem(String problem, String advice) {}

    /** A rule for the value of an option or the path of a component. */
    @FunctionalInterface
    interface TextRule {
        /**
         * @param text not blank, and without placeholders; it may hold expressions such as {@code ${header.x}}
         * @return empty when the text is valid
         */
        Optional<Problem> problem(String text);
    }

    /** A component. Its description is a resource, in Camel's own format. */
    record Component(
            String scheme, TextRule path, Map<String, TextRule> options, List<Conflict> conflicts, Set<Trait> traits) {
        boolean has(Trait trait) {
            return traits.contains(trait);
        }
    }

    /** Two options that exclude each other. */
    record Conflict(String one, String other, Problem problem) {}

    /** How exchanges flow through a component. */
    enum Trait {
        /** What is sent there waits for a route of the same process to consume it. */
        IN_PROCESS,
        /** One route can consume an endpoint; two with different options compete for its exchanges. */
        SINGLE_CONSUMER,
        /** Sending leaves the body as it is. */
        ONE_WAY
    }

    /**
     * A bean that routes name.
     *
     * @param description what it does, in one sentence
     */
    record Step(String name, Kind kind, String description) {
        /** How routes refer to it. */
        public enum Kind {
            /** {@code process: {ref: …}}. */
            PROCESSOR,
            /** {@code aggregationStrategy: …}. */
            STRATEGY
        }
    }

    /**
     * A header or an exchange property.
     *
     * @param open whether routes may read it; others are internal
     * @param description what it holds and who sets it, in one or two sentences
     */
    record ExchangeName(String name, Kind kind, boolean open, String description) {
        /** Where it is stored. */
        public enum Kind {
            /** A header of the message. */
            HEADER,
            /** A property of the exchange. */
            PROPERTY
        }
    }

    /**
     * A body with known fields.
     *
     * @param noun with its article, such as {@code a mail}
     * @param declaredIn the setting that lists further fields; variables that a file sets count as fields then, too
     */
    record Body(String noun, Set<String> fields, Optional<String> declaredIn) {}

    /**
     * Where bodies with known fields come from.
     *
     * @param steps by the name of the step that makes the body
     * @param keeping names of steps that leave the body as it is, or keep its fields
     */
    record Bodies(List<BodySource> endpoints, Map<String, Body> steps, Set<String> keeping) {}

    /**
     * Endpoints that are consumed.
     *
     * @param uri as it is written in the file
     * @param unless the option with which other bodies come; empty when there is none
     * @param certain whether no other body can come from there
     */
    record BodySource(Pattern uri, String unless, Body body, boolean certain) {}

    /** @param consequence what happens without it, such as {@code nothing would be pulled} */
    record RequiredStep(String scheme, String step, String consequence, String advice) {}

    /**
     * A step that another one needs.
     *
     * @param consequence what happens when a route has the step without that one
     */
    record Companion(String step, String needed, String consequence, String advice) {}

    /**
     * Something that only prepares a delivery.
     *
     * @param name of a step, or an endpoint's scheme with its colon
     * @param consequence what happens when nothing follows, such as {@code nothing would be delivered}
     */
    record Preparation(String name, String consequence, String advice) {}

    /** @param missing what this build lacks, such as {@code no transaction manager} */
    record Unsupported(String missing, String advice) {}

    /** What a class is listed for. */
    enum ClassUse {
        /** To convert to, and to call methods of. */
        VALUE,
        /** In {@code onException}, {@code doCatch} and {@code throwException}. */
        EXCEPTION,
        /** As {@code #class:} in {@code aggregationStrategy}. */
        STRATEGY,
        /** As {@code type} of a bean. */
        BEAN,
        /** Run-time classes of values: no route names them, but their methods are called. */
        INTERNAL
    }
}
