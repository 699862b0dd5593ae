package io.threadpost.routecheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.jayway.jsonpath.internal.function.PathFunctionFactory;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.util.ObjectHelper;
import org.junit.jupiter.api.Test;

import io.threadpost.vocabulary.ThreadpostVocabulary;

/**
 * What routes may name is registered in the build, neither more nor less. Camel asks a class for its constructors and
 * for the methods of all types above it, and calls the method that it finds on the one or the other.
 */
class AllowedClassesTest {
    private static final Path FILE =
            Path.of("src/main/resources/META-INF/native-image/io.threadpost/routes/reflect-config.json");
    private static final AllowedClasses TYPES = new AllowedClasses(new ThreadpostVocabulary());
    private static final String ALL = "\"allPublicMethods\":true";
    private static final String PARTS = "\"queryAllDeclaredMethods\":true,\"queryAllDeclaredConstructors\":true";

    @Test
    void theRegistrationsAreThoseOfTheList() throws IOException {
        String wanted = registrations();
        Path proposal = Path.of("target/reflect-config.json");
        Files.writeString(proposal, wanted);

        // A later Java has types above these that this one does not know.
        assertThat(names(FILE)).containsAll(names(proposal));
        if (Runtime.version().feature() == 17) {
            assertThat(Files.readString(FILE))
                    .as("copy %s to %s", proposal, FILE)
                    .isEqualTo(wanted);
        }
    }

    @Test
    void everyClassIsThere() {
        Set<String> later = Set.of("java.util.SequencedCollection", "java.util.SequencedMap", "java.util.SequencedSet");
        assertThat(TYPES.all().stream()
                        .filter(type -> load(type.name()) == null)
                        .map(AllowedClasses.Type::name)
                        .filter(name -> Runtime.version().feature() >= 21 || !later.contains(name)))
                .isEmpty();
    }

    @Test
    void everyClassIsWhatItIsListedFor() {
        for (AllowedClasses.Type type : TYPES.all()) {
            Class<?> loaded = load(type.name());
            if (loaded != null) {
                assertThat(Throwable.class.isAssignableFrom(loaded))
                        .as(type.name())
                        .isEqualTo(type.use() == RouteVocabulary.ClassUse.EXCEPTION);
                assertThat(AggregationStrategy.class.isAssignableFrom(loaded))
                        .as(type.name())
                        .isEqualTo(type.use() == RouteVocabulary.ClassUse.STRATEGY);
                if (type.use() == RouteVocabulary.ClassUse.STRATEGY || type.use() == RouteVocabulary.ClassUse.BEAN) {
                    assertThat(ObjectHelper.hasDefaultPublicNoArgConstructor(loaded))
                            .as(type.name())
                            .isTrue();
                }
            }
        }
    }

    @Test
    void ourOwnExceptionsAreListed() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java/io/threadpost"))) {
            List<String> own = files.filter(file -> file.toString().endsWith("Exception.java"))
                    .map(file -> Path.of("src/main/java")
                            .relativize(file)
                            .toString()
                            .replace('/', '.')
                            .replaceFirst("\\.java$", ""))
                    .toList();
            assertThat(TYPES.names(RouteVocabulary.ClassUse.EXCEPTION))
                    .as(
                            "the lists in AllowedClasses and ThreadpostVocabulary; docs/reference/classes.md and "
                                    + "%s follow them",
                            FILE)
                    .containsAll(own);
        }
    }

    @Test
    @SuppressWarnings("rawtypes")
    void functionsOfJsonPathCanBeMade() throws IOException {
        Map<String, Class> functions = new TreeMap<>(PathFunctionFactory.FUNCTIONS);
        JsonNode registered = new ObjectMapper().readTree(FILE.toFile());

        assertThat(PropertyCheck.FUNCTIONS).containsExactlyInAnyOrderElementsOf(functions.keySet());
        functions.values().forEach(function -> assertThat(registered)
                .filteredOn(entry -> entry.path("name").asText().equals(function.getName()))
                .singleElement()
                .satisfies(entry ->
                        assertThat(entry.at("/methods/0/name").asText()).isEqualTo("<init>")));
    }

    private static String registrations() {
        Map<String, String> entries = new TreeMap<>();
        for (AllowedClasses.Type type : TYPES.all()) {
            Class<?> loaded = load(type.name());
            if (loaded == null) {
                entries.put(type.name(), "{\"name\":\"%s\",%s,%s}".formatted(type.name(), PARTS, ALL));
                continue;
            }
            for (Class<?> each : withAllAbove(loaded)) {
                String methods = type.methods().isEmpty() ? ALL : methods(each, type.methods());
                String made = each == loaded
                                && type.use() != RouteVocabulary.ClassUse.INTERNAL
                                && type.methods().isEmpty()
                        ? ",\"allPublicConstructors\":true" + (constants(each) ? ",\"allPublicFields\":true" : "")
                        : "";
                String entry = "{\"name\":\"%s\",%s,%s%s}".formatted(each.getName(), PARTS, methods, made);
                entries.merge(each.getName(), entry, AllowedClassesTest::richer);
            }
        }
        PathFunctionFactory.FUNCTIONS
                .values()
                .forEach(function -> entries.put(
                        function.getName(),
                        "{\"name\":\"%s\",\"methods\":[{\"name\":\"<init>\",\"parameterTypes\":[]}]}"
                                .formatted(function.getName())));
        return "[\n" + String.join(",\n", entries.values()) + "\n]\n";
    }

    /** All methods are more than some, and constructors more than none. */
    private static String richer(String one, String other) {
        if (one.contains(ALL) == other.contains(ALL)) {
            return one.length() >= other.length() ? one : other;
        }
        return one.contains(ALL) ? one : other;
    }

    private static String methods(Class<?> type, Set<String> names) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && names.contains(method.getName()))
                .map(method -> "{\"name\":\"%s\",\"parameterTypes\":[%s]}"
                        .formatted(
                                method.getName(),
                                Arrays.stream(method.getParameterTypes())
                                        .map(parameter -> "\"" + parameter.getTypeName() + "\"")
                                        .collect(Collectors.joining(","))))
                .distinct()
                .sorted()
                .collect(Collectors.joining(",", "\"methods\":[", "]"));
    }

    private static boolean constants(Class<?> type) {
        return Arrays.stream(type.getFields()).anyMatch(field -> Modifier.isStatic(field.getModifiers()));
    }

    private static Set<Class<?>> withAllAbove(Class<?> type) {
        Set<Class<?>> all = new LinkedHashSet<>();
        above(type, all);
        return all;
    }

    private static void above(Class<?> type, Set<Class<?>> all) {
        if (type != null && (type != Object.class || all.isEmpty()) && all.add(type)) {
            above(type.getSuperclass(), all);
            Arrays.stream(type.getInterfaces()).forEach(each -> above(each, all));
        }
    }

    private static Set<String> names(Path file) throws IOException {
        Set<String> names = new TreeSet<>();
        new ObjectMapper()
                .readTree(file.toFile())
                .forEach(entry -> names.add(entry.path("name").asText()));
        return names;
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, AllowedClassesTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            return null;
        }
    }
}
