/**
 * Mails: from the raw bytes to a thread, or to a reason why there is none. Each mail has a number, a state and one line
 * that says why.
 *
 * <p>It knows the ledger, where raw mails are staged, and the spool, by which they travel. It promises that a mail is
 * the same mail however often it is fetched, that reading one never fails and never loses it, and that what becomes no
 * thread is parked with a reason until a person says what becomes of it.
 */
package io.threadpost.mail;
