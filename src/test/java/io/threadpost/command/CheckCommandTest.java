package io.threadpost.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.threadpost.Sources;
import io.threadpost.command.CheckCommand.CheckAsJson;
import io.threadpost.settings.SettingProblem;

/** What {@code check} says of a folder. */
class CheckCommandTest {
    private static final Pattern SHOWN = Pattern.compile("(?ms)^```yaml\\n(.*?)^```$");

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void whatIsShipped() throws IOException {
        Files.createDirectory(folder.resolve("routes"));
        Files.copy(Path.of("application.properties"), folder.resolve("application.properties"));
        for (Path file : Sources.below("routes")) {
            Files.copy(file, folder.resolve(file));
        }
    }

    @Test
    void nothingIsWrongWithWhatIsShippedButThatAddressAndTokensAreMissing() throws IOException {
        assertThat(check(false)).isZero();
        assertThat(lines(err)).allMatch(line -> line.startsWith("threadpost: warning: application.properties:"));
        assertThat(lines(out)).singleElement().asString().endsWith("and the route files");
    }

    @Test
    void nothingIsWrongWithTheRoutesThatReadmeShows() throws IOException {
        List<String> shown = SHOWN.matcher(Sources.text(Path.of("README.md")))
                .results()
                .map(found -> found.group(1))
                .toList();
        write("to-log.camel.yaml", shown.get(0));
        write("route-thread.camel.yaml", Sources.text(Path.of("routes/route-thread.camel.yaml")) + shown.get(1));

        assertThat(check(false)).isZero();
        assertThat(lines(err)).allMatch(line -> line.contains("application.properties"));
    }

    @Test
    void wayOutIsSaidAndAuthoritiesAreLookedAt() throws IOException {
        Path settings = folder.resolve("application.properties");
        String shipped = Files.readString(settings);
        Files.writeString(settings, shipped + "threadpost.network.proxy=http://hotel:secret-9@proxy.example:3128\n");
        assertThat(check(false)).isZero();
        assertThat(lines(out))
                .contains("threadpost: requests over HTTP use the proxy proxy.example:3128 (threadpost.network.proxy)");

        Files.writeString(folder.resolve("authority.pem"), "no certificate");
        Files.writeString(settings, shipped + "threadpost.network.authorities=authority.pem\n");
        assertThat(check(false)).isEqualTo(1);
        assertThat(lines(err))
                .last()
                .asString()
                .endsWith(": threadpost.network.authorities: `" + folder.resolve("authority.pem")
                        + "` holds no certificates; write them in PEM, with BEGIN CERTIFICATE");
        assertThat(out + "" + err).doesNotContain("secret-9");
    }

    @Test
    void conversationsOfWhichThereIsAPartOnlyAreReported() throws IOException {
        Path settings = folder.resolve("application.properties");
        String shipped = Files.readString(settings);
        String from = "threadpost.replies.from=Hotel <hotel@hotel.example>\n";
        Files.writeString(settings, shipped + from + "threadpost.mail.may-continue=com, agency.example, jo@guest\n");
        assertThat(check(false)).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("threadpost.replies.from: is set and threadpost.smtp.host is not")
                .contains("threadpost.mail.may-continue: `com` is neither", "`jo@guest` is neither")
                .doesNotContain("`agency.example`", "authserv", "pullReplies");

        err.reset();
        Files.delete(folder.resolve("routes/pull-replies.camel.yaml"));
        Files.delete(folder.resolve("routes/add-messages.camel.yaml"));
        Files.writeString(
                settings,
                shipped + from + "threadpost.smtp.host=smtp.hotel.example\nthreadpost.mail.text=false\n"
                        + "threadpost.replies.authenticated=true\nthreadpost.replies.template=reply-nicer\n");
        assertThat(check(false)).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("threadpost.mail.text: is false and replies are on")
                .contains("no route has the step pullReplies")
                .contains("the step stageMessages needs addMessage")
                .contains("mail:judge has no authserv, so every reply is withheld")
                .contains("threadpost.replies.template: there is no reply-nicer.html and no reply-nicer.txt in ");

        Path judge = folder.resolve("routes/mail-to-thread.camel.yaml");
        Files.writeString(
                judge,
                Files.readString(judge)
                        .replace("              deny: \"\"", "              authserv: mx.hotel.example"));
        err.reset();
        check(false);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("pullReplies").doesNotContain("authserv");
    }

