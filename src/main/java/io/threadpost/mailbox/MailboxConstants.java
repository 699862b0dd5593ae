package io.threadpost.mailbox;

/** The header and the exchange property of {@code from: mailbox:all}. */
public final class MailboxConstants {
    /** The header with the name of the mailbox that a mail came into. */
    public static final String MAILBOX = "ThreadpostMailbox";

    /** The exchange property with a mail that is to be staged, for the step {@code stageMail}. */
    public static final String OFFER = "ThreadpostOffer";

    private MailboxConstants() {}
}
