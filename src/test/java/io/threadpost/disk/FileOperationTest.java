package io.threadpost.disk;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

class FileOperationTest {
    private static final Path FILE = Path.of("out/a.json");

    @Test
    void failureNamesStepFileAndReason() {
        assertThatThrownBy(() -> fail(new IOException("Invalid argument")))
                .hasMessage("writing out/a.json: Invalid argument");
        assertThatThrownBy(() -> fail(new AccessDeniedException("out/a.json")))
                .hasMessage("writing out/a.json: permission denied");
        assertThatThrownBy(() -> fail(new NoSuchFileException("out")))
                .hasMessage("writing out/a.json: no such file (out)");
        assertThatThrownBy(() -> fail(new FileSystemException("out/a.json", null, "No space left on device")))
                .hasMessage("writing out/a.json: No space left on device");
    }

    private static void fail(IOException e) throws IOException {
        FileOperation.run("writing", FILE, () -> {
            throw e;
        });
    }
}
