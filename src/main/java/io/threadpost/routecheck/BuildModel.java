package io.threadpost.routecheck;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;

/**
 * The components, steps and names of this build, Camel's and the application's. Reading it takes a fraction of a
 * second; all files share it.
 *
 * @param simpleFunctions names of the functions of Camel's simple language
 * @param properties names of Camel's exchange properties
 */
record BuildModel(
        RouteContext context,
        CamelJars jars,
        ComponentModels components,
        AllowedClasses classes,
        YamlDslSchema schema,
        List<String> simpleFunctions,
        HeaderNames headers,
        Set<String> properties,
        Placeholders placeholders) {
    /** Functions of simple that call the language of their name; Camel's parser accepts them without it. */
    static final Set<String> LANGUAGE_FUNCTIONS = Set.of("jq", "jsonpath", "xpath");

    static BuildModel of(RouteContext context) {
        CamelJars jars = new CamelJars(BuildModel.class.getClassLoader());
        return new BuildModel(
                context,
                jars,
                new ComponentModels(jars, context.vocabulary()),
                new AllowedClasses(context.vocabulary()),
                new YamlDslSchema(jars),
                simpleFunctions(jars),
                new HeaderNames(jars),
                Arrays.stream(ExchangePropertyKey.values())
                        .map(ExchangePropertyKey::getName)
                        .collect(Collectors.toSet()),
                new Placeholders(context));
    }

    private static List<String> simpleFunctions(CamelJars jars) {
        List<String> names = new ArrayList<>();
        jars.description(CamelJars.Kind.LANGUAGE, "simple")
                .orElseThrow()
                .path("functions")
                .fieldNames()
                .forEachRemaining(name -> names.add(name.replaceFirst("[(:].*|\\.name.*", "")));
        return names.stream()
                .distinct()
                .filter(name -> !LANGUAGE_FUNCTIONS.contains(name)
                        || jars.description(CamelJars.Kind.LANGUAGE, name).isPresent())
                .toList();
    }

    /**
     * The headers that Camel's components describe, read when the first one is asked for, and those of a redelivery.
     */
    static final class HeaderNames {
        private static final List<String> REDELIVERY =
                List.of(Exchange.REDELIVERED, Exchange.REDELIVERY_COUNTER, Exchange.REDELIVERY_MAX_COUNTER);

        private final CamelJars jars;
        private Set<String> all;

        HeaderNames(CamelJars jars) {
            this.jars = jars;
        }

        synchronized Set<String> all() {
            if (all == null) {
                all = new TreeSet<>(REDELIVERY);
                for (String component : jars.names(CamelJars.Kind.COMPONENT)) {
                    jars.description(CamelJars.Kind.COMPONENT, component)
                            .ifPresent(description ->
                                    description.path("headers").fieldNames().forEachRemaining(all::add));
                }
            }
            return all;
        }
    }
}
