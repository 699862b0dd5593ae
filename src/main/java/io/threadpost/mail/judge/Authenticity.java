package io.threadpost.mail.judge;

/** Whether a mail is from the sender that it names. */
public enum Authenticity {
    /** The trusted host authenticates the sender's domain. */
    PASSED,
    /** The trusted host does not; or, where none is trusted, the topmost results are about another sender. */
    FAILED,
    /** The same, and expressly: DMARC fails, or SPF does where DMARC has no result. */
    DENIED,
    /** No host is trusted, and none reports anything against it. */
    UNKNOWN
}
