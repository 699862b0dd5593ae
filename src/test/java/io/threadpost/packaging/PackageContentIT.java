package io.threadpost.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import io.threadpost.Sources;
import io.threadpost.testing.Program;

/** What is in the package, and what is for development and tests only. */
class PackageContentIT {
    private static final Pattern JAR = Pattern.compile(".*?([A-Za-z0-9_-]+?)-(\\d[^-]*(?:-[A-Za-z0-9.]+)*)\\.jar");

    @Test
    void sandboxAndItsServersAreLeftOut() {
        assumeThat(Program.isExecutable()).isFalse();

        List<String> classes = Sources.below("target/quarkus-app").stream()
                .filter(file -> file.toString().endsWith(".jar"))
                .flatMap(jar -> entries(jar).stream())
                .filter(entry -> entry.endsWith(".class"))
                .toList();

        assertThat(classes)
                .contains("io/threadpost/ThreadpostMain.class")
                .noneMatch(entry -> entry.startsWith("io/threadpost/sandbox/"))
                .noneMatch(entry -> entry.startsWith("com/icegreen/greenmail/"))
                .noneMatch(entry ->
                        entry.startsWith("org/apache/activemq/artemis/") || entry.startsWith("org/apache/artemis/"));
    }

    @Test
    void sbomNamesEveryLibraryOfThePackage() throws IOException {
        assumeThat(Program.isExecutable()).isFalse();

        String sbom = Files.readString(Path.of("target/quarkus-app/sbom.cdx.json"));

        assertThat(sbom).contains("\"bomFormat\"", "CycloneDX", "pkg:maven/org.apache.camel/camel-core-model@");
        // Files are named as groupId.artifactId-version.jar.
        assertThat(Sources.below("target/quarkus-app/lib").stream()
                        .map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith(".jar")))
                .isNotEmpty()
                .allMatch(name -> JAR.matcher(name).matches()
                        && sbom.contains(JAR.matcher(name).replaceAll("$1@$2")));
    }

    private static List<String> entries(Path jar) {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream().map(entry -> entry.getName()).toList();
        } catch (IOException e) {
            throw new AssertionError(jar.toString(), e);
        }
    }
}
