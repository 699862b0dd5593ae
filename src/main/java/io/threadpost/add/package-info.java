/**
 * Adding threads: an inbound message, of whatever way in, becomes exactly one thread on the platform.
 *
 * <p>It knows the connector, the ledger and the settings, and of the spool how to let an item wait. It promises that a
 * message, known by its key, makes one thread whatever is killed when and whatever answers are lost; that a thread
 * belongs to one message; and that what the platform refuses to a connection stops no other connection. The one thing
 * it cannot rule out is described in {@code docs/operate/adding-threads.md}: a request that the platform carries out
 * long after it was given up.
 */
package io.threadpost.add;
