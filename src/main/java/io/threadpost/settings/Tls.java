package io.threadpost.settings;

/** How a connection to a mail server is encrypted. */
public enum Tls {
    /** Not at all. */
    NONE,
    /** It begins in the clear and must become encrypted before anything is said. */
    STARTTLS,
    /** From the first byte. */
    TLS
}
