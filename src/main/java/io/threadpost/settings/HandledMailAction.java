package io.threadpost.settings;

/** What is done in the mailbox with a mail that was dealt with. */
public enum HandledMailAction {
    /** It is moved to the folder that says what became of it. */
    MOVE,
    /** It stays where it is, with a keyword that says what became of it. */
    FLAG,
    /** Nothing. */
    LEAVE
}
