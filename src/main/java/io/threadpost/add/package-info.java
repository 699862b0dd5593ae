/**
 * Adds threads: an inbound message, whatever its source, becomes exactly one thread on the platform.
 *
 * <p>It knows the connector, the ledger, the settings, and how the spool postpones and rejects items. It promises that
 * a message, identified by its key, makes one thread, whenever the process is killed and whichever answers are lost;
 * that a thread belongs to one message; and that a connection that the platform refuses stops no other connection. It
 * cannot rule out a request that the platform carries out long after its timeout, see
 * {@code docs/operate/adding-threads.md}.
 */
package io.threadpost.add;
