package io.threadpost.retry;

import java.time.Duration;
import java.util.Optional;

/**
 * What an exception says about an item and its target.
 *
 * @param delay how long to wait at least before the retry, as the target or the route's step asks; empty when neither
 *     does
 */
public record ClassifiedFailure(FailureKind kind, Optional<Duration> delay) {
    /** A failure that asks for no wait. */
    public ClassifiedFailure(FailureKind kind) {
        this(kind, Optional.empty());
    }
}
