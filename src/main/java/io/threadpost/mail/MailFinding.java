package io.threadpost.mail;

/**
 * What speaks against a mail.
 *
 * @param reason a short word, for routes and for people
 * @param person whether a person may have written it all the same
 * @param answerable whether it may be answered by a program all the same
 * @param why one line for people, with what it was told by
 */
record MailFinding(String reason, boolean person, boolean answerable, String why) {
    /** No person wrote it, and nobody may answer by a program. */
    static MailFinding automatic(String reason, String why) {
        return new MailFinding(reason, false, false, why);
    }

    /** A person may have written it, but no program may answer. */
    static MailFinding unanswerable(String reason, String why) {
        return new MailFinding(reason, true, false, why);
    }
}
