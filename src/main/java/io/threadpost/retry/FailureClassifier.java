package io.threadpost.retry;

import java.time.Duration;
import java.util.Optional;

/**
 * Classifies the exceptions of one client library or data format: is it the failure of the target or of the item? The
 * package that uses the library provides the classifier as a bean; {@link FailureClassifiers} finds it.
 */
public interface FailureClassifier {
    /**
     * @param cause one exception of a chain, without regard to its causes
     * @return empty for an exception that is not of this library
     */
    Optional<ClassifiedFailure> classify(Throwable cause);

    /**
     * @return whether this classifier knows general exceptions, such as {@code IOException}, that others may know
     *     better
     */
    default boolean fallback() {
        return false;
    }

    /**
     * What an exception says about an item and its target.
     *
     * @param delay how long to wait at least before the retry, as the target or the route's step asks; empty when
     *     neither does
     */
    record ClassifiedFailure(FailureKind kind, Optional<Duration> delay) {
        /** A failure that asks for no wait. */
        public ClassifiedFailure(FailureKind kind) {
            this(kind, Optional.empty());
        }
    }
}
