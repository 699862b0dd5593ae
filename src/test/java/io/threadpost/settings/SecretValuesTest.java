package io.threadpost.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SysPropConfigSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A secret arrives as it is written, whichever way it comes. */
class SecretValuesTest {
    private static final Map<String, String> BASE = Map.of(
            "threadpost.connector.address", "https://api.mews-demo.com",
            "threadpost.connector.client-token", "client",
            "threadpost.connections.main.access-token", "access",
            "threadpost.mail.host", "imap.example",
            "threadpost.mail.username", "reception");
    private static final String KEY = "threadpost.mail.password";
    private static final String VARIABLE = "THREADPOST_MAIL_PASSWORD";

    @TempDir
    Path folder;

    static Stream<String> passwords() {
        Random random = new Random(20261127);
        Stream<String> nasty = Stream.of(
                "pa$$w0rd",
                "pa${x}w0rd",
                "${x}${y}",
                "${x",
                "pa${",
                "$$$${x}y${",
                "${}",
                "$",
                "a\\b\\\\c\\",
                "#a!b=c:d",
                "\"quoted\" 'too'",
                " blanks at both ends ",
                "{{x}}RAW(y)?a=b&c=%41+",
                "\\${x}",
                "ü€😀");
        Stream<String> any = Stream.generate(() -> random.ints(200, ' ', '~' + 1)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString())
                .limit(8);
        return Stream.concat(nasty, any);
    }

    @ParameterizedTest
    @MethodSource("passwords")
    void itArrivesAsItIsWritten(String password) throws IOException {
        Path file = Files.writeString(folder.resolve("password"), password + "\n");
        String escaped = password.replace("\\", "\\\\").replaceAll("^ | $", "\\\\u0020");

        assertThat(read(Map.of(), Map.of(VARIABLE, password), "")).isEqualTo(password);
        assertThat(read(Map.of(KEY, password), Map.of(), "")).isEqualTo(password);
        assertThat(read(Map.of(), Map.of(), KEY + "=" + escaped)).isEqualTo(password);
        assertThat(read(Map.of(), Map.of(), KEY + "-file=password")).isEqualTo(password);
        assertThat(read(Map.of(), Map.of(VARIABLE + "_FILE", file.toString()), ""))
                .isEqualTo(password);
    }

    /** The JVM's properties refuse to look for one without a name. */
    @ParameterizedTest
    @ValueSource(strings = {"pa${", "pa${}", "pa${:x}"})
    void expressionWithoutNameIsNoException(String written) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(
                        new SysPropConfigSource(),
                        new PropertiesConfigSource(
                                Map.of(KEY, written, "crm.token", written, "crm.name", written), "file", 250))
                .withInterceptors(new SecretValues())
                .build();

