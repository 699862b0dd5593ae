package io.threadpost.mailbox;

/**
 * A mailbox cannot be worked with at the moment; nothing is wrong with any mail. Its message is one line for people,
 * without secrets.
 */
final class MailboxDownException extends RuntimeException {
    private final boolean refused;

    /**
     * @param refused whether the login was, or a person has to act: trying again soon would be in vain, or lock the
     *     account
     */
    MailboxDownException(String message, boolean refused, Throwable cause) {
        super(message, cause);
        this.refused = refused;
    }

    boolean refused() {
        return refused;
    }
}
