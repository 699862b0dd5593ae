package io.threadpost.settings;

/** What happens to a mail that answers a resolved thread. */
public enum ResolvedThread {
    /** It begins a new thread. */
    NEW,
    /** It continues the resolved one. */
    CONTINUE
}
