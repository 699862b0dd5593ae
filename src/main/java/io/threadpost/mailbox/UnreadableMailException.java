package io.threadpost.mailbox;

/** The server has a mail but does not deliver it. Its message is one line for people. */
final class UnreadableMailException extends Exception {
    UnreadableMailException(String message) {
        super(message);
    }
}
