package io.threadpost.mailbox;

/** The server has a mail and does not hand it out. Its message is one line for people. */
final class UnreadableMailException extends Exception {
    UnreadableMailException(String message) {
        super(message);
    }
}
