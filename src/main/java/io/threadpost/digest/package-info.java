/**
 * Digests: what a spool holds becomes mails, and mails are sent. Between the two lies a second spool, so that a mail is
 * on disk as it will be sent, byte for byte and for each recipient, before the mail server hears of it.
 *
 * <p>It knows the spool, whose batches it turns into mails, and the settings. It promises that whatever a guest wrote
 * arrives as text, that a thread that cannot be shown keeps back no other, and that a broken template or a mail server
 * that is down costs nobody anything but time.
 */
package io.threadpost.digest;
