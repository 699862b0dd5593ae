/**
 * A lenient MIME reader: raw bytes to addresses, subject, text, attachments and header fields, as people meant them.
 * {@link MimeReader} is the entry point.
 *
 * <p>It knows nothing of Threadpost but plain text and failure reasons. It promises that reading never fails for what a
 * mail holds, takes time and memory within limits, and reports what it replaced or left out.
 */
package io.threadpost.mail.mime;
