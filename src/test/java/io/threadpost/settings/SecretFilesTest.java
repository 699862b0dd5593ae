package io.threadpost.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.threadpost.secrets.RunTimeSecrets;
import io.threadpost.testing.LogLines;

/** A secret whose file is replaced while the process runs. */
class SecretFilesTest {
    private static final String KEY = "threadpost.connections.hotel.access-token";

    @TempDir
    Path folder;

    private final RunTimeSecrets redacted = new RunTimeSecrets();

    private SecretFiles files(Map<String, String> settings) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withInterceptors(new SecretValues(folder))
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .build();
        return new SecretFiles(config::getConfigValue, redacted);
    }

    private static String current(SecretFiles files) {
        return files.current(SettingsCatalogue.CONNECTIONS_ACCESS_TOKEN, "hotel", "first-token");
    }

    @Test
    void newSecretIsUsedAndRedactedOnceItIsThere() throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "first-token\n");
        SecretFiles files = files(Map.of(KEY + "-file", "token"));
        assertThat(current(files)).isEqualTo("first-token");

        try (LogLines log = LogLines.of(SecretFiles.class.getName())) {
            Path next = Files.writeString(folder.resolve("next"), "second-token\n");
            Files.move(next, token, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);

            assertThat(current(files)).isEqualTo("second-token");
            assertThat(current(files)).isEqualTo("second-token");
            assertThat(log.lines()).singleElement().asString().contains(KEY + "-file: the file has changed");
        }
        assertThat(redacted.redact("refused: second-token")).isEqualTo("refused: ***");
    }

    @Test
    void fileThatCannotBeUsedChangesNothingAndIsReportedOnce() throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "second-token\n");
        SecretFiles files = files(Map.of(KEY + "-file", "token"));
        assertThat(current(files)).isEqualTo("second-token");

        try (LogLines log = LogLines.of(SecretFiles.class.getName())) {
            for (String unusable : new String[] {"\n", "new\n"}) {
                Files.writeString(token, unusable);
                assertThat(current(files)).isEqualTo("second-token");
                assertThat(current(files)).isEqualTo("second-token");
            }
            Files.delete(token);
            assertThat(current(files)).isEqualTo("second-token");
            assertThat(log.lines())
                    .hasSize(3)
                    .allMatch(line -> line.contains(KEY + "-file: names a file ")
                            && line.endsWith("; until then the last one is used"));
        }
    }

    @Test
    void secretThatIsInNoFileStaysThatOfTheStart() {
        assertThat(current(files(Map.of(KEY, "another")))).isEqualTo("first-token");
        assertThat(current(files(Map.of()))).isEqualTo("first-token");
    }
}
