/**
 * Mailboxes: IMAP folders that are watched. Each mail in one is fetched as it is and staged, and what became of it
 * shows in the mailbox again.
 *
 * <p>It knows {@code mail}, where a mail is staged and has its state. It promises that a mailbox is only read until a
 * mail was dealt with; that no mail is deleted, none is expunged that was not moved, and no read flag changes; that a
 * mail is offered again until it is staged; and that one mailbox, or one mail in it, keeps no other waiting.
 */
package io.threadpost.mailbox;
