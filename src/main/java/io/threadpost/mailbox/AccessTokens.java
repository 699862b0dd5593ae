package io.threadpost.mailbox;

/** Access tokens for a mailbox. */
interface AccessTokens {
    /** @return one that is good for a while @throws MailboxDownException when there is none to be had */
    String current();

    /** The server refused the current one: it is not used again. */
    void refused();
}
