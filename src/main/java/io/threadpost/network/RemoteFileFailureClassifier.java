package io.threadpost.network;

import java.util.Optional;

import jakarta.inject.Singleton;

import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.SftpException;
import org.apache.camel.component.file.GenericFileOperationFailedException;

import io.threadpost.retry.FailureClassifier;
import io.threadpost.retry.FailureClassifier.ClassifiedFailure;
import io.threadpost.retry.FailureKind;

/** Whose failure it is when a route delivers a file by Camel's {@code sftp:} or {@code ftps:}. */
@Singleton
public final class RemoteFileFailureClassifier implements FailureClassifier {
    /** FTP: the service is not available. */
    private static final int NOT_AVAILABLE = 421;
    /** FTP: the login is refused. */
    private static final int NOT_LOGGED_IN = 530;

    @Override
    public Optional<ClassifiedFailure> classify(Throwable cause) {
        // No connection, a host key that is not known, a login refused.
        boolean unreachable = cause instanceof JSchException
                || cause instanceof GenericFileOperationFailedException ftp
                        && (ftp.getCode() == NOT_AVAILABLE || ftp.getCode() == NOT_LOGGED_IN);
        if (unreachable) {
            return Optional.of(new ClassifiedFailure(FailureKind.TARGET_UNREACHABLE));
        }
        // Servers report a denied permission, a quota and a full disk alike.
        return cause instanceof SftpException
                ? Optional.of(new ClassifiedFailure(FailureKind.TARGET_DOWN))
                : Optional.empty();
    }
}
