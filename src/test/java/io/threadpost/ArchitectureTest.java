package io.threadpost;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.ServerSocketChannel;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

/** Which package may know, that is depend on, which other, and what none of them does. */
@AnalyzeClasses(packages = "io.threadpost", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String HOUSE = "io.threadpost";

    /** Each package, and the packages it may know. A new package has to be entered here. */
    private static final Map<String, Set<String>> KNOWS = Map.ofEntries(
            Map.entry("text", Set.of()),
            Map.entry("json", Set.of("retry")),
            Map.entry("disk", Set.of()),
            Map.entry("errors", Set.of()),
            Map.entry("retry", Set.of("text")),
            Map.entry("heartbeat", Set.of("errors")),
            Map.entry("secrets", Set.of()),
            Map.entry("steptrace", Set.of()),
            Map.entry("settings", Set.of("secrets", "text", "routecheck")),
            Map.entry("http", Set.of("settings")),
            Map.entry("network", Set.of("settings", "retry")),
            Map.entry("oauth", Set.of("secrets", "disk", "network", "settings", "retry")),
            Map.entry("ledger", Set.of("secrets", "errors", "settings", "retry")),
            Map.entry("backup", Set.of("disk", "ledger", "settings")),
            Map.entry("access", Set.of("settings")),
            Map.entry("telemetry", Set.of("journey", "ledger", "network", "retry", "settings")),
            Map.entry("audit", Set.of("ledger", "settings")),
            Map.entry("node", Set.of("ledger")),
            Map.entry("alert", Set.of("errors", "ledger", "network", "ops", "retry", "settings", "smtp")),
            Map.entry("connector", Set.of("secrets", "network", "ledger", "settings", "json", "retry")),
            Map.entry("journey", Set.of("ledger", "steptrace", "settings", "json")),
            Map.entry(
                    "spool",
                    Set.of("errors", "journey", "ledger", "steptrace", "settings", "json", "retry", "heartbeat")),
            Map.entry(
                    "pull",
                    Set.of(
                            "disk",
                            "errors",
                            "connector",
                            "conversation",
                            "journey",
                            "spool",
                            "ledger",
                            "steptrace",
                            "settings",
                            "json",
                            "retry",
                            "heartbeat")),
            Map.entry(
                    "redelivery",
                    Set.of("connector", "spool", "pull", "journey", "ledger", "settings", "json", "retry")),
            Map.entry("add", Set.of("connector", "spool", "ledger", "settings", "json", "retry")),
            Map.entry("conversation", Set.of("ledger", "settings")),
            Map.entry("files", Set.of("disk", "spool", "settings", "json", "text")),
            Map.entry("queue", Set.of("spool", "settings", "json", "retry")),
            Map.entry("smtp", Set.of("secrets", "oauth", "network", "spool", "settings", "retry")),
            Map.entry("digest", Set.of("smtp", "spool", "settings", "retry")),
            Map.entry(
                    "reply",
                    Set.of(
                            "add",
                            "errors",
                            "connector",
                            "conversation",
                            "digest",
                            "smtp",
                            "spool",
                            "ledger",
                            "settings",
                            "json",
                            "retry",
                            "text")),
            Map.entry(
                    "mailbox",
                    Set.of(
                            "disk",
                            "secrets",
                            "errors",
                            "oauth",
                            "network",
                            "mail",
                            "spool",
                            "ledger",
                            "settings",
                            "retry",
                            "heartbeat")),
            Map.entry(
                    "mail",
                    Set.of(
                            "add",
                            "connector",
                            "conversation",
                            "spool",
                            "ledger",
                            "json",
                            "routecheck",
                            "settings",
                            "retry",
                            "text")),
            Map.entry("mail.message", Set.of("mail.mime", "settings")),
            Map.entry("mail.mime", Set.of("retry", "text")),
            Map.entry("mail.judge", Set.of("mail.mime", "routecheck", "settings", "retry", "text")),
            // A linter for anybody's Camel routes: it knows no other package.
            Map.entry("routecheck", Set.of()),
            Map.entry("vocabulary", Set.of("routecheck", "settings", "secrets")),
            Map.entry(
                    "ops",
                    Set.of(
                            "access",
                            "example",
                            "audit",
                            "node",
                            "person",
                            "secrets",
                            "connector",
                            "spool",
                            "pull",
                            "redelivery",
                            "add",
                            "files",
                            "queue",
                            "digest",
                            "conversation",
                            "journey",
                            "reply",
                            "mail",
                            "mailbox",
                            "routefiles",
                            "routemonitor",
                            "routecheck",
                            "steptrace",
                            "telemetry",
                            "text",
                            "ledger",
                            "settings",
                            "json",
                            "retry",
                            "errors",
                            "heartbeat")),
            Map.entry(
                    "example",
                    Set.of("connector", "json", "mail", "preview", "routecheck", "settings", "spool", "vocabulary")),
            Map.entry("devmode", Set.of("errors", "example", "preview", "retry", "routecheck", "routefiles")),
            Map.entry("editor", Set.of("routecheck", "settings")),
            Map.entry("routemonitor", Set.of("json", "retry", "routefiles", "spool", "steptrace")),
            Map.entry(
                    "routefiles",
                    Set.of("secrets", "errors", "routecheck", "vocabulary", "spool", "ledger", "settings", "retry")),
            Map.entry(
                    "page",
                    Set.of(
                            "access",
                            "audit",
                            "node",
                            "alert",
                            "person",
                            "ops",
                            "conversation",
                            "reply",
                            "journey",
                            "connector",
                            "spool",
                            "pull",
                            "redelivery",
                            "add",
                            "mail",
                            "mailbox",
                            "routefiles",
                            "routemonitor",
                            "routecheck",
                            "ledger",
                            "settings",
                            "json",
                            "retry",
                            "text")),
            Map.entry(
                    "person",
                    Set.of("disk", "journey", "ledger", "json", "mail", "mail.mime", "settings", "smtp", "spool")),
            Map.entry("sandbox", Set.of("")),
            Map.entry(
                    "command",
                    Set.of(
                            "backup",
                            "ledger",
                            "settings",
                            "network",
                            "disk",
                            "editor",
                            "json",
                            "mailbox",
                            "preview",
                            "routefiles",
                            "retry",
                            "routecheck",
                            "vocabulary",
                            "digest",
                            "reply")),
            Map.entry(
                    "preview",
                    Set.of(
                            "add",
                            "digest",
                            "disk",
                            "errors",
                            "files",
                            "json",
                            "mail",
                            "mail.mime",
                            "network",
                            "queue",
                            "reply",
                            "retry",
                            "routecheck",
                            "routefiles",
                            "secrets",
                            "settings",
                            "smtp",
                            "spool",
                            "steptrace",
                            "text",
                            "vocabulary")),
            Map.entry("", Set.of("command", "secrets", "disk", "errors", "network", "settings", "ledger", "json")));

    @ArchTest
    static void everyRoomKnowsOnlyWhomItMay(JavaClasses house) {
        KNOWS.forEach((room, known) -> {
            String[] allowed = known.stream().map(ArchitectureTest::room).toArray(String[]::new);
            classes()
                    .that()
                    .resideInAPackage(room(room))
                    .should()
                    .onlyDependOnClassesThat(not(resideInAPackage(HOUSE + ".."))
                            .or(resideInAPackage(room(room)))
                            .or(resideInAnyPackage(allowed)))
                    .check(house);
        });
    }

    @ArchTest
    static void theSandboxKnowsTheMainProgramOnlyWhereDevModeStarts(JavaClasses house) {
        noClasses()
                .that()
                .resideInAPackage(room("sandbox"))
                .and()
                .doNotHaveSimpleName("SandboxDev")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(HOUSE)
                .check(house);
        noClasses()
                .that()
                .haveSimpleName("SandboxDev")
                .should()
                .dependOnClassesThat(resideInAPackage(HOUSE)
                        .and(DescribedPredicate.describe("are not the main program", type -> !type.getSimpleName()
                                .equals("ThreadpostMain"))))
                .check(house);
    }

    @ArchTest
    static void everyRoomIsEnteredAndSaysWhatItIsFor(JavaClasses house) {
        Set<String> rooms = house.stream()
                .map(JavaClass::getPackageName)
                .map(name -> name.equals(HOUSE) ? "" : name.substring(HOUSE.length() + 1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(rooms).containsExactlyInAnyOrderElementsOf(KNOWS.keySet());
        assertThat(rooms).allSatisfy(room -> assertThat(Sources.room(room).resolve("package-info.java"))
                .exists());
    }

    @ArchTest
    static void theLinterHasOneDoor(JavaClasses house) {
        assertThat(house.stream()
                        .filter(type -> type.getPackageName().equals(HOUSE + ".routecheck"))
                        .filter(type ->
                                type.isTopLevelClass() && type.getModifiers().contains(JavaModifier.PUBLIC))
                        .map(JavaClass::getSimpleName))
                .as("the linter, its input, its findings, and what it knows of Camel's jars")
                .containsExactlyInAnyOrder(
                        "RouteLinter",
                        "RouteContext",
                        "RouteVocabulary",
                        "RouteFolder",
                        "RouteSource",
                        "CheckedFile",
                        "FileOutline",
                        "RouteFinding",
                        "AllowedClasses",
                        "CamelJars",
                        "NearestWord");
    }

    @ArchTest
    static final ArchRule NO_ROOMS_KNOW_EACH_OTHER =
            slices().matching(HOUSE + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static void classesOfARoomDependOnEachOtherWithoutCircles(JavaClasses house) {
        KNOWS.keySet()
                .forEach(room -> slices().assignedFrom(new TopLevelClasses(room.isEmpty() ? HOUSE : HOUSE + "." + room))
                        .should()
                        .beFreeOfCycles()
                        .check(house));
    }

    /** One slice for each top-level class of a package, with all that is nested in it. */
    private record TopLevelClasses(String packageName) implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return type.getPackageName().equals(packageName)
                    ? SliceIdentifier.of(
                            type.getName().substring(packageName.length() + 1).replaceFirst("\\$.*", ""))
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "the classes of " + packageName;
        }
    }

    @ArchTest
    static final ArchRule ONLY_THE_SANDBOX_LISTENS = noClasses()
            .that()
            .resideOutsideOfPackage(room("sandbox"))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.sun.net..")
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(ServerSocket.class, ServerSocketChannel.class, AsynchronousServerSocketChannel.class);

    @ArchTest
    static final ArchRule NOTHING_IS_NAMED_FOR_BEING_HANDY =
            noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Manager)");

    @ArchTest
    static final ArchRule ONLY_MAIN_PROGRAMS_WRITE_TO_THE_CONSOLE =
            noClasses().that().resideOutsideOfPackages(HOUSE, room("sandbox")).should(ACCESS_STANDARD_STREAMS);

    @ArchTest
    static final ArchRule NO_STATIC_STATE = fields().that()
            .areStatic()
            .should()
            .beFinal()
            .because("processes, tests and dev mode start it more than once");

    @ArchTest
    static void noStaticFinalFieldIsAContainerThatFills(JavaClasses house) {
        assertThat(house.stream()
                        .flatMap(type -> type.getFields().stream())
                        .filter(field -> field.getModifiers().contains(JavaModifier.STATIC))
                        .filter(field -> field.getRawType().getName().startsWith("java.util.concurrent.Concurrent")
                                || field.getRawType().getName().startsWith("java.util.concurrent.atomic"))
                        .map(field -> field.getFullName()))
                .isEmpty();
    }

    /** A new target brings its {@link io.threadpost.retry.FailureClassifier} along in its own package. */
    @ArchTest
    static final ArchRule THE_SPOOL_KNOWS_NO_TARGETS_CLIENT = noClasses()
            .that()
            .resideInAPackage(room("spool"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "jakarta.jms..",
                    "org.apache.kafka..",
                    "org.apache.hc..",
                    "org.apache.camel.http..",
                    "jakarta.mail..",
                    "com.fasterxml.jackson..");

    private static String room(String name) {
        return name.isEmpty() ? HOUSE : HOUSE + "." + name + "..";
    }
}
