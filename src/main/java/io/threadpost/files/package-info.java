/**
 * Files: threads as JSON, NDJSON or CSV, written so that a file is complete and on disk, or not there.
 *
 * <p>It knows nobody but the settings and JSON. It promises that writing the same batch again changes nothing: names
 * follow from the thread and the batch, never from the clock.
 */
package io.threadpost.files;
