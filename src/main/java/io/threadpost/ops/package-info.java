/**
 * Operation: what an operator sees of a running process, and the chores it does by the way.
 *
 * <p>It sees all rooms and no room knows it. It promises that looking costs the work nothing that shows, and that no
 * secret and no content of a thread appears in health or metrics.
 *
 * <p>What takes which health down, and why:
 *
 * <ul>
 *   <li><b>Liveness</b> asks for a restart, so only what a restart mends takes it down: a wedged process, that is, a
 *       loop of ours that stopped turning, or a ledger write that neither succeeds nor fails. No outage of the
 *       platform, of a target or of the database does.
 *   <li><b>Readiness</b> restarts nothing, and Threadpost serves nobody who could be sent elsewhere. So it is the one
 *       answer that a monitor has to read: down while hotels may be waiting for messages (pulled too long ago, token or
 *       address refused, a spool that is stuck) or the process cannot work at all (ledger, routes). In a rolling update
 *       the old processes stay until the new one works.
 *   <li><b>Details</b> without consequence: dead items. They wait for a person, and nothing else waits for them.
 * </ul>
 */
package io.threadpost.ops;
