package io.threadpost.preview;

/** What is given is neither a thread nor a mail nor an example; its message begins with a colon or a line. */
public final class UnusableInput extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableInput(String message) {
        super(message);
    }
}
