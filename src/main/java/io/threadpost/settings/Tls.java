package io.threadpost.settings;

/** How a connection to a mail server is encrypted. */
public enum Tls {
    /** Not at all. */
    NONE,
    /** It begins in plain text and must be encrypted before anything is sent. */
    STARTTLS,
    /** From the first byte. */
    TLS
}
