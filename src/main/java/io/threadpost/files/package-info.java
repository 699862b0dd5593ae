/**
 * Files: threads as JSON, NDJSON or CSV, written so that a file is complete and on disk, or does not exist.
 *
 * <p>It knows the spool, JSON, the disk and the settings. It promises that writing the same batch again changes
 * nothing: names follow from thread and batch, never from the clock.
 */
package io.threadpost.files;
