package io.threadpost.settings;

/** What becomes of the signature of a mail, in the message that it becomes. */
public enum MailSignatures {
    /** It stays. */
    KEEP,
    /** It is left out. */
    TRIM
}
