package io.threadpost.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import io.quarkus.runtime.annotations.RegisterForReflection;

import io.threadpost.ops.DeadItemsResource.DeadItemView;

/**
 * Jackson reads and writes types by reflection, which a native executable allows for registered ones alone. The build
 * registers what methods of resources take and return, with all that these hold; everything else that reaches Jackson
 * has to be registered by hand.
 */
@AnalyzeClasses(packages = "io.threadpost", importOptions = ImportOption.DoNotIncludeTests.class)
class JacksonTypesTest {
    private static final java.nio.file.Path ARRAYS =
            java.nio.file.Path.of("src/main/resources/META-INF/native-image/io.threadpost/api/reflect-config.json");
    private static final String HOUSE = "io.threadpost";
    private static final Set<String> WRITES_OR_READS = Set.of(
            "entity",
            "ok",
            "writeValue",
            "writeValueAsString",
            "writeValueAsBytes",
            "writerFor",
            "readValue",
            "readValues",
            "readerFor",
            "readerForMapOf",
            "readerForListOf",
            "readerForUpdating",
            "updateValue",
            "convertValue",
            "treeToValue",
            "valueToTree");

    /** They hold what Jackson wrote, or are looked at for bytes that are no JSON. */
    private static final Set<String> PASSED_BY =
            Set.of("io.threadpost.spool.ItemCodec$Json", "io.threadpost.mail.MailRecord");

    @ArchTest
    static void whatReachesJacksonIsRegistered(JavaClasses classes) {
        Set<String> registered = names(withAllTheyHold(inSignaturesOfResources(classes)));
        classes.stream()
                .filter(type -> type.isAnnotatedWith(RegisterForReflection.class))
                .forEach(type -> registered.add(type.getName()));

        assertThat(registered).containsAll(names(withAllTheyHold(handedToJackson(classes))));
    }

    /** What lists hold: Jackson makes an empty array of it when it looks at the fields of the list itself. */
    @ArchTest
    static void arraysOfWhatListsHoldAreRegistered(JavaClasses classes) throws IOException {
        Collection<JavaClass> types =
                withAllTheyHold(Stream.concat(inSignaturesOfResources(classes), handedToJackson(classes)));
        Set<String> arrays = new TreeSet<>();
        types.stream()
                .flatMap(type -> type.getFields().stream())
                .filter(field -> field.getRawType().getPackageName().equals("java.util"))
                .flatMap(field -> field.getType().getAllInvolvedRawTypes().stream())
                .filter(held -> !held.getPackageName().equals("java.util"))
                .forEach(held -> arrays.add("{\"name\":\"[L" + held.getName() + ";\"}"));

        assertThat(arrays).anyMatch(array -> array.contains("SpoolsResource$Spool"));
        assertThat(Files.readString(ARRAYS))
                .isEqualTo(arrays.stream().collect(Collectors.joining(",\n", "[\n", "\n]\n")));
    }

    @ArchTest
    static void everyRecordOfTheAnswersIsFound(JavaClasses classes) {
        assertThat(names(withAllTheyHold(inSignaturesOfResources(classes))))
                .contains(DeadItemView.class.getName(), SpoolsResource.Spool.class.getName());
        assertThat(names(handedToJackson(classes))).contains(ApiErrors.Failure.class.getName());
    }

    private static Stream<JavaClass> inSignaturesOfResources(JavaClasses classes) {
        return classes.stream()
                .filter(type -> type.isAnnotatedWith(Path.class))
                .flatMap(type -> type.getMethods().stream())
                .filter(JacksonTypesTest::answersRequests)
                .flatMap(
                        method -> Stream.concat(Stream.of(method.getReturnType()), method.getParameterTypes().stream()))
                .flatMap(type -> type.getAllInvolvedRawTypes().stream());
    }

    private static boolean answersRequests(JavaMethod method) {
        return method.getAnnotations().stream()
                .anyMatch(annotation -> annotation.getRawType().isAnnotatedWith(HttpMethod.class));
    }

    /** Types that a method which calls Jackson may hand to it: those it makes, takes, names or gets from elsewhere. */
    private static Stream<JavaClass> handedToJackson(JavaClasses classes) {
        return classes.stream()
                // It is in no native executable.
                .filter(type -> !type.getPackageName().equals(HOUSE + ".sandbox"))
                .flatMap(type -> type.getMethodCallsFromSelf().stream())
                .filter(JacksonTypesTest::writesOrReads)
                .map(JavaMethodCall::getOrigin)
                .distinct()
                .flatMap(JacksonTypesTest::typesIn)
                .filter(type -> type.getName().startsWith(HOUSE))
                .filter(type -> type.isRecord() && !PASSED_BY.contains(type.getName()));
    }

    private static boolean writesOrReads(JavaMethodCall call) {
        JavaClass owner = call.getTargetOwner();
        return WRITES_OR_READS.contains(call.getName())
                && Stream.of(ObjectMapper.class, ObjectWriter.class, ObjectReader.class, Response.class)
                        .anyMatch(type ->
                                owner.isAssignableTo(type) || owner.isEquivalentTo(Response.ResponseBuilder.class));
    }

    private static Stream<JavaClass> typesIn(JavaCodeUnit code) {
        return Stream.of(
                        code.getConstructorCallsFromSelf().stream().map(call -> call.getTargetOwner()),
                        code.getMethodCallsFromSelf().stream()
                                .map(call -> call.getTarget().getRawReturnType()),
                        code.getRawParameterTypes().stream(),
                        code.getReferencedClassObjects().stream().map(reference -> reference.getRawType()))
                .flatMap(types -> types);
    }

    private static Collection<JavaClass> withAllTheyHold(Stream<JavaClass> types) {
        Set<JavaClass> all = new HashSet<>();
        types.forEach(type -> add(type, all));
        return all;
    }

    private static void add(JavaClass type, Set<JavaClass> all) {
        if (type.getName().startsWith(HOUSE) && all.add(type)) {
            type.getFields().stream()
                    .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
                    .map(field -> (JavaType) field.getType())
                    .flatMap(held -> held.getAllInvolvedRawTypes().stream())
                    .forEach(held -> add(held, all));
        }
    }

    private static Set<String> names(Collection<JavaClass> types) {
        Set<String> names = new TreeSet<>();
        types.forEach(type -> names.add(type.getName()));
        return names;
    }

    private static Set<String> names(Stream<JavaClass> types) {
        return names(types.toList());
    }
}
