/**
 * Failures and retries: whose failure an exception is, its reason in one line, and how long to wait before the retry.
 *
 * <p>It knows {@code text} only. It promises waits that differ between processes, reasons of one line without control
 * characters, and that a new target needs no change here: its package provides a
 * {@link io.threadpost.retry.FailureClassifier}.
 */
package io.threadpost.retry;
