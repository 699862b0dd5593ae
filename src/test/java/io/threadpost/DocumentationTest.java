package io.threadpost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.threadpost.docs.Page;
import io.threadpost.routecheck.AllowedClasses;
import io.threadpost.routecheck.CamelJars;
import io.threadpost.sandbox.FaultKind;
import io.threadpost.vocabulary.ThreadpostVocabulary;

/** What README and docs name exists, and what they show works. Metrics and health checks: see RunningProcessTest. */
class DocumentationTest {
    private static final Pattern KEY = Pattern.compile("(?:-D|(?<![\\w./{]))(threadpost(?:\\.[a-z<>*-]+)+)");
    private static final Pattern VARIABLE = Pattern.compile("THREADPOST_[A-Z_]+");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
    private static final Pattern WORD = Pattern.compile("`([^`\\n]+)`");
    private static final Pattern LINK = Pattern.compile("]\\(([^)]+)\\)");
    private static final Pattern SOURCE = Pattern.compile("\\bsrc(?:set)?=\"([^\"]+)\"");
    private static final Pattern CLASS = Pattern.compile("io\\.threadpost(?:\\.[a-z]+)*(?:\\.[A-Z]\\w+)?");
    private static final Pattern RECORD = Pattern.compile("\\brecord \\w+\\(([^)]*)\\)");
    private static final Pattern SQL = Pattern.compile("(?m)^sqlite3 .*\"(.*)\"$");
    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z-]+");

    private static final Pattern FOREIGN =
            Pattern.compile("(?m)^(?:kubectl|helm|podman|useradd|install|cp|systemctl) (?:.*\\\\\\n)*.*$");

    private static final Path WRITE_ROUTES = Path.of("docs/write-routes.md");

    static List<Path> pages() {
        return Stream.concat(Stream.of(Path.of("README.md")), Sources.below("docs").stream())
                .filter(page -> page.toString().endsWith(".md"))
                .toList();
    }

    /** Also those that speak of the repository itself. */
    static List<Path> texts() throws IOException {
        try (Stream<Path> top = Files.list(Path.of(""))) {
            return Stream.concat(top.filter(page -> page.toString().endsWith(".md")), pages().stream())
                    .distinct()
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everySettingIsThere(Path page) {
        Set<String> settings = Sources.settings().keySet();
        Set<String> variables = settings.stream()
                .map(key -> key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z]", "_"))
                .collect(Collectors.toSet());
        // A mailbox that has a name has the same settings as the one without.
        String text = Sources.text(page)
                .replace("threadpost.mail.north.", "threadpost.mail.")
                .replace("_MAIL_NORTH_", "_MAIL_")
                // A property of the build.
                .replace("-Dthreadpost.test.executable=", "");
        KEY.matcher(text)
                .results()
                .map(found -> found.group(1).replaceFirst("-file$", ""))
                .forEach(key -> assertThat(settings)
                        .as(key)
                        .anyMatch(known -> key.endsWith(".*")
                                ? known.startsWith(key.substring(0, key.length() - 1))
                                : known.equals(key)));
        assertThat(VARIABLE.matcher(text).results().map(found -> found.group().replaceFirst("_FILE$", "")))
                .allMatch(variables::contains);
    }

    @Test
    void everyGroupOfSettingsIsExplained() {
        Set<String> groups = Sources.settings().keySet().stream()
                .map(key -> key.replaceAll("^(threadpost\\.[a-z]+)\\..*", "| `$1.*`"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(Sources.text(Path.of("docs/reference.md"))).contains(groups);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyRouteCanBeRun(Path page) throws Exception {
        List<String> routes = routes(page);
        for (String route : routes) {
            Map<String, String> files = new TreeMap<>(Map.of("shown.camel.yaml", route));
            if (route.contains("routeTemplateRef: digest\n")) {
                files.put("a-template.camel.yaml", Sources.text(Path.of("routes/to-digest.camel.yaml")));
            }
            DryRun.of(files, Page.of(page.toString()).settings());
        }
    }

    @Test
    void theRouteToBeExtendedIsTheOneThatIsShipped() {
        String shipped = Sources.text(Path.of("routes/route-thread.camel.yaml"));
        assertThat(routes(WRITE_ROUTES)).anyMatch(shown -> shown.startsWith(shipped));
    }

    @Test
    void whatReadmeShowsIsAnExampleThatIsRun() {
        assertThat(routes(WRITE_ROUTES)).containsAll(routes(Path.of("README.md")));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyFileIsThere(Path page) {
        String text = Sources.text(page);
        Set<String> shown = Pattern.compile("(?m)^ +(?:id|routeId): ([a-z-]+)$")
                .matcher(text)
                .results()
                .map(id -> "routes/" + id.group(1) + ".camel.yaml")
                .collect(Collectors.toSet());
        assertThat(WORD.matcher(text)
                        .results()
                        .map(found -> found.group(1))
                        .filter(word -> word.matches("(routes|src|docs)/\\S+|[A-Za-z.]+\\.(properties|md|xml)")))
                .allMatch(file -> shown.contains(file) || Files.exists(Path.of(file)));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void everyLinkLeadsSomewhere(Path page) {
        List<String> links = Stream.of(LINK, SOURCE)
                .flatMap(form -> form.matcher(Sources.text(page)).results())
                .map(found -> found.group(1))
                .filter(link -> !link.matches("[a-z]+:.*"))
                .toList();
        for (String link : links) {
            String[] parts = link.split("#", 2);
            Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
            assertThat(target).as(link).exists();
            if (parts.length == 2) {
                assertThat(anchors(target)).as(link).contains(parts[1]);
            }
        }
    }

    @Test
    void everyPackageIsInTheContributorsTable() {
        String table = Sources.text(Path.of("CONTRIBUTING.md"));

        assertThat(Sources.below("src/main/java").stream()
                        .filter(file -> file.endsWith("package-info.java"))
                        .map(file -> Sources.MAIN
                                .relativize(file.getParent())
                                .toString()
                                .replace('/', '.'))
                        .filter(name -> !name.isEmpty()))
                .isNotEmpty()
                .allMatch(name -> table.contains("| `" + name + "` |"));
    }

    /** The anchors of a page's headings, as forges make them. */
    private static List<String> anchors(Path page) {
        return Page.of(page.toString()).headings().stream()
                .map(heading -> heading.toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    /** The form in which simple takes a getter, too. */
    private static String asProperty(String method) {
        String name = method.replaceFirst("^get(?=[A-Z])", "");
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyClassStepRouteAndHeaderIsThere(Path page) {
        String code = Sources.code() + camel();
        String deployment = Sources.below("deploy").stream().map(Sources::text).collect(Collectors.joining());
        Set<String> known = Stream.of("src/main/java", "src/sandbox/java", "src/test/java")
                .flatMap(folder -> Sources.below(folder).stream())
                .map(file -> file.getFileName().toString().replaceAll("\\.java$", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        known.addAll(Sources.beans().keySet());
        known.addAll(faults());
        // The fields of answers are the components of records.
        RECORD.matcher(code)
                .results()
                .flatMap(record -> Stream.of(record.group(1).split(",")))
                .forEach(component -> known.add(component.replaceFirst("(?s).*\\s", "")));
        new AllowedClasses(new ThreadpostVocabulary()).all().forEach(type -> {
            known.add(type.name().substring(type.name().lastIndexOf('.') + 1));
            type.methods().forEach(method -> known.add(asProperty(method)));
        });
        Sources.below("routes")
                .forEach(file -> known.add(file.getFileName().toString().replace(".camel.yaml", "")));
        String routes = Stream.concat(
                        Sources.below("routes").stream().map(Sources::text), blocks(page, "yaml").stream())
                .collect(Collectors.joining());
        Pattern.compile("(?m)^ +(?:id|name): (\\S+)$").matcher(routes).results().forEach(id -> known.add(id.group(1)));
        List<String> words = WORD.matcher(Sources.text(page))
                .results()
                .map(found -> found.group(1))
                .filter(word -> word.matches("[A-Z]+[a-z][A-Za-z]*|[a-z]+[A-Z]\\w+|[a-z]+(-[a-z]+)+"))
                .toList();
        assertThat(words)
                .allMatch(word -> known.contains(word)
                        || code.contains('"' + word + '"')
                        || deployment.matches("(?s).*[ \"]" + word + "[:\",\\n].*"));
        CLASS.matcher(Sources.text(page))
                .results()
                .map(found -> found.group().replace('.', '/'))
                .forEach(name -> assertThat(Stream.of("src/main/java/", "src/sandbox/java/", "src/test/java/")
                                .flatMap(root -> Stream.of(root + name, root + name + ".java")))
                        .as(name)
                        .anyMatch(file -> Files.exists(Path.of(file))));
    }

    @Test
    void allFaultsOfTheSandboxAreListedAndNoOther() {
        String list = Sources.text(Path.of("docs/start.md")).replaceAll("(?s).*\nThe faults: (.*?)\\. .*", "$1");
        assertThat(WORD.matcher(list).results().map(found -> found.group(1)).collect(Collectors.toSet()))
                .isEqualTo(faults());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyMavenCommandNamesWhatThereIs(Path page) {
        String pom = Sources.text(Path.of("pom.xml"));
        List<String> commands = Stream.concat(
                        blocks(page, "").stream().flatMap(String::lines),
                        WORD.matcher(Sources.text(page)).results().map(found -> found.group(1)))
                .filter(line -> line.startsWith("mvn "))
                .toList();
        for (String command : commands) {
            for (String word : command.replaceAll("-Dexec.args=\"[^\"]*\"", "").split(" ")) {
                if (word.startsWith("-P") || word.equals("-Dnative")) {
                    assertThat(pom).contains("<id>" + word.replaceFirst("-P|-D", "") + "</id>");
                } else if (word.contains(":")) {
                    assertThat(pom)
                            .contains("<artifactId>" + word.substring(0, word.indexOf(':'))
                                    + "-maven-plugin</artifactId>");
                } else if (!word.startsWith("-")) {
                    assertThat(word).isIn("mvn", "compile", "test-compile", "package", "verify");
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyOptionIsUnderstood(Path page) {
        String code = Sources.code();
        // Those of other programs.
        String text = FOREIGN.matcher(Sources.text(page)).replaceAll("");
        assertThat(OPTION.matcher(text).results().map(found -> found.group()))
                .allMatch(option -> code.contains('"' + option + '"'));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyQueryFitsTheLedger(Path page) throws SQLException {
        try (Connection ledger = DriverManager.getConnection("jdbc:sqlite::memory:");
                Statement statement = ledger.createStatement()) {
            for (Path migration : migrations()) {
                for (String table : sql(migration).split(";")) {
                    if (!table.isBlank()) {
                        statement.execute(table);
                    }
                }
            }
            for (var query : SQL.matcher(Sources.text(page)).results().toList()) {
                statement.execute(query.group(1));
            }
        }
    }

    @Test
    void nothingIsLeftToBeDone() {
        assertThat(Stream.of("routes", "src", "docs")
                        .flatMap(folder -> Sources.below(folder).stream())
                        // Mails are no texts.
                        .filter(file -> !file.toString().endsWith(".eml"))
                        .filter(file -> Sources.text(file).matches("(?s).*\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b.*")))
                .isEmpty();
    }

    /** What Camel itself has names for: its YAML DSL, and the components that pages speak of. */
    private static String camel() {
        CamelJars jars = new CamelJars(DocumentationTest.class.getClassLoader());
        return jars.json("schema/camelYamlDsl.json").toString()
                + jars.description(CamelJars.Kind.COMPONENT, "http").orElseThrow()
                + jars.description(CamelJars.Kind.COMPONENT, "sftp").orElseThrow()
                + jars.names(CamelJars.Kind.LANGUAGE).stream()
                        .map(name -> '"' + name + '"')
                        .toList();
    }

    /** In the order of their versions: V10 comes after V9. */
    private static List<Path> migrations() {
        return Sources.below("src/main/resources/db/migration").stream()
                .sorted(Comparator.comparingInt(
                        file -> Integer.parseInt(file.getFileName().toString().replaceAll("^V(\\d+)__.*", "$1"))))
                .toList();
    }

    private static String sql(Path migration) {
        return Sources.text(migration)
                .replaceAll("--.*", "")
                .replace("${identity}", "INTEGER PRIMARY KEY AUTOINCREMENT")
                .replace("${bytes}", "BLOB")
                .replace("${clustered}", "WITHOUT ROWID");
    }

    /**
     * The route files that a page shows; one that begins with a step is the end of the shipped {@code route-thread}.
     */
    private static List<String> routes(Path page) {
        String shipped = Sources.text(Path.of("routes/route-thread.camel.yaml"));
        return blocks(page, "yaml").stream()
                .map(yaml -> yaml.startsWith(" ") ? shipped + yaml : yaml)
                .toList();
    }

    private static List<String> blocks(Path page, String language) {
        return BLOCK.matcher(Sources.text(page))
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .toList();
    }

    private static Set<String> faults() {
        return Arrays.stream(FaultKind.values())
                .map(kind -> kind.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .collect(Collectors.toSet());
    }
}
