/**
 * Watches mailboxes, which are IMAP folders: fetches every mail as it is, hands it to {@code receive-mail} to be
 * staged, and shows in the mailbox what became of it.
 *
 * <p>It knows {@code mail}, which stages mails and keeps their state, and the ledger. It promises that it changes
 * nothing in a mailbox until a mail is handled; that it deletes no mail, expunges only what it moved, and changes no
 * read flag; that a mail is offered again until it is staged; and that no mailbox, and no mail in one, holds up
 * another.
 */
package io.threadpost.mailbox;
