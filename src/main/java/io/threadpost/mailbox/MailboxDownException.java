package io.threadpost.mailbox;

/**
 * A mailbox cannot be used at the moment; no mail is the cause. Its message is one line for people, without secrets.
 */
final class MailboxDownException extends RuntimeException {
    private final boolean refused;

    /**
     * @param refused whether the login was refused, or a person has to act: trying again soon would not help, or lock
     *     the account
     */
    MailboxDownException(String message, boolean refused, Throwable cause) {
        super(message, cause);
        this.refused = refused;
    }

    boolean refused() {
        return refused;
    }
}
