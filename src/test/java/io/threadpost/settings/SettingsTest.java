package io.threadpost.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

class SettingsTest {
    private static final Map<String, String> NEEDED = Map.of(
            "threadpost.connector.address", "https://api.mews-demo.com/",
            "threadpost.connector.client-token", "client-secret",
            "threadpost.connections.main.access-token", "access-secret");

    @Test
    void defaultsHoldWhereNothingIsSet() {
        Settings settings = TestSettings.of(NEEDED);

        assertThat(settings.connector())
                .isEqualTo(new ConnectorSettings(
                        URI.create("https://api.mews-demo.com"),
                        "client-secret",
                        "Threadpost 1.0.0",
                        200,
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(100)));
        assertThat(settings.connections()).containsExactly(new ConnectionSettings("main", "access-secret", List.of()));
        assertThat(settings.get(SettingsCatalogue.PULL_PAGE_SIZE)).isEqualTo(1000);
        assertThat(settings.get(SettingsCatalogue.PULL_START).from(Instant.parse("2026-03-08T12:00:00Z")))
                .isEqualTo("2026-03-01T12:00:00Z");
        assertThat(settings.ledger().postgresql()).isFalse();
        assertThat(settings.ledger().sqliteFile()).isEqualTo(Path.of("state/ledger.db"));
        assertThat(settings.get(SettingsCatalogue.FILES_DIRECTORY)).isEqualTo(Path.of("out/threads"));
        assertThat(settings.spool())
                .isEqualTo(new SpoolSettings(
                        Duration.ofDays(1),
                        1000,
                        10,
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(1)));
        assertThat(settings.get(SettingsCatalogue.ROUTES_DIRECTORY)).isEqualTo(Path.of("routes"));
    }

    @Test
    void connectionsAreSortedByName() {
        Map<String, String> values = new HashMap<>(NEEDED);
        values.put("threadpost.connections.hotel-a.access-token", "a-secret");
        values.put("threadpost.connections.hotel-a.enterprise-ids", "851df8c8-90f2-4c4a-8e01-a4fc46b25178");

        assertThat(TestSettings.of(values).connections())
                .containsExactly(
                        new ConnectionSettings("hotel-a", "a-secret", List.of("851df8c8-90f2-4c4a-8e01-a4fc46b25178")),
                        new ConnectionSettings("main", "access-secret", List.of()));
    }

    @Test
    void noSecretIsPrinted() {
        Map<String, String> values = new HashMap<>(NEEDED);
        values.put("threadpost.ledger.url", "jdbc:postgresql://db/threadpost");
        values.put("threadpost.ledger.username", "threadpost");
        values.put("threadpost.ledger.password", "ledger-secret");

        Settings settings = TestSettings.of(values);

        assertThat(settings.secrets()).containsExactlyInAnyOrder("client-secret", "access-secret", "ledger-secret");
        assertThat(settings.toString()).doesNotContain(settings.secrets()).contains("***", "main");
    }

    @Test
    void everyProblemIsSaidAtOnce() {
        assertThatThrownBy(() -> TestSettings.of(Map.of("threadpost.pull.period", "30")))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContainingAll(
                        "threadpost.connector.address: missing",
                        "threadpost.connector.client-token: missing",
                        "threadpost.pull.period: `30` has no unit",
                        "threadpost.connections.<name>.access-token: there is no connection");
    }
}
