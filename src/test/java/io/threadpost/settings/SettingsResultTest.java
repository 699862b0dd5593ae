package io.threadpost.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsResultTest {
    private static final String GOOD =
            """
            threadpost.connector.address=https://api.mews-demo.com
            threadpost.connector.client-token=client-secret
            threadpost.connections.main.access-token=access-secret
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    pull.period=30          | pull.period: `30` has no unit; write 30s for seconds, 30ms for milliseconds, 30m for minutes
                    pull.period=0s          | pull.period: `0s` is too short; write a duration from 1s to 1d
                    pull.period=soon        | pull.period: `soon` is not a duration; write it like 500ms, 30s, 5m, 24h, 7d or PT30S
                    pull.settle=11m         | pull.settle: `11m` is too long; write a duration from 0s to 10m
                    pull.page-size=1001     | pull.page-size: `1001` is out of range; write a whole number from 1 to 1000
                    pull.page-size=many     | pull.page-size: `many` is not a whole number; write one from 1 to 1000
                    pull.walkers=0          | pull.walkers: `0` is out of range; write a whole number from 1 to 16
                    pull.start=yesterday    | pull.start: `yesterday` is neither an instant nor a period back from now; write it like 2026-01-01T00:00:00Z, 2026-01-01, P7D, P3M or PT1H
                    pull.start=P-7D         | pull.start: `P-7D` is neither an instant nor a period back from now; write it like 2026-01-01T00:00:00Z, 2026-01-01, P7D, P3M or PT1H
                    pull.start=9000-01-01   | pull.start: `9000-01-01` is in the future; write a past instant, or a period back from now such as P7D
                    pull.peroid=30s         | pull.peroid: unknown; did you mean `threadpost.pull.period`?
                    pull.pageSize=10        | pull.pageSize: unknown; did you mean `threadpost.pull.page-size`?
                    connections.main.acces-token=x  | connections.main.acces-token: unknown; did you mean `threadpost.connections.main.access-token`?
                    connections.main.enterprise-ids=a,b | connections.main.enterprise-ids: `a` is not a UUID; write UUIDs separated by commas, such as 851df8c8-90f2-4c4a-8e01-a4fc46b25178
                    connections.h.enterprise-ids=851df8c8-90f2-4c4a-8e01-a4fc46b25178 | connections.h.access-token: missing; set THREADPOST_CONNECTIONS_H_ACCESS_TOKEN in the environment, or the key in application.properties
                    connector.limit.requests=0 | connector.limit.requests: `0` is out of range; write a whole number from 1 to 1000000
                    queue.url=broker:5672   | queue.url: `broker:5672` is not the URL of a broker; write amqp://HOST:5672, amqps://HOST:5671 or failover:(amqp://HOST1:5672,amqp://HOST2:5672)
                    queue.url=AMQP://broker | queue.url: `AMQP://broker` is not the URL of a broker; write amqp://HOST:5672, amqps://HOST:5671 or failover:(amqp://HOST1:5672,amqp://HOST2:5672)
                    queue.url=amqp://h:99999 | queue.url: `amqp://h:99999` is not the URL of a broker; write amqp://HOST:5672, amqps://HOST:5671 or failover:(amqp://HOST1:5672,amqp://HOST2:5672)
                    digest.cron=0 0 7 31 2 ? | digest.cron: `0 0 7 31 2 ?` never fires; write one like 0 0 7 * * ?
                    digest.cron=often       | digest.cron: `often` is not a cron expression (Illegal characters for this position: 'OFT'); write one like 0 0 7 * * ?
                    smtp.tls=ssl            | smtp.tls: `ssl` cannot be used; write one of none, starttls, tls
                    queue.url=amqp://u:p@h  | queue.url: must not hold a user or password; write them to threadpost.queue.username and threadpost.queue.password
                    queue.url=failover:(amqp://a:5672,http://b:80)?failover.randomize=true | queue.url: `http://b:80` is not the URL of a broker; write amqp://HOST:5672, amqps://HOST:5671 or failover:(amqp://HOST1:5672,amqp://HOST2:5672)
                    queue.url=amqp://h:1?jms.password=x | queue.url: must not hold a user or password; write them to threadpost.queue.username and threadpost.queue.password
                    queue.url=amqp://h:1?transport.traceBytes=true | queue.url: must not trace bytes, as the password would be in the log; use amqp.traceFrames=true instead
                    queue.on=true           | queue.on: unknown; did you mean `threadpost.queue.url`?
                    kafka.brokers=broker    | kafka.brokers: `broker` is not a broker; write HOST1:9092,HOST2:9092
                    kafka.brokers=u:p@h:1   | kafka.brokers: must not hold a user or password; write HOST1:9092,HOST2:9092
                    kafka.topic=a b         | kafka.topic: `a b` is not the name of a topic; write letters, digits, `.`, `_` and `-`
                    kafka.username=u        | kafka.password: missing; set THREADPOST_KAFKA_PASSWORD in the environment, or the key in application.properties
                    ledger.url=jdbc:h2:mem  | ledger.url: `jdbc:h2:mem` is neither an SQLite nor a PostgreSQL URL; write jdbc:sqlite:PATH or jdbc:postgresql://HOST/DATABASE
                    ledger.url=jdbc:sqlite::memory: | ledger.url: `jdbc:sqlite::memory:` names no file, and the ledger must outlive the process; write jdbc:sqlite: and a path, such as jdbc:sqlite:state/ledger.db
                    ledger.url=jdbc:postgresql://db/t?password=x | ledger.url: must not hold a user or password; write them to threadpost.ledger.username and threadpost.ledger.password
                    ledger.password=pw      | ledger.password: is for PostgreSQL, but the ledger is an SQLite file; remove it, or set threadpost.ledger.url
                    spool.backoff-max=500ms | spool.backoff-max: `500ms` is less than threadpost.spool.backoff (`1s`); write the same or more
                    spool.keep=366d         | spool.keep: `366d` is too long; write a duration from 0s to 365d
                    pull.period=E0D439EE522F44368DC78E1BFB03710C-D24FB11DBE31D4621C4817E028D9E1D | pull.period: `***` is not a duration; write it like 500ms, 30s, 5m, 24h, 7d or PT30S
                    ledger.url=dGhyZWFkcG9zdC+0aGUgdG9rZW4/b2YgYSBob3RlbA== | ledger.url: `***` is neither an SQLite nor a PostgreSQL URL; write jdbc:sqlite:PATH or jdbc:postgresql://HOST/DATABASE
                    connections.main.enterprise-ids=851df8c8-90f2-4c4a-8e01-a4fc46b25178,851df8c8-90f2-4c4a-8e01-a4fc46b25178 | connections.main.enterprise-ids: `851df8c8-90f2-4c4a-8e01-a4fc46b25178` is listed twice; write it once
                    files.directory=${NOWHERE} | files.directory: holds an expression ${…} that cannot be resolved; set what it names, or give it a default
                    """)
    void badSettingIsSaidInOneLine(String line, String expected) {
        String where = expected.contains("missing;") ? "" : "application.properties:4: ";
        assertThat(problems(GOOD + "threadpost." + line)).containsExactly(where + "threadpost." + expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ftp://mews.com           | `ftp://mews.com` is not a URL with http or https; write one like https://api.mews.com
                    api.mews.com             | `api.mews.com` is not a URL with http or https; write one like https://api.mews.com
                    https://api.mews.com/api | `https://api.mews.com/api` has a path; write `https://api.mews.com`, the rest is added to it
                    https://u:pw@mews.com    | must not hold a user name or password; write scheme and host only
                    https://mews.com:70000   | `https://mews.com:70000` has an invalid port; write one from 1 to 65535
                    """)
    void badAddressIsRefused(String address, String expected) {
        assertThat(problems(GOOD.replace("https://api.mews-demo.com", address)))
                .containsExactly("application.properties:1: threadpost.connector.address: " + expected);
    }

    @Test
    void everythingMissingIsSaidWithItsLine() {
        assertThat(problems("# empty\nthreadpost.connector.address=\n"))
                .containsExactly(
                        "application.properties:2: threadpost.connector.address: missing; set"
                                + " THREADPOST_CONNECTOR_ADDRESS in the environment, or the key in "
                                + "application.properties",
                        "threadpost.connector.client-token: missing; set THREADPOST_CONNECTOR_CLIENT_TOKEN in the"
                                + " environment, or the key in application.properties",
                        "threadpost.connections.<name>.access-token: there is no connection; set the access token of"
                                + " one, such as THREADPOST_CONNECTIONS_MAIN_ACCESS_TOKEN in the environment");
    }

    @Test
    void secretInTheWrongPlaceIsNotQuoted() {
        assertThat(problems(GOOD + "threadpost.pull.start=access-secret"))
                .singleElement()
                .asString()
                .startsWith("application.properties:4: threadpost.pull.start: `***` is neither");
    }

    @Test
    void unknownCamelKeysAreRefused() {
        assertThat(problems(GOOD + "camel.main.auto-startupp=false\ncamel.component.http.conectTimeout=3\n"
                        + "camel.component.htp.x=1\ncamel.language.jsonpath.optoin=x"))
                .containsExactly(
                        "application.properties:4: camel.main.auto-startupp: unknown; did you mean"
                                + " `camel.main.autoStartup`?",
                        "application.properties:5: camel.component.http.conectTimeout: unknown; did you mean"
                                + " `camel.component.http.connectTimeout`?",
                        "application.properties:6: camel.component.htp.x: there is no component `htp` in this build",
                        "application.properties:7: camel.language.jsonpath.optoin: unknown; did you mean"
                                + " `camel.language.jsonpath.option`?");
    }

    @Test
    void knownCamelKeysAreAcceptedInBothSpellings() {
        assertThat(problems(GOOD + "camel.main.auto-startup=false\ncamel.main.logMask=true\n"
                        + "camel.component.http.connect-timeout=3\ncamel.component.https.connectTimeout=3\n"
                        + "camel.dataformat.jackson.pretty-print=true\ncamel.language.jsonpath.option=x\n"
                        + "camel.language.simple.trim=true\ncamel.threadpool.config[x].pool-size=2\n"
                        + "camel.beans.x=#class:y\nquarkus.anything=1\nquarkus.camel.routes-discovery.enabled=true"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    java.lang.IllegalArgumentException: SRCFG00039: The config property quarkus.http.port with the config value "abc" threw an Exception whilst being converted SRCFG00029: Expected an integer value, got "abc" | a:1: quarkus.http.port: `abc` is refused: Expected an integer value, got "abc"
                    SRCFG00039: The config property quarkus.log."x.y".level with the config value "E0D439EE522F44368DC78E1BFB03710C" threw an Exception whilst being converted no level E0D439EE522F44368DC78E1BFB03710C | quarkus.log."x.y".level: `***` is refused: no level ***
                    SRCFG00014: The config property x is required | SRCFG00014: The config property x is required
                    """)
    void whatQuarkusRefusesIsSaidByKeyAndReason(String said, String expected) {
        ConfigView view = view(Map.of(), Map.of(), PropertiesFile.parse("a", "quarkus.http.port=abc"), "prod");

        assertThat(SettingsResult.of(view, "test").quarkusProblem(said).line()).isEqualTo(expected);
    }

    @Test
    void keyThatStandsTwiceIsRefused() {
        assertThat(problems("a=1\n# a\nb=2\na=3\ncamel.main.logMask=true\ncamel.main.log-mask=true\n" + GOOD))
                .containsExactly(
                        "application.properties:4: a: is set in line 1 already; keep one of the two",
                        "application.properties:6: camel.main.log-mask: is set in line 5 already; keep one of the two");
    }

    @Test
    void strongerSourcesWin() {
        PropertiesFile file = PropertiesFile.parse(
                "application.properties",
                GOOD + "threadpost.pull.page-size=1\nthreadpost.pull.walkers=1\n"
                        + "threadpost.spool.attempts=1\nthreadpost.spool.parcel=1");
        SettingsResult settingsResult = SettingsResult.of(
                view(
                        Map.of("threadpost.pull.page-size", "3", "threadpost.spool.parcel", ""),
                        Map.of(
                                "THREADPOST_PULL_PAGE_SIZE", "2",
                                "THREADPOST_PULL_WALKERS", "2",
                                "THREADPOST_SPOOL_PARCEL", ""),
                        file,
                        "prod"),
                "test");

        Settings settings = settingsResult.orThrow();

        assertThat(settings.get(SettingsCatalogue.PULL_PAGE_SIZE))
                .as("-D over all")
                .isEqualTo(3);
        assertThat(settings.get(SettingsCatalogue.PULL_WALKERS))
                .as("environment over file")
                .isEqualTo(2);
        assertThat(settings.spool().attempts()).as("file over default").isEqualTo(1);
        assertThat(settings.spool().parcel()).as("empty is not set").isEqualTo(1);
    }

    @Test
    void placeNamesTheSourceThatHolds() {
        assertThat(problems(
                        GOOD + "threadpost.pull.walkers=77",
                        Map.of("threadpost.pull.page-size", "0"),
                        Map.of("THREADPOST_PULL_WALKERS", "99", "THREADPOST_SPOL_LEASE", "1s")))
                .containsExactly(
                        "-Dthreadpost.pull.page-size: `0` is out of range; write a whole number from 1 to 1000",
                        "environment variable THREADPOST_PULL_WALKERS: `99` is out of range; write a whole number"
                                + " from 1 to 16",
                        "environment variable THREADPOST_SPOL_LEASE: unknown; did you mean `THREADPOST_SPOOL_LEASE`?");
    }

    @Test
    void connectionsMayExistInTheEnvironmentOnly() {
        Settings settings = SettingsResult.of(
                        view(
                                Map.of(),
                                Map.of(
                                        "THREADPOST_CONNECTIONS_HOTEL_NORD_ACCESS_TOKEN", "nord-secret",
                                        "THREADPOST_CONNECTIONS_MAIN_ACCESS_TOKEN", "stronger-secret",
                                        "THREADPOST_PORT_8080_TCP_ADDR", "10.0.0.1",
                                        "THREADPOST_SERVICE_PORT_HTTP", "8080"),
                                PropertiesFile.parse("application.properties", GOOD),
                                "prod"),
                        "test")
                .orThrow();

        assertThat(settings.connections())
                .containsExactly(
                        new ConnectionSettings("hotel-nord", "nord-secret", List.of()),
                        new ConnectionSettings("main", "stronger-secret", List.of()));
    }

    @Test
    void expressionsAndProfilesHold() {
        Map<String, String> environment = Map.of("MY_TOKEN", "from-vault");
        Settings settings = SettingsResult.of(
                        view(
                                Map.of(),
                                environment,
                                PropertiesFile.parse(
                                        "application.properties",
                                        GOOD.replace("client-secret", "${MY_TOKEN}")
                                                + "%dev.threadpost.pull.period=1s\n%prod.threadpost.pull.period=7s\n"
                                                + "%dev.threadpost.connections.sandbox.access-token=x"),
                                "prod"),
                        "test")
                .orThrow();

        assertThat(settings.connector().clientToken()).isEqualTo("from-vault");
        assertThat(settings.get(SettingsCatalogue.PULL_PERIOD)).hasSeconds(7);
        assertThat(settings.connections()).extracting(ConnectionSettings::name).containsExactly("main");
    }

    private static ConfigView view(
            Map<String, String> systemProperties,
            Map<String, String> environment,
            PropertiesFile file,
            String profile) {
        return ConfigView.of(systemProperties, environment, file, profile, Path.of(""));
    }

    private static List<String> problems(String file) {
        return problems(file, Map.of(), Map.of());
    }

    private static List<String> problems(
            String file, Map<String, String> systemProperties, Map<String, String> environment) {
        return SettingsResult.of(
                        view(
                                new HashMap<>(systemProperties),
                                environment,
                                PropertiesFile.parse("application.properties", file),
                                "prod"),
                        "test")
                .problems()
                .stream()
                .map(SettingProblem::line)
                .toList();
    }
}
