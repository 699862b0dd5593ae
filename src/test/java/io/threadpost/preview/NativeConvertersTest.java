package io.threadpost.preview;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;

import org.junit.jupiter.api.Test;

/** A plain Camel context reads the names of its converters from files: a native executable must have those classes. */
class NativeConvertersTest {
    private static final Path REGISTERED =
            Path.of("src/main/resources/META-INF/native-image/io.threadpost/preview/reflect-config.json");

    @Test
    void everyLoaderOfConvertersIsRegistered() throws Exception {
        String registered = Files.readString(REGISTERED);
        for (URL file : Collections.list(
                getClass().getClassLoader().getResources("META-INF/services/org/apache/camel/TypeConverterLoader"))) {
            String names;
            try (var in = file.openStream()) {
                names = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
            assertThat(names.lines().filter(name -> !name.isBlank() && !name.startsWith("#")))
                    .as(file.toString())
                    .allSatisfy(name -> assertThat(registered).contains("\"" + name.strip() + "\""));
        }
    }
}
