package io.threadpost.settings;

/** What happens in the mailbox to a processed mail. */
public enum HandledMailAction {
    /** It is moved to the folder for its outcome. */
    MOVE,
    /** It stays where it is, with a keyword for its outcome. */
    FLAG,
    /** Nothing. */
    LEAVE
}
