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

    @Test
    void readersAndAProxyNeedATokenThatMayAct() {
        String token = "threadpost.api.token";
        String both = "0123456789abcdef";
        assertThat(problems("threadpost.api.read-token", both)).contains("set THREADPOST_API_TOKEN");
        assertThat(problems("threadpost.api.proxy.addresses", "10.0.0.5")).contains("set THREADPOST_API_TOKEN");
        assertThat(problems(token, both, "threadpost.api.read-token", both)).contains("make up another one");
        assertThat(problems(token, both, "threadpost.api.read-token", "secret")).contains("too short");
        assertThat(problems(token, both, "threadpost.api.proxy.addresses", "10.0.0.0/8, ::1,fd00::/8"))
                .isEmpty();
        for (String wrong :
                new String[] {"proxy", "10.0.0.1/33", "10.0.0", "999.0.0.1", "10.0.0.1,", "::/129", "::1/x"}) {
            assertThat(problems(token, both, "threadpost.api.proxy.addresses", wrong))
                    .as(wrong)
                    .contains("write one like 10.0.0.5 or 10.0.0.0/8");
        }
        assertThat(problems(token, both, "threadpost.api.proxy.operators", "anna,b c"))
                .contains("`b c` is not");
        assertThat(problems(token, both, "threadpost.api.proxy.user-header", "X User"))
                .contains("X-Forwarded-User");
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
