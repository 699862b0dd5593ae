/**
 * Re-delivery: threads that were delivered before go to one spool again, such as that of a new or repaired target.
 *
 * <p>It knows the spools, where it finds what the ledger still keeps, the connector, by which it fetches the rest, the
 * pull, which says what was pulled, and the journeys, where it records what it delivers. It promises that each version
 * goes once in a re-delivery, whatever is killed, that no other spool gets anything, and that live pulls and adds come
 * first.
 */
package io.threadpost.redelivery;
