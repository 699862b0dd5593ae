package io.threadpost.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.regex.Matcher;

import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.threadpost.Promise;
import io.threadpost.Proves;
import io.threadpost.secrets.Redactor;
import io.threadpost.text.AddressMask;

@Proves(Promise.SECRETS_STAY_INSIDE)
class RedactingFilterTest {
    private static final String SECRET = "E0D439EE-52/2F\"44+368D é&C78E";
    private final RedactingFilter filter = new RedactingFilter(
            new Redactor(List.of(SECRET, "other-secret")),
            new AddressMask(List.of("Hub <hub@hotel.example>, desk@hotel.example"), List.of("imap.hotel.example")));

    @Test
    void addressesOfGuestsAreMaskedAndThoseOfSettingsAreNot() {
        assertThat(passed("from Jana.Nov\u00e1kov\u00e1+1@Guest.example <x=y@b.example> to"
                        + " HUB@hotel.example, desk@hotel.example"
                        + " at user@imap.hotel.example"))
                .isEqualTo("from \u2026@\u2026 <x=\u2026@\u2026> to HUB@hotel.example,"
                        + " desk@hotel.example at user@imap.hotel.example");
        String key = "3fa85f64-5717-4562-b3fc-2c963f66afa6@2026-11-22T10:00:00.123Z";
        assertThat(passed("item " + key + " failed")).isEqualTo("item " + key + " failed");
        String id = "<3fa85f64-5717-4562-b3fc-2c963f66afa6@hub.example>";
        assertThat(passed(id)).isEqualTo(id);
    }

    @Test
    void messageLosesItsSecrets() {
        assertThat(passed("Token " + SECRET + " and other-secret, twice: other-secret."))
                .isEqualTo("Token *** and ***, twice: ***.");
    }

    @Test
    void messageWithoutSecretIsLeftAlone() {
        String message = new String("Nothing to hide: other-secre");
        ExtLogRecord entry = entry(message);
        entry.setParameters(new Object[] {1});

        assertThat(filter.isLoggable(entry)).isTrue();

        assertThat(entry.getMessage()).isSameAs(message);
        assertThat(entry.getParameters()).containsExactly(1);
    }

    @Test
    void parametersLoseTheirSecrets() {
        ExtLogRecord entry = new ExtLogRecord(Level.INFO, "sent {0}", ExtLogRecord.FormatStyle.MESSAGE_FORMAT, "test");
        entry.setParameters(new Object[] {new StringBuilder("body " + SECRET), 7});

        filter.isLoggable(entry);

        assertThat(shown(entry)).isEqualTo("sent body ***");
    }

    @Test
    void parametersThatTheMessageDoesNotShowLoseTheirSecretsToo() {
        ExtLogRecord entry = entry("sent");
        entry.setParameters(new Object[] {"body " + SECRET, 7});

        filter.isLoggable(entry);

        assertThat(entry.getParameters()).containsExactly("body ***", 7);
    }

    @Test
    void nothingInALineMakesAnotherOneOrTurnsItRound() {
        ExtLogRecord entry = entry("mail from \u202egro.elpmaxe\u202c\u2028ERROR\u0085x\u001b[2J\r\n\ty");
        entry.setThrown(new IllegalStateException("a\u2029b"));

        filter.isLoggable(entry);

        assertThat(shown(entry)).isEqualTo("mail from gro.elpmaxe ERROR x [2J \n\ty");
        assertThat(printed(entry.getThrown())).contains("IllegalStateException: a b");
    }

    @Test
    void secretSplitOverMessageAndParametersIsFound() {
        ExtLogRecord entry = new ExtLogRecord(Level.INFO, "other-%s%s", ExtLogRecord.FormatStyle.PRINTF, "test");
        entry.setParameters(new Object[] {"sec", "ret"});

        filter.isLoggable(entry);

        assertThat(shown(entry)).isEqualTo("***");
    }

    @Test
    void contextLosesItsSecrets() {
        ExtLogRecord entry = entry("sent");
        entry.putMdc("token", SECRET);
        entry.setNdc("other-secret");

        filter.isLoggable(entry);

        assertThat(entry.getMdc("token")).isEqualTo("***");
        assertThat(entry.getNdc()).isEqualTo("***");
    }

    @Test
    void exceptionsLoseTheirSecretsAndKeepTheirTraces() {
        Exception cause = new IllegalArgumentException("refused: " + SECRET);
        Exception thrown = new IllegalStateException("failed", cause);
        thrown.addSuppressed(new RuntimeException("other-secret"));
        ExtLogRecord entry = entry("sent");
        entry.setThrown(thrown);

        filter.isLoggable(entry);

        assertThat(printed(entry.getThrown()))
                .isEqualTo(printed(thrown).replace(SECRET, "***").replace("other-secret", "***"))
                .contains("Caused by: java.lang.IllegalArgumentException: refused: ***")
                .contains("Suppressed: java.lang.RuntimeException: ***");
        assertThat(entry.getThrown().getStackTrace()).isEqualTo(thrown.getStackTrace());
    }

    @Test
    void exceptionWithoutSecretIsLeftAlone() {
        Exception thrown = new IllegalStateException("failed", new RuntimeException("too"));
        ExtLogRecord entry = entry("sent");
        entry.setThrown(thrown);

        filter.isLoggable(entry);

        assertThat(entry.getThrown()).isSameAs(thrown);
    }

    @Test
    void circleOfCausesEnds() {
        Exception thrown = new IllegalStateException("other-secret");
        thrown.initCause(new RuntimeException("inner", thrown));
        ExtLogRecord entry = entry("sent");
        entry.setThrown(thrown);

        filter.isLoggable(entry);

        assertThat(printed(entry.getThrown())).doesNotContain("other-secret").contains("inner");
    }

