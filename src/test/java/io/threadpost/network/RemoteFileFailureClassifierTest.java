package io.threadpost.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.SftpException;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.threadpost.retry.FailureClassifier.ClassifiedFailure;
import io.threadpost.retry.FailureClassifiers;
import io.threadpost.retry.FailureKind;
import io.threadpost.retry.FailureReason;

/** Whose failure it is, by what Camel's SFTP and FTP components throw. */
class RemoteFileFailureClassifierTest {
    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(sftp(new JSchException("Connection refused")), FailureKind.TARGET_UNREACHABLE),
                Arguments.of(sftp(new JSchException("Auth fail")), FailureKind.TARGET_UNREACHABLE),
                Arguments.of(
                        sftp(new SftpException(ChannelSftp.SSH_FX_PERMISSION_DENIED, "Denied")),
                        FailureKind.TARGET_DOWN),
                Arguments.of(sftp(new SftpException(ChannelSftp.SSH_FX_FAILURE, "Failure")), FailureKind.TARGET_DOWN),
                Arguments.of(
                        new GenericFileOperationFailedException(530, "Login incorrect", "no"),
                        FailureKind.TARGET_UNREACHABLE),
                Arguments.of(
                        new GenericFileOperationFailedException(421, "Too many users", "no"),
                        FailureKind.TARGET_UNREACHABLE),
                Arguments.of(
                        new GenericFileOperationFailedException(553, "Name not allowed", "no"), FailureKind.UNKNOWN),
                Arguments.of(new GenericFileOperationFailedException("File already exist: x"), FailureKind.UNKNOWN));
    }

    private static Exception sftp(Exception cause) {
        return new GenericFileOperationFailedException("Cannot connect to sftp://hotel@host:22", cause);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void isClassified(Exception failure, FailureKind kind) {
        FailureClassifiers classifiers = new FailureClassifiers(List.of(new RemoteFileFailureClassifier()));
        assertThat(classifiers.classify(failure)).isEqualTo(new ClassifiedFailure(kind));
        if (failure.getCause() != null) {
            assertThat(FailureReason.of(failure))
                    .endsWith(": " + failure.getCause().getMessage());
        }
    }
}
