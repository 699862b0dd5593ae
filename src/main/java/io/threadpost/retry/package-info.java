/**
 * Failures and new tries: whose failure an exception is, what it says in one line, and how long to wait before the next
 * try.
 *
 * <p>It knows the room of texts. It promises waits that do not line up between processes, reasons of one line without
 * control characters, and that a new target needs no change here: its room provides a
 * {@link io.threadpost.retry.FailureClassifier}.
 */
package io.threadpost.retry;
