package io.threadpost.sandbox;

import java.time.Duration;
import java.util.List;

/**
 * The answer of an operation, before it is written to the wire.
 *
 * @param body JSON, or null for none
 * @param message what an error says; null for success
 * @param retryAfter the pause asked for, or null
 * @param form how the answer states the pause
 * @param served the versions in it, which count as served once it is sent whole
 */
record ApiAnswer(
        int status, byte[] body, String message, Duration retryAfter, RetryAfterForm form, List<ThreadVersion> served) {

    static ApiAnswer page(byte[] body, List<ThreadVersion> served) {
        return new ApiAnswer(200, body, null, null, RetryAfterForm.NONE, served);
    }

    static ApiAnswer error(int status, String message) {
        return new ApiAnswer(status, null, message, null, RetryAfterForm.NONE, List.of());
    }

    static ApiAnswer noContent() {
        return new ApiAnswer(204, null, null, null, RetryAfterForm.NONE, List.of());
    }

    /** A refusal that states when to retry, or, in form NONE, does not. */
    ApiAnswer retryAfter(Duration pause, RetryAfterForm saidAs) {
        return new ApiAnswer(status, body, message, saidAs == RetryAfterForm.NONE ? null : pause, saidAs, served);
    }
}
