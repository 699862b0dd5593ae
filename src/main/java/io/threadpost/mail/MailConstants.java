package io.threadpost.mail;

/** The exchange property and the spool of mails. */
public final class MailConstants {
    /** The exchange property with the mail that the step {@code readMail} has read. */
    public static final String MAIL = "ThreadpostMail";

    /** The spool with the items of mails, whose bodies are numbers of mails. */
    public static final String SPOOL = "mail";

    private MailConstants() {}
}
