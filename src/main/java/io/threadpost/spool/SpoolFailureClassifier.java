package io.threadpost.spool;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLHandshakeException;
import jakarta.inject.Singleton;

import org.apache.camel.component.direct.DirectConsumerNotAvailableException;

import io.threadpost.ledger.LedgerException;
import io.threadpost.retry.FailureClassifier;
import io.threadpost.retry.FailureClassifier.ClassifiedFailure;
import io.threadpost.retry.FailureKind;

/**
 * Classifies the exceptions by which a route's step states whose failure it is, and those of Java and Camel that any
 * client may throw.
 */
@Singleton
final class SpoolFailureClassifier implements FailureClassifier {
    @Override
    public Optional<ClassifiedFailure> classify(Throwable cause) {
        return cause instanceof PostponedException postponed
                ? Optional.of(new ClassifiedFailure(FailureKind.POSTPONED, Optional.of(postponed.delay())))
                : kind(cause).map(ClassifiedFailure::new);
    }

    @Override
    public boolean fallback() {
        return true;
    }

    private static Optional<FailureKind> kind(Throwable cause) {
        if (cause instanceof RejectedItemException) {
            return Optional.of(FailureKind.ITEM_REJECTED);
        }
        if (cause instanceof VirtualMachineError) {
            // The item was too much for the memory or the stack of this process.
            return Optional.of(FailureKind.ITEM_FAILED);
        }
        if (cause instanceof UnreachableException
                || cause instanceof ConnectException
                || cause instanceof NoRouteToHostException
                || cause instanceof UnknownHostException
                || cause instanceof SSLHandshakeException) {
            return Optional.of(FailureKind.TARGET_UNREACHABLE);
        }
        return cause instanceof TargetDownException
                        || cause instanceof IOException
                        || cause instanceof TimeoutException
                        || cause instanceof DirectConsumerNotAvailableException
                        || cause instanceof RejectedExecutionException
                        || cause instanceof LedgerException
                ? Optional.of(FailureKind.TARGET_DOWN)
                : Optional.empty();
    }
}
