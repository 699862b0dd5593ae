package io.threadpost.routecheck;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.apache.camel.util.ObjectHelper;

import io.threadpost.routecheck.RouteVocabulary.ClassUse;

/**
 * Every class that a route may name, or call a method of. A native executable finds classes and methods by name only if
 * they were registered when it was built: {@code META-INF/native-image} does so, and a test compares it with this list.
 * What is not listed is refused in a JVM, too, so that a route does the same wherever it runs.
 */
public final class AllowedClasses {
    /**
     * A listed class.
     *
     * @param name as {@link Class#getName()} has it
     * @param methods the only ones that may be called; empty for all public ones
     */
    public record Type(String name, ClassUse use, Set<String> methods) {
        /** @return whether a method of this name may be called */
        boolean offers(String method) {
            return methods.isEmpty() || methods.contains(method);
        }

        /**
         * Loads the class without initialising it.
         *
         * @return empty for a class of a later release of Java
         */
        Optional<Class<?>> load() {
            return Optional.ofNullable(ObjectHelper.loadClass(name, AllowedClasses.class.getClassLoader()));
        }
    }

    private static final String RESOURCE = "/META-INF/routecheck/allowed-classes.txt";

    private static final Set<String> OF_A_CONTEXT =
            Set.of("getName", "getVersion", "getUptime", "getStatus", "isStarted", "getRoutesSize", "getEndpoints");
    private static final Set<String> OF_AN_ENDPOINT = Set.of("getEndpointUri", "getEndpointBaseUri", "getEndpointKey");

    /** Classes most of whose methods lead away from the message, or out of the process. */
    private static final Map<String, Set<String>> METHODS = Map.of(
            "java.lang.Class",
            Set.of("getName", "getSimpleName", "getTypeName", "getPackageName", "getCanonicalName", "toString"),
            "java.lang.System",
            Set.of("currentTimeMillis", "nanoTime", "lineSeparator"),
            "org.apache.camel.util.ObjectHelper",
            Set.of("arrayLength"),
            "org.apache.camel.CamelContext",
            OF_A_CONTEXT,
            "org.apache.camel.quarkus.core.FastCamelContext",
            OF_A_CONTEXT,
            "org.apache.camel.Endpoint",
            OF_AN_ENDPOINT,
            "org.apache.camel.support.DefaultEndpoint",
            OF_AN_ENDPOINT);

    private static final int LONGEST_LIST = 12;

    private final Map<String, Type> types = new LinkedHashMap<>();
    private final String page;

    /** @param vocabulary with the application's own classes */
    public AllowedClasses(RouteVocabulary vocabulary) {
        for (String section : read().split("(?m)^= ", -1)) {
            String name = section.lines().findFirst().orElse("");
            Stream.of(ClassUse.values())
                    .filter(use -> use.name().equals(name))
                    .forEach(use -> add(
                            use,
                            section.substring(name.length())
                                    + vocabulary.classes().getOrDefault(use, "")));
        }
        page = vocabulary.classesPage();
    }

    /** @return all classes, the most frequent ones first */
    public Collection<Type> all() {
        return types.values();
    }

    /** @return the names of the classes for this use */
    public List<String> names(ClassUse use) {
        return types.values().stream()
                .filter(type -> type.use() == use)
                .map(Type::name)
                .toList();
    }

    /** @return the class of this name, if a route may name it */
    Optional<Type> named(String name) {
        return Optional.ofNullable(types.get(name)).filter(type -> type.use() != ClassUse.INTERNAL);
    }

    /** @return the listed type of this class */
    Optional<Type> of(Class<?> type) {
        return Optional.ofNullable(types.get(type.getName()));
    }

    /** @return the advice for a class that is not listed: the nearest of these uses, by its simple name */
    String instead(String written, ClassUse... uses) {
        // The ending that all of a kind share says nothing about which one was meant.
        String ending = written.endsWith("Exception") ? "Exception" : "";
        Map<String, String> known = new LinkedHashMap<>();
        for (ClassUse use : uses) {
            names(use).forEach(name -> known.putIfAbsent(stem(name, ending), name));
        }
        String word = stem(written, ending);
        return Optional.ofNullable(known.get(word))
                .or(() -> new NearestWord(known.keySet())
                        .likely(word)
                        .filter(near -> near.regionMatches(true, 0, word, 0, 1))
                        .map(known::get))
                .map(FindingCollector::didYouMean)
                .orElseGet(() -> page + " lists them"
                        + (List.of(uses).equals(List.of(ClassUse.EXCEPTION))
                                ? "; java.lang.Exception is any"
                                : known.size() <= LONGEST_LIST ? ": " + String.join(", ", known.values()) : ""));
    }

    private static String stem(String name, String ending) {
        String last = name.substring(name.lastIndexOf('.') + 1);
        return last.endsWith(ending) ? last.substring(0, last.length() - ending.length()) : last;
    }

    private static String read() {
        try (InputStream in = AllowedClasses.class.getResourceAsStream(RESOURCE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param list of packages with a colon, each with the names of its classes */
    private void add(ClassUse use, String list) {
        String prefix = "";
        for (String word : list.split("\\s+")) {
            if (word.endsWith(":")) {
                prefix = word.substring(0, word.length() - 1) + ".";
            } else if (!word.isEmpty()) {
                String name = word.startsWith("[") ? word : prefix + word;
                types.put(name, new Type(name, use, METHODS.getOrDefault(name, Set.of())));
            }
        }
    }
}
