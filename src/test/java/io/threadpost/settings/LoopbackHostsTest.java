package io.threadpost.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackHostsTest {
    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST", "127.0.0.1", "127.1.2.3", "::1", "[::1]", "0:0:0:0:0:0:0:1"})
    void thisMachineAlone(String host) {
        assertThat(LoopbackHosts.contain(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "::",
                "192.168.0.7",
                "example.org",
                "localhost.example.org",
                "127.0.0.1.example.org",
                "::11",
                ""
            })
    void otherMachinesToo(String host) {
        assertThat(LoopbackHosts.contain(host)).isFalse();
    }

    @Test
    void aTokenOpensTheDoorAndAShortOneIsRefused() {
        assertThat(problems("quarkus.http.host", "0.0.0.0")).contains("set THREADPOST_API_TOKEN");
        assertThat(problems("quarkus.http.host", "localhost")).isEmpty();
        assertThat(problems("quarkus.http.host", "0.0.0.0", "quarkus.http.host-enabled", "false"))
                .isEmpty();
        assertThat(problems("quarkus.http.host", "0.0.0.0", "threadpost.api.token", "0123456789abcdef"))
                .isEmpty();
        assertThat(problems("threadpost.api.token", "secret"))
                .contains("too short")
                .doesNotContain("secret`");
    }

    private static String problems(String... keysAndValues) {
        Map<String, String> values = new HashMap<>(Map.of(
                "threadpost.connector.address", "http://localhost:1",
                "threadpost.connector.client-token", "client",
                "threadpost.connections.main.access-token", "access"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return String.join(
                "\n",
                SettingsResult.of(ConfigView.of(values), "test").problems().stream()
                        .map(SettingProblem::line)
                        .toList());
    }
}