    @Test
    void plainRecordsAreRedacted() {
        LogRecord entry = new LogRecord(Level.FINEST, "Token " + SECRET);

        filter.isLoggable(entry);

        assertThat(entry.getMessage()).isEqualTo("Token ***");
    }

    @Test
    void jsonFormsAreFound() {
        String json = SECRET.replace("\"", "\\\"");
        assertThat(passed("{\"AccessToken\":\"" + json + "\"}")).isEqualTo("{\"AccessToken\":\"***\"}");
        assertThat(passed(json.replace("é", "\\u00e9"))).isEqualTo("***");
        assertThat(passed(json.replace("/", "\\/"))).isEqualTo("***");
        assertThat(passed(json.replace("\\", "\\\\").replace("\"", "\\\""))).isEqualTo("***");
    }

    @Test
    void urlFormsAreFound() {
        String url = URLEncoder.encode(SECRET, StandardCharsets.UTF_8);
        assertThat(passed("?token=" + url + "&x=1")).isEqualTo("?token=***&x=1");
        assertThat(passed(url.replace("+", "%20"))).isEqualTo("***");
        assertThat(passed(url.replace("%2F", "%2f").replace("%2B", "%2b").replace("%C3%A9", "%c3%a9")))
                .isEqualTo("***");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "u:", "me:", "user:"})
    void base64FormsAreFound(String before) {
        String login = before + SECRET + "!";
        String encoded = Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));

        String redacted = passed("Authorization: Basic " + encoded);

        assertThat(redacted).startsWith("Authorization: Basic ").contains("***").hasSizeLessThan(40);
    }

    @Test
    void formsThatOthersWriteAreFound() {
        byte[] utf8 = SECRET.getBytes(StandardCharsets.UTF_8);
        String url = URLEncoder.encode(SECRET, StandardCharsets.UTF_8);
        List<String> forms = List.of(
                URLEncoder.encode(url, StandardCharsets.UTF_8),
                url.replace("+", "%20").replace("%", "%25"),
                SECRET.replace("&", "&amp;").replace("\"", "&quot;").replace("é", "&#233;"),
                SECRET.replace("&", "&#38;").replace("\"", "&#34;"),
                SECRET.replace("&", "&#x26;")
                        .replace("\"", "&#x22;")
                        .replace("/", "&#x2F;")
                        .replace("é", "&#xE9;"),
                SECRET.replace("&", "\\u0026").replace("\"", "\\\""),
                SECRET.replace("\"", "\\\"").replace("é", "\\u00E9"),
                HexFormat.of().formatHex(utf8),
                HexFormat.ofDelimiter(":").withUpperCase().formatHex(utf8),
                SECRET.replace("é", "[0xc3][0xa9]"),
                SECRET.replace("é", "[0xe9]"),
                SECRET.replace("é", "\\xc3\\xa9"),
                new String(utf8, StandardCharsets.ISO_8859_1));

        assertThat(forms)
                .allSatisfy(form -> assertThat(passed("«" + form + "»")).isEqualTo("«***»"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\n    ", "\\n", "\\r\\n", "[\\r][\\n]", "%0D%0A"})
    void wrappedBase64IsFound(String wrap) {
        for (int width : new int[] {20, 64, 76}) {
            for (int before = 0; before < 80; before++) {
                String login = "u".repeat(before) + SECRET + "!";
                for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
                    String encoded = encoder.encodeToString(login.getBytes(StandardCharsets.UTF_8));
                    String wrapped =
                            encoded.replaceAll("(.{" + width + "})(?=.)", "$1" + Matcher.quoteReplacement(wrap));

                    String shown = passed("body " + wrapped + " end").replaceAll("\\s|[\\\\\\[\\]]|%0[DA]", "");

                    assertThat(shown).contains("***");
                    String middle = encoded.substring((before + 5) * 4 / 3 + 2, (before + 20) * 4 / 3 - 2);
                    assertThat(shown).doesNotContain(middle.substring(0, 8), middle.substring(middle.length() - 8));
                }
            }
        }
    }

    @Test
    void textOnSeveralLinesKeepsThemBesidesItsSecrets() {
        assertThat(passed("one\ntwo other-\n secret three\nfour")).isEqualTo("one\ntwo *** three\nfour");
        String lines = "one\ntwo\nthree";
        assertThat(new Redactor(List.of(SECRET)).redact(lines)).isSameAs(lines);
    }

    @Test
    void overlappingSecretsLeaveNoRest() {
        Redactor redactor = new Redactor(List.of("abcdef", "defghi", "bcde"));

        assertThat(redactor.redact("-abcdefghi-")).isEqualTo("-***-");
    }

    @Test
    void shortSecretIsFoundOnlyWhereItStandsAlone() {
        Redactor redactor = new Redactor(List.of("ab"));

        assertThat(redactor.redact("{\"token\":\"ab\"} is about ab")).isEqualTo("{\"token\":\"***\"} is about ***");
    }

    private String passed(String message) {
        ExtLogRecord entry = entry(message);
        assertThat(filter.isLoggable(entry)).isTrue();
        return shown(entry);
    }

    private static ExtLogRecord entry(String message) {
        return new ExtLogRecord(Level.INFO, message, ExtLogRecord.FormatStyle.NO_FORMAT, "test");
    }

    private static String shown(LogRecord entry) {
        return new PatternFormatter("%s").format(entry);
    }

    private static String printed(Throwable thrown) {
        StringWriter printed = new StringWriter();
        thrown.printStackTrace(new PrintWriter(printed));
        return printed.toString();
    }
}
