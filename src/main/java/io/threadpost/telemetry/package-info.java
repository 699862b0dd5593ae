/**
 * Traces for OpenTelemetry: each page, mail or message that came in, and what became of it at each target.
 *
 * <p>It knows the journeys in the ledger, which it passes on to a collector by OTLP over HTTP; {@code ops} schedules
 * it. It promises that the way of a thread costs nothing more with traces than without, that what a collector misses
 * while it is down is sent later, and that no content, no person and no id of a thread leaves with a trace.
 */
package io.threadpost.telemetry;
