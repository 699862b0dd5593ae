/**
 * Sending: a complete mail goes to the mail server, byte for byte. {@link io.threadpost.smtp.OutgoingMail} composes it,
 * and {@link io.threadpost.smtp.SendMail}, the step {@code sendMail}, hands it over.
 *
 * <p>It knows the spool's exceptions, OAuth 2, the network and the settings; digests and replies know it. It promises
 * that no text ends a header line, that the step returns only when the server has accepted the mail, and that a
 * permanent refusal of one recipient is distinguished from a server that is down.
 */
package io.threadpost.smtp;
