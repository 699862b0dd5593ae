/**
 * The processes that share a ledger: each has a heartbeat in it, and can be seen by all others.
 *
 * <p>It knows the ledger. It promises that no work depends on it: a node whose heartbeats fail goes on, and one that is
 * no longer seen loses its leases by their own time alone.
 */
package io.threadpost.node;
