/**
 * Operations: health checks, metrics, the HTTP API of operators, and the scheduled tasks of the ledger.
 *
 * <p>It knows all packages; none knows it. It promises that observing does not noticeably slow the work, and that no
 * secret and no content of a thread appears in health or metrics.
 *
 * <p>What takes which health group down:
 *
 * <ul>
 *   <li><b>Liveness</b> asks for a restart, so only what a restart fixes takes it down: a stalled process, that is, a
 *       loop without a heartbeat, or a ledger write that neither succeeds nor fails. An outage of the platform, of a
 *       target or of the database does not.
 *   <li><b>Readiness</b> restarts nothing, and Threadpost serves no clients that could be sent elsewhere. So it is the
 *       one answer for a monitor: down while hotels may be waiting for messages (pulled too long ago, token or address
 *       refused, a spool that is stuck), while a ceiling of what waits for a person is nearly reached, or while the
 *       process cannot work at all (ledger, routes). In a rolling update the old processes stay until the new one
 *       works.
 *   <li><b>Details</b> without consequence: dead items, and what will be removed for its age. They wait for a person,
 *       and nothing else waits for them.
 * </ul>
 */
package io.threadpost.ops;
