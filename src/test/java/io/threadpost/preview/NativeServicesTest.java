package io.threadpost.preview;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

/** A plain Camel context reads the names of classes from files: a native executable must have those classes. */
class NativeServicesTest {
    private static final Path REGISTERED =
            Path.of("src/main/resources/META-INF/native-image/io.threadpost/preview/reflect-config.json");
    private static final String SERVICES = "META-INF/services/org/apache/camel/";
    /** What a context of a preview has; not consoles, the configuration of the process, or tests. */
    private static final Pattern LIBRARY = Pattern.compile(
            ".*/camel-(base|base-engine|bean|core-engine|core-languages|core-model|core-processor|direct|file|health"
                    + "|http|jackson|jsonpath|kamelet|log|mail|seda|support|timer|yaml-dsl)-[0-9][^/]*\\.jar");

    private static final Pattern CLASS = Pattern.compile("(?m)^class=(\\S+)");

    @Test
    void everyLoaderOfConvertersIsRegistered() throws IOException {
        String registered = Files.readString(REGISTERED);
        for (URL file : Collections.list(
                getClass().getClassLoader().getResources("META-INF/services/org/apache/camel/TypeConverterLoader"))) {
            String names;
            try (InputStream in = file.openStream()) {
                names = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
            assertThat(names.lines().filter(name -> !name.isBlank() && !name.startsWith("#")))
                    .as(file.toString())
                    .allSatisfy(name -> assertThat(registered).contains("\"" + name.strip() + "\""));
        }
    }

    @Test
    void everyServiceOfTheContextIsRegistered() throws IOException {
        String registered = Files.readString(REGISTERED);
        Set<String> services = new TreeSet<>();
        for (URL manifest : Collections.list(getClass().getClassLoader().getResources(JarFile.MANIFEST_NAME))) {
            if (manifest.openConnection() instanceof JarURLConnection connection
                    && LIBRARY.matcher(connection.getJarFileURL().getPath()).matches()) {
                try (JarFile jar = new JarFile(connection.getJarFileURL().getPath())) {
                    for (JarEntry entry : Collections.list(jar.entries())) {
                        if (entry.getName().startsWith(SERVICES)
                                && !entry.getName().startsWith(SERVICES + "dev-console/")
                                && !entry.getName().startsWith(SERVICES + "cloud/")
                                && !entry.getName().endsWith(".json")) {
                            Matcher name = CLASS.matcher(
                                    new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
                            if (name.find()) {
                                services.add(name.group(1));
                            }
                        }
                    }
                }
            }
        }

        assertThat(services).hasSizeGreaterThan(50).allSatisfy(name -> assertThat(registered)
                .contains("\"" + name + "\""));
    }
}
