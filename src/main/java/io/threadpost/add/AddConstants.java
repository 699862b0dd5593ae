package io.threadpost.add;

/** The headers and the properties of the steps {@code addThread} and {@code addMessage}, and their spool. */
public final class AddConstants {
    /** In: the thread's {@code OriginalSender}; the step makes it one line and caps it. */
    public static final String SENDER = "OriginalSender";

    /** In: the thread's {@code Subject}; the step makes it one line and caps it. */
    public static final String SUBJECT = "Subject";

    /** Out: the {@code Id} of the thread that the message became. */
    public static final String THREAD = "ThreadpostThread";

    /**
     * Out, if there is no thread: the code, one of {@code refused-400}, {@code refused-403}, {@code refused-413},
     * {@code ambiguous}, {@code rough-match} and {@code incomplete}.
     */
    public static final String REFUSAL = "ThreadpostRefusal";

    /** Out, if there is no thread: the reason, one line for people. */
    public static final String REFUSED = "ThreadpostRefused";

    /**
     * Exchange property: the {@code Id} of the thread that an item continues, so that it makes none. No header, since
     * those of a queue's messages come from outside.
     */
    public static final String CONTINUES = "ThreadpostContinues";

    /** Exchange property: the thread's sender as a person wrote it; it replaces that of the header. */
    public static final String RELEASE_SENDER = "ThreadpostReleaseSender";

    /** Exchange property: the thread's subject as a person wrote it; it replaces that of the header. */
    public static final String RELEASE_SUBJECT = "ThreadpostReleaseSubject";

    /** The spool with the items whose messages are added to threads. */
    public static final String MESSAGES = "messages";

    private AddConstants() {}
}
