/**
 * What the people who run Threadpost can decide: the catalogue of settings, their reading and checking, and the
 * redaction of what must stay secret.
 *
 * <p>It knows the room of texts alone; every room may know it. It promises that settings are complete and in range
 * before anything else starts, that everything wrong is said at once with its place, and that no secret leaves through
 * a log line or a {@code toString}.
 */
package io.threadpost.settings;
