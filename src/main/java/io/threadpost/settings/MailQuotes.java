package io.threadpost.settings;

/** What becomes of the lines of a mail that repeat earlier mails, in the message that it becomes. */
public enum MailQuotes {
    /** They stay. */
    KEEP,
    /** They are left out. */
    TRIM,
    /** One line names how many there are. */
    FOLD
}
