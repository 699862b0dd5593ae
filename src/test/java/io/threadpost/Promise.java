package io.threadpost;

/** The promises of Threadpost, as README words them. */
public enum Promise {
    EVERY_VERSION_IS_DELIVERED(
            "Every version that the platform returns is delivered, even if the process is killed at any moment."),
    FILES_HOLD_EVERY_VERSION_ONCE("Files hold every version once."),
    DIGESTS_LIST_EVERY_VERSION_ONCE("All digests together list each version once, and a retry is the same mail."),
    A_QUEUE_HOLDS_EVERY_VERSION_ONCE("A queue has every version once, if the broker detects duplicates."),
    EVERY_MAIL_IS_STAGED_ONCE("Every mail is staged once; nothing in the mailbox is deleted."),
    EVERY_MAIL_BECOMES_ONE_THREAD(
            "Every mail ends as one thread, or continues one, or waits for a person with a reason."),
    EVERY_MAIL_IS_ONE_MESSAGE("The text of every mail is in the thread of its conversation once, in order."),
    EVERY_REPLY_IS_ONE_MAIL("What the hotel writes in such a thread is one mail to its guest, and to nobody else."),
    THE_BUDGET_HOLDS("The request budget of a token holds over restarts and nodes."),
    FAILURES_STAY_WHERE_THEY_HAPPEN("A failure stays where it happens, and heals when its cause is gone."),
    EDITS_ARE_SAFE("An edit of a route file is safe."),
    SECRETS_STAY_INSIDE("Secrets stay inside."),
    A_BAD_START_REPORTS_EVERY_PROBLEM("A start with bad settings reports every problem and leaves nothing behind."),
    MEMORY_STAYS_FLAT("Memory stays flat, however much is pulled.");

    private final String words;

    Promise(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
