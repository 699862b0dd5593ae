package io.threadpost.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A secret that would take ordinary words out of the log is refused at the start, and no other one. */
class WeakSecretsTest {
    @TempDir
    Path folder;

    private SettingsResult reading(String password) throws Exception {
        Files.writeString(
                folder.resolve("application.properties"),
                """
                threadpost.connector.address=http://localhost:1
                threadpost.connector.client-token=C0FFEE-client
                threadpost.connections.main.access-token=C0FFEE-access
                threadpost.queue.url=amqp://localhost:1
                threadpost.queue.username=me
                threadpost.queue.password=%s
                """
                        .formatted(password));
        return SettingsResult.in(folder, "prod");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mail", "Queue", "ERROR", "a", "abc", "12"})
    void commonWordIsRefusedWithoutBeingSaid(String password) throws Exception {
        assertThat(reading(password).problems())
                .extracting(SettingProblem::line)
                .satisfiesExactly(line -> assertThat(line)
                        .startsWith("application.properties:6: threadpost.queue.password: is too weak to be kept out "
                                + "of the log")
                        .doesNotContain("`"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"guest", "postgres", "admin", "artemis", "Mail7", "messages", "hunter22"})
    void everyOtherOneIsTaken(String password) throws Exception {
        assertThat(reading(password).problems()).isEmpty();
    }
}
