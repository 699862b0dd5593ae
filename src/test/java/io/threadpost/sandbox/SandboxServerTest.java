package io.threadpost.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SandboxServerTest {
    private static final String WINDOW = SandboxClient.updated("2024-01-01T00:00:00Z", "2024-01-02T00:00:00Z");

    @Test
    void anUnavailablePlatformRefusesConnectionsAndComesBackOnItsPort() throws Exception {
        try (SandboxPlatform platform = SandboxPlatform.start(new SandboxOptions())) {
            SandboxClient client = new SandboxClient(platform);
            for (int i = 0; i < 5; i++) {
                platform.setAvailable(false);
                assertThatThrownBy(() -> client.getAll(WINDOW, 1, null)).isInstanceOf(IOException.class);
                platform.setAvailable(true);
                assertThat(client.getAll(WINDOW, 1, null).statusCode()).isEqualTo(200);
            }
        }
    }

    @Test
    void closingFreesThePortAndCanBeRepeated() {
        SandboxPlatform first = SandboxPlatform.start(new SandboxOptions());
        SandboxOptions samePort = new SandboxOptions().port(first.address().getPort());
        assertThatThrownBy(() -> SandboxPlatform.start(samePort))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(String.valueOf(first.address().getPort()));
        first.close();
        first.close();
        try (SandboxPlatform second = SandboxPlatform.start(samePort)) {
            assertThat(second.address()).isEqualTo(first.address());
        }
    }

    @Test
    void statusPagesTellTheTruthToOtherProcesses() throws Exception {
        try (SandboxPlatform platform = SandboxPlatform.start(new SandboxOptions().threads(12_345))) {
            SandboxClient client = new SandboxClient(platform);
            client.getAll(WINDOW, 1, null);
            client.getAll(WINDOW, 0, null);
            assertThat(client.send(client.request("/")).body()).contains("threads            12345");
            assertThat(client.send(client.request("/sandbox/versions")).body().lines())
                    .hasSize(12_345)
                    .containsExactlyInAnyOrderElementsOf(platform.versions());
            assertThat(client.send(client.request("/sandbox/stats")).body())
                    .isEqualTo("{\"threads\":12345,\"requestsByStatus\":{\"200\":1,\"400\":1},"
                            + "\"refusals\":{\"400 Count must be between 1 and 1000\":1},\"faults\":{},"
                            + "\"maxInWindow\":2,\"earlyAfter429\":0}");
            assertThat(client.send(client.request("/sandbox/quiet").POST(HttpRequest.BodyPublishers.noBody()))
                            .statusCode())
                    .isEqualTo(204);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--threds 7: Unknown option --threds; --help lists all",
                "--threads: --threads needs a value, such as 25000",
                "--latency 7x: --latency cannot be '7x'; it is used like --latency 200ms",
                "--limit 200: --limit cannot be '200'; it is used like --limit 200/30s",
                "--order newest: --order cannot be 'newest'; it is used like --order newest-updated",
                "--faults thunder: --faults cannot be 'thunder'; it is used like --faults storm",
            })
    void aWrongArgumentIsOneClearLine(String example) {
        String[] parts = example.split(": ", 2);
        assertThatThrownBy(() -> new SandboxArguments().parse(List.of(parts[0].split(" "))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(parts[1]);
    }

    @Test
    void everyArgumentInTheHelpIsUnderstoodAsItsExampleSays() {
        String help = new SandboxArguments().help();
        List<String> arguments = help.lines()
                .skip(1)
                .map(line -> line.strip().split(" {2,}")[0])
                .flatMap(example -> List.of(example.split(" ")).stream())
                .map(word -> word.equals("TOKEN=UUID,UUID") ? "my-token=" + SandboxOptions.ENTERPRISE : word)
                .toList();
        SandboxOptions options = new SandboxArguments().parse(arguments);
        assertThat(options.accessTokens()).containsOnlyKeys("my-token");
        assertThat(options.faults().seed()).isEqualTo(7);
        assertThat(options.latency()).hasMillis(200);
        assertThat(options.cursorPolicy()).isEqualTo(CursorPolicy.EMPTY);
    }
}
