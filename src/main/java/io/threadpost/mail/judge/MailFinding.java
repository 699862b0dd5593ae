package io.threadpost.mail.judge;

/**
 * Evidence against a mail.
 *
 * @param reason a short word, for routes and for people
 * @param person whether a person may have written it nevertheless
 * @param answerable whether a program may answer it nevertheless
 * @param why one line for people, with the evidence
 */
record MailFinding(String reason, boolean person, boolean answerable, String why) {
    /** A program wrote it, and no program may answer. */
    static MailFinding automatic(String reason, String why) {
        return new MailFinding(reason, false, false, why);
    }

    /** A person may have written it, but no program may answer. */
    static MailFinding unanswerable(String reason, String why) {
        return new MailFinding(reason, true, false, why);
    }
}