        assertThat(config.getConfigValue(KEY).getValue()).isEqualTo(written);
        assertThat(config.getConfigValue("crm.token").getValue()).isEqualTo(written);
        assertThat(config.getConfigValue("crm.name").hasProblems()).isTrue();
    }

    static Stream<String> secrets() {
        return SettingsCatalogue.secrets().stream().map(Setting::example).filter(key -> !BASE.containsKey(key));
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void soDoesEveryOtherSecret(String key) throws IOException {
        for (String secret : passwords().skip(15).map(String::strip).toList()) {
            Path file = Files.writeString(folder.resolve("secret"), secret + "\n");
            String variable = SettingOrigin.variable(key);

            assertThat(Stream.of(
                                    reading(Map.of(), Map.of(variable, secret), ""),
                                    reading(Map.of(), Map.of(variable + "_FILE", file.toString()), ""),
                                    reading(Map.of(key, secret), Map.of(), ""),
                                    reading(Map.of(), Map.of(), key + "-file=secret"),
                                    reading(Map.of(), Map.of(), key + "=" + secret.replace("\\", "\\\\")))
                            .map(result -> result.value(key).orElse(""))
                            .distinct())
                    .containsExactly(secret);
        }
    }

    @ParameterizedTest
    @MethodSource("passwords")
    void soDoesTheDatabasesAndWhatARouteReads(String password) {
        Map<String, String> values = Map.of(
                "threadpost.ledger.url",
                "jdbc:postgresql://db/threadpost",
                "threadpost.ledger.password",
                password,
                "crm.token",
                password.strip(),
                "crm.pin",
                password,
                "threadpost.secrets",
                "crm.pin");
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(
                        new PropertiesConfigSource(values, SysPropConfigSource.NAME, 400),
                        new EnvConfigSource(Map.of("OTHER_TOKEN", password.strip()), 300),
                        new DefaultsSource())
                .withInterceptors(
                        new DerivedSettings(), new TargetSwitches(), new EmptyMeansDefault(), new SecretValues())
                .build();

        assertThat(config.getConfigValue("quarkus.datasource.postgresql.password")
                        .getValue())
                .isEqualTo(password);
        assertThat(config.getValue("crm.token", String.class)).isEqualTo(password.strip());
        assertThat(config.getValue("crm.pin", String.class)).isEqualTo(password);
        assertThat(config.getValue("other.token", String.class)).isEqualTo(password.strip());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    pa\\\\\\\\ss\\u0024 |
                    pa\\$ss       | holds a backslash that a properties file does not read as one; write \\\\ for each backslash of the secret
                    new\\nline    | holds a backslash that a properties file does not read as one; write \\\\ for each backslash of the secret
                    ~end\\
                    x=y~          | continues on the next line, since a backslash ends this one; write \\\\ for each backslash of the secret
                    ~long\
                      token~      |
                    ~blank ~      | ends with a blank; remove it, or write \\u0020 where it belongs to the secret
                    ~blank\\ ~    |
                    ${NOWHERE}    | refers to a setting or variable that does not exist; set that, or, if `${…}` is the secret itself, set THREADPOST_MAIL_PASSWORD in the environment, or name a file with it by threadpost.mail.password-file
                    ${NOWHERE:x}  |
                    """)
    void whatAPropertiesFileWouldReadOtherwiseIsRefused(String written, String expected) {
        List<String> problems = reading(Map.of(), Map.of(), KEY + "=" + written).problems().stream()
                .map(SettingProblem::line)
                .toList();

        if (expected == null) {
            assertThat(problems).isEmpty();
        } else {
            assertThat(problems).containsExactly("application.properties:1: " + KEY + ": " + expected);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    threadpost.mail.password=pa$$w0rd     | threadpost.mail.password: holds `$$`, which is used as written; if one `$` is meant, write one; otherwise THREADPOST_MAIL_PASSWORD or threadpost.mail.password-file holds it without this warning
                    %prod.threadpost.smtp.password=a$$b   | %prod.threadpost.smtp.password: holds `$$`, which is used as written; if one `$` is meant, write one; otherwise THREADPOST_SMTP_PASSWORD or threadpost.smtp.password-file holds it without this warning
                    threadpost.mail.password=pre-${OTHER} | threadpost.mail.password: holds `${…}` and more, which is used as written; if a variable is meant, put the whole secret into it and write `${NAME}` alone; otherwise THREADPOST_MAIL_PASSWORD or threadpost.mail.password-file holds it without this warning
                    crm.token=pa$$w0rd                    | crm.token: holds `$$`, which is used as written; if one `$` is meant, write one; otherwise CRM_TOKEN or crm.token-file holds it without this warning
                    threadpost.mail.password=${OTHER}     |
                    threadpost.mail.password=pa$w0rd{x}   |
                    crm.token=Bearer ${OTHER}             |
                    threadpost.mail.username=a$$b         |
                    """)
    void whatEarlierVersionsReplacedIsNotedWithoutTheSecret(String line, String expected) {
        List<String> notices = reading(Map.of(), Map.of("OTHER", "x-y-z"), "\n" + line).notices().stream()
                .map(SettingProblem::line)
                .toList();

        assertThat(notices).isEqualTo(expected == null ? List.of() : List.of("application.properties:2: " + expected));
    }

    @ParameterizedTest
    @CsvSource({"smtp.password", "threadpost", "password", "SMTP_PASSWORD", "properties"})
    void aPasswordThatLooksLikeAPartOfItsKeyDoesNotGarbleTheKey(String password) {
        assertThat(problemsWith(password)).hasSizeGreaterThan(2).isEqualTo(problemsWith("another-one-42"));
    }

    private List<String> problemsWith(String password) {
        String file = "threadpost.smtp.host=h\nthreadpost.smtp.port=x\nthreadpost.smtp.password=" + password;
        return reading(Map.of(), Map.of(), file).problems().stream()
                .map(SettingProblem::line)
                .toList();
    }

    @Test
    void aTokenThatWasPastedIntoAKeyIsNotShown() {
        List<String> problems = reading(
                        Map.of(),
                        Map.of(),
                        "threadpost.connections.hotel-token-1234.access-tokn=x\n"
                                + "threadpost.mail.password=hotel-token-1234")
                .problems()
                .stream()
                .map(SettingProblem::line)
                .toList();

        assertThat(problems).isNotEmpty().noneMatch(line -> line.contains("hotel-token-1234"));
    }

    @Test
    void referenceInAFileLeadsToWhatItNamesAndNowhereElseIsOne() {
        Map<String, String> environment = Map.of("MAIL_PASSWORD", "pa$$w0rd", "OTHER", "x");

        assertThat(read(Map.of(), environment, KEY + "=${MAIL_PASSWORD}")).isEqualTo("pa$w0rd");
        assertThat(read(Map.of(), environment, KEY + "=${NOWHERE:${OTHER}}")).isEqualTo("x");
        assertThat(read(Map.of(), environment, KEY + "=${NOWHERE:${NOWHERE:${OTHER:y}}}"))
                .isEqualTo("x");
        assertThat(read(Map.of(), environment, KEY + "=${OTHER:a${OTHER}}")).isEqualTo("${OTHER:a${OTHER}}");
        assertThat(read(Map.of(), environment, KEY + "=a${OTHER}")).isEqualTo("a${OTHER}");
        assertThat(read(Map.of(KEY, "${OTHER}"), environment, "")).isEqualTo("${OTHER}");
    }

    @Test
    void secretThatGoesOnInALineWhichIsIndentedIsOne() {
        assertThat(read(Map.of(), Map.of(), KEY + "=long-\\\n  password")).isEqualTo("long-password");
    }

    @Test
    void fileThatCannotBeReadIsOneLine() throws IOException {
        Files.writeString(folder.resolve("empty"), "\n");
        Files.write(folder.resolve("latin"), new byte[] {(byte) 0xfc});

        assertThat(problems(Map.of(), KEY + "-file=gone"))
                .containsExactly("application.properties:1: threadpost.mail.password-file: names a file that does"
                        + " not exist; create it, or name another");
        String mounted = Files.createDirectory(folder.resolve("secrets")) + "/mail";
        for (String file : List.of(mounted, "secrets/mail")) {
            assertThat(problems(Map.of(), KEY + "-file=" + file))
                    .containsExactly("application.properties:1: threadpost.mail.password-file: names `" + file
                            + "`, a file that does not exist; create it, or name another");
        }
        for (String secret : List.of("k3y/w1th+slashes", "/k3y/w1th+slashes")) {
            assertThat(problems(Map.of(), KEY + "-file=" + secret))
                    .containsExactly("application.properties:1: threadpost.mail.password-file: names a file that does"
                            + " not exist; create it, or name another");
        }
        assertThat(problems(Map.of(), KEY + "-file=secrets"))
                .containsExactly("application.properties:1: threadpost.mail.password-file: names a file that is not"
                        + " that of a secret; name one with nothing else in it");
        assertThat(problems(Map.of("THREADPOST_MAIL_PASSWORD_FILE", "empty"), ""))
                .containsExactly("environment variable THREADPOST_MAIL_PASSWORD_FILE: names a file that is empty;"
                        + " write the secret into it");
        assertThat(problems(Map.of(), KEY + "-file=latin"))
                .containsExactly("application.properties:1: threadpost.mail.password-file: names a file that is not"
                        + " UTF-8 text; write the secret in UTF-8");
        assertThat(problems(Map.of(VARIABLE, "x"), KEY + "-file=latin"))
                .containsExactly("application.properties:1: threadpost.mail.password-file: is set, and"
                        + " threadpost.mail.password is, too; remove one of the two");
        assertThat(problems(Map.of(), KEY + "=x\n" + KEY + "-fil=latin"))
                .containsExactly("application.properties:2: threadpost.mail.password-fil: unknown; did you mean"
                        + " `threadpost.mail.password-file`?");
    }

    @Test
    void connectionWithNothingButAFileIsOne() throws IOException {
        Files.writeString(folder.resolve("north"), "north-token\r\n");

        Settings settings = reading(
                        Map.of(), Map.of(VARIABLE, "x", "THREADPOST_CONNECTIONS_NORTH_ACCESS_TOKEN_FILE", "north"), "")
                .orThrow();

        assertThat(settings.connections()).contains(new ConnectionSettings("north", "north-token", List.of()));
        assertThat(settings.secrets()).contains("north-token");
    }

    @Test
    void secretsOfAnEngineersOwnAreKnown() throws IOException {
        Files.writeString(folder.resolve("own"), "from-a-file\n");
        Settings settings = reading(
                        Map.of(KEY, "x", "booking.apiKey", "k3y-of-booking"),
                        Map.of("CHAT_TOKEN", "chat-token-9", "SORT_KEY", "Created", "MY_PIN", "pin-4711"),
                        """
                        crm.token=crm-token
                        crm.auth-token=Bearer ${CHAT_TOKEN}
                        crm.partition-key=Id
                        crm.pin=47114711
                        my.pin=${MY_PIN}
                        threadpost.secrets=crm.pin, my.pin
                        hook=https://hook.example/x?api-version=2&sig=abc%2Bdef9
                        ftp=https://me:pa%24swd@ftp.example/x?page=reservations
                        erp.password-file=own
                        """)
                .orThrow();

        assertThat(settings.ownSecrets())
                .containsExactlyInAnyOrder(
                        "crm-token",
                        "Bearer chat-token-9",
                        "chat-token-9",
                        "47114711",
                        "pin-4711",
                        "abc%2Bdef9",
                        "abc+def9",
                        "pa%24swd",
                        "pa$swd",
                        "k3y-of-booking",
                        "from-a-file");
        assertThat(settings.secrets()).contains("crm-token", "x");
    }

    private String read(Map<String, String> systemProperties, Map<String, String> environment, String file) {
        SettingsResult settingsResult = reading(systemProperties, environment, file);
        assertThat(settingsResult.problems()).isEmpty();
        assertThat(settingsResult.value(KEY))
                .contains(settingsResult.orThrow().mailboxes().get(0).password());
        return settingsResult.orThrow().mailboxes().get(0).password();
    }

    private List<String> problems(Map<String, String> environment, String file) {
        return reading(Map.of(), environment, file).problems().stream()
                .map(SettingProblem::line)
                .toList();
    }

    private SettingsResult reading(Map<String, String> systemProperties, Map<String, String> environment, String file) {
        Map<String, String> values = new HashMap<>(BASE);
        values.putAll(systemProperties);
        return SettingsResult.of(
                ConfigView.of(
                        values, environment, PropertiesFile.parse("application.properties", file), "prod", folder),
                "test");
    }
}
