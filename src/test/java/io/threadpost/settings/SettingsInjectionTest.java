package io.threadpost.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import jakarta.inject.Inject;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("alone")
@QuarkusTest
@TestProfile(SettingsInjectionTest.Filled.class)
class SettingsInjectionTest {
    /** What the file in the working directory leaves empty. */
    public static final class Filled implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "threadpost.connector.address", "http://localhost:8080",
                    "threadpost.connector.client-token", "client-secret",
                    "threadpost.connections.hotel.access-token", "access-secret",
                    "quarkus.management.test-port", "0");
        }
    }

    @Inject
    Settings settings;

    @ConfigProperty(name = "threadpost.files.directory")
    String directory;

    @Test
    void settingsAreInjectedAndDefaultsAreVisibleToPlaceholders() {
        assertThat(settings.secrets()).containsExactlyInAnyOrder("client-secret", "access-secret");
        assertThat(settings.connections()).extracting(ConnectionSettings::name).containsExactly("hotel");
        assertThat(directory).isEqualTo("out/threads");
    }
}
