/**
 * Digests: the threads of a spool become mails. They go to a second spool, so that a mail is on disk as it will be
 * sent, byte for byte and for each recipient, before it is sent.
 *
 * <p>It knows the spool, whose batches it turns into mails, the sending of mails and the settings. It promises that a
 * guest's text never acts as HTML or ends a header line, that a thread that cannot be rendered holds up no other, and
 * that a broken template or a mail server that is down delays mails but loses none.
 */
package io.threadpost.digest;
