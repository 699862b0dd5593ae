package io.threadpost.errors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.threadpost.errors.ProcessGuard.Consequence;

/** Which errors are an item's, and which end the process. */
class ProcessGuardTest {
    @ParameterizedTest
    @CsvSource({
        "Java heap space, WATCH_HEAP",
        "Garbage-collected heap size exceeded. Consider increasing the maximum Java heap size, WATCH_HEAP",
        "GC overhead limit exceeded, NO_PROGRESS",
        "Metaspace, NO_CLASS_MEMORY",
        "Compressed class space, NO_CLASS_MEMORY",
        "unable to create native thread: possibly out of memory or process/resource limits reached, NO_THREAD",
        "Requested array size exceeds VM limit, CONTINUE",
        "Required length exceeds implementation limit, CONTINUE",
        "Cannot reserve 1048576 bytes of direct buffer memory, CONTINUE",
        ", CONTINUE"
    })
    void onlyMemoryThatCannotBeFreeAgainEndsTheProcess(String message, Consequence consequence) {
        assertThat(Consequence.of(new OutOfMemoryError(message))).isEqualTo(consequence);
    }

    @Test
    void errorsOfOneExchangeEndNothing() {
        assertThat(List.of(
                        new StackOverflowError(),
                        new AssertionError(),
                        new NoClassDefFoundError("com/example/Gone"),
                        new ExceptionInInitializerError(),
                        new Error("of somebody's own")))
                .extracting(Consequence::of)
                .containsOnly(Consequence.CONTINUE);
        assertThat(Consequence.of(new InternalError())).isEqualTo(Consequence.BROKEN);
    }

    @ParameterizedTest
    @CsvSource({
        "FULL, 3, the heap is full and stays full",
        "METASPACE, 3, the memory for classes is used up",
        "UNCAUGHT, 3, the virtual machine reports an internal error",
        "PASSING, 0, ''"
    })
    void theProcessEndsWithOneLineOrGoesOn(GuardedProcess.Trouble trouble, int code, String line) throws Exception {
        Process process = start(trouble);
        try {
            String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(said).isEqualTo(code);
            assertThat(said.lines().filter(text -> text.startsWith("threadpost: ")))
                    .hasSize(code == 0 ? 0 : 1)
                    .allSatisfy(text -> assertThat(text).contains(line).contains("exit code 3"));
        } finally {
            process.destroyForcibly();
        }
    }

    private static Process start(GuardedProcess.Trouble trouble) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx24m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                GuardedProcess.class.getName(),
                trouble.name()));
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