    @Test
    void everythingWrongIsSaidALineEach() throws IOException {
        write(
                "mine.camel.yaml",
                "- from:\n    uri: spool:mine\n    parameters: {bach: 5}\n    steps: [{log: hello}]\n");
        write("other.yaml", "");
        Files.createDirectory(folder.resolve("routes/more.camel.yaml"));

        assertThat(check(false)).isEqualTo(1);
        assertThat(lines(err).stream().filter(line -> line.contains("routes/")))
                .containsExactly(
                        "threadpost: routes/mine.camel.yaml:1:3: warning: this route has neither id nor "
                                + "description; write it as `- route:` with both",
                        "threadpost: routes/mine.camel.yaml:3:18: error: unknown option `bach` of `spool`; did "
                                + "you mean `batch`?",
                        "threadpost: routes/more.camel.yaml: error: this is a folder; route files are directly in "
                                + "the folder of route files: rename or move it",
                        "threadpost: routes/other.yaml: warning: the file is not loaded, because of its name; "
                                + "rename it to other.camel.yaml");
        assertThat(lines(out)).isEmpty();
    }

    @Test
    void aFolderOfRouteFilesCanBeLookedAtByItself() throws IOException {
        write("mine.camel.yaml", "- from: {uri: 'spool:mine', steps: [{logg: hello}]}\n");

        assertThat(command("check", folder.resolve("routes").toString())).isEqualTo(1);
        assertThat(lines(err))
                .contains("threadpost: " + folder.resolve("routes")
                        + "/mine.camel.yaml:1:38: error: unknown `logg`; did you mean `log`?");
    }

    @Test
    void aWarningIsAnErrorToOneWhoIsStrict() throws IOException {
        write(
                "mine.camel.yaml",
                "- route: {id: a, description: A., from: {uri: 'direct:a', steps: [{to: 'spool:nobody'}]}}\n");

        assertThat(check(false)).isZero();
        assertThat(command("check", folder.toString(), "--strict")).isEqualTo(1);
        assertThat(lines(err)).anyMatch(line -> line.contains("no route consumes `spool:nobody`"));
    }

    @Test
    void anEmptyFolderOfRoutesIsAWarning() throws IOException {
        for (Path file : Sources.below("routes")) {
            Files.delete(folder.resolve(file));
        }

        assertThat(check(false)).isZero();
        assertThat(lines(err))
                .last()
                .asString()
                .startsWith("threadpost: routes/*.camel.yaml: warning: there is no route file in ");
    }

    @Test
    void configuredSecretInARouteIsFoundAndNotShown() throws IOException {
        Files.writeString(
                folder.resolve("application.properties"),
                "threadpost.connections.mine.access-token=hunter22-hunter22\n");
        write(
                "mine.camel.yaml",
                Sources.text(Path.of("routes/to-files.camel.yaml"))
                        .replace("id: to-files", "id: mine # hunter")
                        .replace("Writes", "hunter22-hunter22 writes"));

        assertThat(check(true)).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("a secret is written into the file")
                .doesNotContain("hunter22");
    }

    @Test
    void machinesGetOneObject() throws IOException {
        write("mine.camel.yaml", "- rout: {}\n");

        assertThat(check(true)).isEqualTo(1);
        JsonNode said = new ObjectMapper().readTree(out.toByteArray());
        assertThat(said.path("ok").asBoolean()).isFalse();
        assertThat(said.path("findings")).anyMatch(finding -> finding.toString()
                .equals("{\"severity\":\"error\",\"file\":\"routes/mine.camel.yaml\",\"line\":1,\"column\":3,"
                        + "\"problem\":\"unknown `rout`\",\"advice\":\"did you mean `route`?\"}"));
        assertThat(lines(err)).isEmpty();
    }

