package io.threadpost.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;

import jakarta.jms.JMSException;

import org.junit.jupiter.api.Test;

class FailureReasonTest {
    @Test
    void isWhatTheFailureSays() {
        assertThat(FailureReason.of(new IOException("Connection reset"))).isEqualTo("Connection reset");
        assertThat(FailureReason.of(new FileSystemException("out/threads", null, "No space left on device")))
                .isEqualTo("out/threads: No space left on device");
    }

    @Test
    void saysTheKindWhereThatIsAllThatIsSaid() {
        assertThat(FailureReason.of(new IllegalStateException())).isEqualTo("IllegalStateException");
        assertThat(FailureReason.of(new AccessDeniedException("out/threads")))
                .isEqualTo("AccessDeniedException: out/threads");
        assertThat(FailureReason.of(new UnknownHostException("api.example")))
                .isEqualTo("UnknownHostException: api.example");
    }

    @Test
    void isWhatTheBrokerSaysAndNotItsClient() {
        JMSException broker = new JMSException("AMQ119002: target address threads does not exist");
        assertThat(FailureReason.of(new RuntimeException("Uncategorized exception", broker)))
                .isEqualTo("AMQ119002: target address threads does not exist");
    }

    @Test
    void namesAnErrorWhateverItIsWrappedIn() {
        assertThat(FailureReason.of(
                        new IllegalStateException("on the exchange: Exchange[1]", new OutOfMemoryError("Java heap"))))
                .isEqualTo("OutOfMemoryError: Java heap");
        assertThat(FailureReason.of(new ExceptionInInitializerError(new IOException("no file"))))
                .isEqualTo("ExceptionInInitializerError: no file");
        assertThat(FailureReason.of(new StackOverflowError()))
                .isEqualTo("StackOverflowError: in " + FailureReasonTest.class.getName()
                        + ".namesAnErrorWhateverItIsWrappedIn");
    }

    @Test
    void isOneLineOfAtMost500Characters() {
        assertThat(FailureReason.of(new IOException("a\r\n\tb"))).isEqualTo("a b");
        assertThat(FailureReason.of(new IOException("x".repeat(10_000))))
                .hasSize(500)
                .endsWith("…");
    }
}
