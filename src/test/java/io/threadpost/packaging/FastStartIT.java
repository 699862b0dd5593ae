package io.threadpost.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import io.threadpost.testing.Program;

/** What docs/start.md says of the fast start: the options are understood, and the archive of classes is used. */
class FastStartIT {
    @Test
    void archiveFitsWhereTheProgramIsStarted() throws Exception {
        assumeThat(Program.isExecutable()).isFalse();

        // With -Xshare:on Java refuses to start without its archive.
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "@quarkus-app/jvm.options",
                        "-Xshare:on",
                        "-jar",
                        "quarkus-app/fast-start.jar",
                        "--help")
                .directory(Path.of("target").toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes());

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(said).startsWith("Usage: threadpost");
        assertThat(process.exitValue()).isZero();
    }
}