    @Test
    void machinesGetTheProblemsOfSettingsLikewise() {
        List<SettingProblem> problems = List.of(
                new SettingProblem("application.properties:12", "threadpost.a", "missing; set it", true),
                new SettingProblem("-Dthreadpost.b", "", "`x` is no number; write one; or none", false));

        assertThat(new CheckAsJson(false, problems, List.of(), Path.of("routes")).text())
                .isEqualTo("{\"ok\":false,\"findings\":[{\"severity\":\"warning\","
                        + "\"file\":\"application.properties\",\"line\":12,"
                        + "\"column\":0,\"key\":\"threadpost.a\",\"problem\":\"missing\",\"advice\":\"set "
                        + "it\"},"
                        + "{\"severity\":\"error\",\"file\":\"application.properties\",\"line\":0,"
                        + "\"column\":0,\"key\":\"\","
                        + "\"problem\":\"-Dthreadpost.b: `x` is no number\",\"advice\":\"write one; or "
                        + "none\"}]}");
    }

    @Test
    void templatesThatDoNotParseOrNameWhatIsNotThereAreSaidWithTheirLine() throws IOException {
        Path templates = Files.createDirectory(folder.resolve("templates"));
        for (String shipped : List.of("digest.html", "digest.txt")) {
            Files.copy(Path.of("src/main/resources/templates", shipped), templates.resolve(shipped));
        }
        assertThat(check(false)).isZero();
        Files.writeString(templates.resolve("digest.txt"), "fine: {countText}");
        Files.writeString(templates.resolve("sales.html"), "<p>\n{#for group in groups}\n{#if group.name}\n{/for}\n");
        Files.writeString(
                templates.resolve("sales.txt"),
                "{#for group in groups}{#for thread in group.threads}\n{#if "
                        + "thread.isResolved}{thread.sbject}{/if}{/for}{/for}");

        assertThat(check(false)).isEqualTo(1);
        assertThat(lines(err).stream().filter(line -> line.contains("/templates/")))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("threadpost: " + templates.resolve("sales.html") + ":")
                                .endsWith("; fix the template"),
                        line -> assertThat(line)
                                .startsWith("threadpost: " + templates.resolve("sales.txt") + ":2: ")
                                .contains("sbject"));
    }

    @Test
    void argumentsAreUnderstood() {
        assertThat(command("check", folder.toString(), "--json")).isZero();
        assertThat(lines(out)).singleElement().asString().startsWith("{\"ok\":true");
        assertThat(command("check", "--json", "--mailboxes")).isEqualTo(1);
        assertThat(lines(err))
                .contains("threadpost: check: --mailboxes cannot be combined with --json; omit one of them");
    }

    @Test
    void wrongArgumentsAreOneLine() {
        assertThat(refusal("--json")).isEqualTo("threadpost: unknown argument `--json`; try --help");
        assertThat(refusal("check", "--jsn"))
                .isEqualTo("threadpost: unknown argument `--jsn`; did you mean `--json`? try --help");
        assertThat(refusal("chekc"))
                .isEqualTo("threadpost: unknown argument `chekc`; did you mean `check`? try --help");
        assertThat(refusal("check", folder.toString(), "b")).isEqualTo("threadpost: unknown argument `b`; try --help");
        assertThat(refusal("check", "nowhere")).isEqualTo("threadpost: check: there is no folder `nowhere`");
        assertThat(refusal("-Dthreadpost.routes.directory=other"))
                .isEqualTo("threadpost: `-Dthreadpost.routes.directory=…` is an option of Java and must precede -jar:"
                        + " java -Dthreadpost.routes.directory=… -jar quarkus-run.jar");
        assertThat(refusal("check", "-Xmx1g")).contains("java -Xmx1g -jar");
    }

    @Test
    void helpNamesCommandsAndTheirOptions() {
        assertThat(command("--help")).isZero();
        assertThat(lines(out)).first().asString().startsWith("Usage: threadpost");
        assertThat(lines(out)).anySatisfy(line -> assertThat(line).matches("  check +Checks the settings.*"));
        assertThat(command("help", "check")).isZero();
        assertThat(lines(out)).anySatisfy(line -> assertThat(line).contains("--mailboxes", "log in"));
    }

    private String refusal(String... arguments) {
        err.reset();
        assertThat(command(arguments)).isEqualTo(1);
        assertThat(lines(err)).hasSize(1);
        return lines(err).get(0);
    }

    private int command(String... arguments) {
        return new Commands(
                        Path.of(""),
                        "prod",
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(arguments);
    }

    private int check(boolean json) {
        return json ? command("check", folder.toString(), "--json") : command("check", folder.toString());
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve("routes").resolve(name), text);
    }

    private static List<String> lines(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
