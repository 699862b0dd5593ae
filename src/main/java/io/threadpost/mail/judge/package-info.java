/**
 * Judges mails: did a person write it to the hotel, and may a program answer it? {@link MailJudge} is the entry point.
 *
 * <p>It knows the MIME reader alone, no ledger and no route. It promises the same verdict whenever a mail is judged by
 * the same options, and one line for people with every reason.
 */
package io.threadpost.mail.judge;
